"""What a guest has after paying: the page that follows the order, the wall, the receipt, and the same again."""

import re

from playwright.sync_api import expect

from pages import card


def test_the_guests_page_tells_its_place_and_what_was_promised(muse, new_guest, staff):
    before, guest = new_guest(), new_guest()
    before.order_tea("Ida Rhodes")
    guest.order_tea("Mary Jackson")
    live = guest.page.locator("#order-live")
    expect(live).to_contain_text(re.compile(r"Received, about \d+ min"))
    said = re.compile(r"(\d+) orders? before yours\. We said (\d+:\d\d [AP]M)\.")
    expect(live).to_contain_text(said)
    ahead, promised = said.search(live.inner_text()).groups()
    assert int(ahead) >= 1
    # Nobody else's name or number is on it.
    assert "Ida" not in guest.page.content()
    mine = card(staff, before.number)
    for button in ("Start", "Ready"):
        mine.get_by_role("button", name=button).click()
    left = int(ahead) - 1
    words = "Yours is next" if left == 0 else f"{left} order{'s' if left > 1 else ''} before yours"
    expect(live).to_contain_text(words)
    # The place moves, the promise does not.
    expect(live).to_contain_text(promised)


def test_the_wall_follows_and_comes_back_by_itself(muse, new_guest, new_context, staff, complaints):
    complaints.expect("ERR_CONNECTION_REFUSED")
    complaints.expect("ERR_INCOMPLETE_CHUNKED_ENCODING")
    wall = new_context(viewport={"width": 1280, "height": 720}).new_page()
    wall.goto(muse.customer + "/pickup")
    guest = new_guest()
    guest.order_tea("Zoë Quinn")
    number = guest.number
    entry = f"[data-pickup='{number}']"
    expect(wall.locator(f".pickup-making {entry}")).to_have_text(re.compile(rf"{number}\s*Z"))
    assert "Quinn" not in wall.content()
    for button in ("Start", "Ready"):
        card(staff, number).get_by_role("button", name=button).click()
    expect(wall.locator(f".pickup-ready {entry}")).to_have_class(re.compile("is-called"))
    guest.page.goto("about:blank")
    muse.stop("customer")
    try:
        expect(wall.locator("[data-freshness]")).to_contain_text("Not up to date since")
        card(staff, number).get_by_role("button", name="Collected").click()
    finally:
        muse.start("customer", "MuseCustomer")
    expect(wall.locator(entry)).to_have_count(0)
    expect(wall.locator("[data-freshness]")).to_contain_text("Updated")


def test_the_receipt_prints_on_a_roll_and_a_sheet(muse, guest):
    guest.order_tea()
    number = guest.number
    guest.page.get_by_role("link", name="Receipt to print").click()
    paper = guest.page.locator(".slip-paper")
    for part in ("1412 Camden Road", f"Receipt for order {number}", "Assam", "Sales tax", "Paid by card"):
        expect(paper).to_contain_text(part)
    guest.page.emulate_media(media="print")
    expect(guest.page.get_by_role("button", name="Print")).to_be_hidden()
    for width in (272, 760):
        guest.page.set_viewport_size({"width": width, "height": 900})
        assert guest.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_same_again_is_one_tap(muse, guest):
    guest.order_tea()
    guest.page.get_by_role("button", name="Order this again").click()
    expect(guest.page).to_have_url(muse.customer + "/cart")
    expect(guest.page.locator("ul.lines > li")).to_contain_text("Assam")
    expect(guest.page.get_by_text("1 item is in your cart again.")).to_be_visible()


def test_focus_and_title_follow_the_order_and_doubt_stands_under_its_state(muse, guest, staff, complaints):
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    guest.order_tea("Mary Kenneth Keller")
    page, number = guest.page, guest.number
    expect(page).to_have_title(re.compile(f"^Order {number} "))
    page.get_by_role("link", name="Receipt to print").focus()
    staff.goto(muse.admin + "/board")
    for button, state in (("Start", "preparing"), ("Ready", "ready")):
        card(staff, number).get_by_role("button", name=button).click()
        expect(page.locator("#order-live")).to_have_attribute("data-state", state)
        expect(page.get_by_role("link", name="Receipt to print")).to_be_focused()
    expect(page).to_have_title(re.compile(f"^Ready: order {number} "))

    page.context.set_offline(True)
    doubt = page.locator(".receipt-state + [data-freshness]")
    expect(doubt).to_contain_text("Not up to date since")
    expect(doubt).to_have_attribute("aria-live", "polite")
    page.context.set_offline(False)
    expect(doubt).to_contain_text("Updated")
    expect(doubt).to_have_attribute("aria-live", "off")
