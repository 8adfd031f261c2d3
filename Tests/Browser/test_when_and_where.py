"""When and where: a pause and added minutes are seen, a time is chosen, a card is declined and tried again, a table orders."""

import re

from playwright.sync_api import expect


def set_ordering(staff, button, then):
    """One tap of the staff on the strip of the board, and what the strip says afterwards."""
    strip = staff.locator("[data-ordering]")
    strip.get_by_role("button", name=button).click()
    expect(strip.get_by_role("button", name=re.compile(then))).to_be_visible()


def promised_minutes(page):
    """How long as soon as possible takes now: other tests' orders wait in the same kitchen."""
    return int(re.search(r"About (\d+) min", page.locator("body").inner_text()).group(1))


def test_times_pauses_and_a_card_that_is_declined(muse, guest, staff, complaints):
    complaints.expect("402 (Payment Required)")
    page = guest.page
    guest.add_assam()
    guest.open("/checkout")
    before = promised_minutes(page)
    staff.goto(muse.admin + "/board")
    less = staff.locator("[data-ordering]").get_by_role("button", name="−10")
    expect(less).to_be_hidden()
    set_ordering(staff, "+10 min", r"\+10 min 10 to \d+:\d\d")
    set_ordering(staff, "+10 min", r"\+10 min 20 to \d+:\d\d")
    set_ordering(staff, "−10", r"\+10 min 10 to \d+:\d\d")
    guest.open("/checkout")
    expect(page.locator("body")).to_contain_text("10 minutes longer")
    expect(page.locator("body")).to_contain_text(f"About {before + 10} min")
    set_ordering(staff, "−10", r"^\+10 min$")
    expect(less).to_be_hidden()
    set_ordering(staff, "Pause", r"Resume paused to \d+:\d\d")
    for path in ("/", "/menu", "/checkout"):
        guest.open(path)
        expect(page.locator("body")).to_contain_text("We have paused ordering")
    set_ordering(staff, "Resume", "Pause for 15 min")

    guest.open("/checkout")
    expect(page.locator("#slot")).to_be_hidden()
    page.locator("label.choice", has_text="Later").click()
    slot = page.locator("#slot option:not([disabled])").nth(2)
    words = slot.inner_text()
    page.select_option("#slot", slot.get_attribute("value"))
    # What does not show is not sent: as soon as possible is meant as it says.
    page.locator("label.choice", has_text="As soon as possible").click()
    expect(page.locator("#slot")).to_be_disabled()
    page.locator("label.choice", has_text="Later").click()
    expect(page.locator("#slot")).to_have_value(slot.get_attribute("value"))
    page.get_by_label("Name").fill("Ada Lovelace")
    page.get_by_label("Email").fill(guest.email)
    page.locator("[data-pay]").click()
    expect(page.get_by_role("heading", name="Pay Muse & Co")).to_be_visible()

    # Left: the order waits with a way on, for as long as it is held.
    page.get_by_role("link", name="Back to the shop").click()
    expect(page.locator("#order-live")).to_contain_text("more minutes")
    page.get_by_role("link", name="Continue to payment").click()
    page.get_by_role("button", name="declined").click()
    expect(page.locator("body")).to_contain_text("declined")
    page.get_by_role("button", name="card ending 4242").click()
    expect(page.locator("#order-live")).to_have_attribute("data-state", "paid")
    expect(page.locator("#order-live")).to_contain_text(words.split(", ")[-1])


def test_a_table_orders_without_a_time(muse, guest, staff):
    page = guest.page
    staff.goto(muse.admin + "/tables")
    staff.get_by_label("Name").fill("Bay 9")
    staff.get_by_role("button", name="Add the table").click()
    row = staff.locator(".venue-row", has_text="Bay 9")
    page.goto(row.get_by_role("link", name="/t/").get_attribute("href"))
    expect(page.get_by_role("heading", name="You are at table Bay 9")).to_be_visible()
    guest.add_assam()
    guest.open("/checkout")
    expect(page.locator("form.with-summary")).to_contain_text("Table Bay 9.")
    expect(page.locator("#slot")).to_have_count(0)
    page.get_by_role("button", name="I am not at this table").click()
    expect(page.get_by_role("radio", name="Later")).to_be_visible()
