"""Without a pointer: the order of focus is the order of reading, focus is seen, and a meal can be ordered."""

import re
import time

import pytest
from playwright.sync_api import expect

# What has focus: its place in the document, what it is called, whether its ring shows and nothing covers it.
FOCUSED = """
() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return null;
  const everything = [...document.querySelectorAll("*")];
  const seen = focused.matches("input[type=radio], input[type=checkbox]") ? focused.closest("label") ?? focused : focused;
  const box = seen.getBoundingClientRect();
  // The ring may be drawn around the row or the card that the link stands for.
  const ringed = [focused, seen, focused.closest("li"), focused.closest("tr"), focused.closest("label")].filter(Boolean);
  const styles = ringed.map((element) => getComputedStyle(element));
  const hit = document.elementFromPoint(
    Math.min(Math.max(box.x + box.width / 2, 1), innerWidth - 1), Math.min(Math.max(box.y + box.height / 2, 1), innerHeight - 1));
  return {
    place: everything.indexOf(focused),
    name: `${focused.tagName} ${focused.getAttribute("aria-label") || focused.innerText || focused.name}`.trim().slice(0, 60),
    // The parts of a date field are the browser's own, and so is their ring.
    rings: focused.type === "date" || styles.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2),
    onTop: hit !== null && (seen.contains(hit) || hit.contains(seen)),
    tabindex: focused.tabIndex,
  };
}
"""


def settled(page):
    """What has focus, once it is seen or half a second has passed: skip link and bars come and go in motion."""
    deadline = time.monotonic() + 0.5
    while True:
        stop = page.evaluate(FOCUSED)
        if stop is None or (stop["rings"] and stop["onTop"]) or time.monotonic() > deadline:
            return stop


def walk(page, limit=400):
    """Presses Tab until the page has been walked through, and tells every stop."""
    stops = []
    for _ in range(limit):
        page.keyboard.press("Tab")
        stop = settled(page)
        if stop is None or (stops and stop["place"] <= stops[0]["place"]):
            return stops
        stops.append(stop)
    raise AssertionError(f"Tab does not come to an end: {[stop['name'] for stop in stops[-5:]]}")


@pytest.mark.parametrize("path", ["/", "/menu", "/menu/latte", "/cart", "/checkout"])
def test_focus_follows_reading_and_is_seen(guest, path):
    guest.add_assam()
    guest.open(path)
    stops = walk(guest.page)
    assert "Skip to the content" in stops[0]["name"]
    places = [stop["place"] for stop in stops]
    assert places == sorted(places), "focus jumps back"
    assert len(stops) > 5
    hidden = [stop["name"] for stop in stops if not stop["rings"]]
    covered = [stop["name"] for stop in stops if not stop["onTop"]]
    assert not hidden, f"no focus ring on: {hidden}"
    assert not covered, f"something covers: {covered}"


def test_the_category_that_has_focus_stays_in_sight_whatever_is_read(guest):
    page = guest.page
    guest.open("/menu")
    links = page.locator(".menu-bar nav a")
    last = links.nth(links.count() - 1)
    last.focus()
    for part in (0, 0.5, 0):
        before = page.locator(".menu-bar a[aria-current]").inner_text() if part else ""
        page.evaluate("part => scrollTo(0, part * document.body.scrollHeight)", part)
        # The bar marks what is read now: its turn to move has come and gone.
        if part:
            expect(page.locator(".menu-bar a[aria-current]")).not_to_have_text(before)
        else:
            expect(links.first).to_have_attribute("aria-current", "true")
        expect(last).to_be_focused()
        stop = settled(page)
        assert stop["onTop"] and stop["rings"], stop


@pytest.mark.parametrize("path", ["/board", "/orders", "/menu"])
def test_the_staffs_focus_follows_reading_and_is_seen(muse, guest, staff, path):
    guest.order_tea("Joan Clarke")
    staff.goto(muse.admin + path)
    stops = walk(staff)
    places = [stop["place"] for stop in stops]
    assert places == sorted(places), "focus jumps back"
    faults = [stop["name"] for stop in stops if not (stop["rings"] and stop["onTop"])]
    assert not faults, f"focus is not seen on: {faults}"


def tab_to(page, target, limit=200):
    for _ in range(limit):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab never reaches it")


def test_a_guest_orders_with_the_keyboard_alone(muse, guest, complaints):
    complaints.expect("status of 422")
    page, keys = guest.page, guest.page.keyboard
    guest.open("/menu")
    opener = page.get_by_role("link", name="Choose for Latte")
    tab_to(page, opener)
    keys.press("Enter")
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("heading", name="Latte")).to_be_focused()
    keys.press("Escape")
    expect(sheet).to_be_hidden()
    expect(opener).to_be_focused()

    keys.press("Enter")
    expect(sheet.get_by_role("heading", name="Latte")).to_be_focused()
    # Arrow keys move inside a group of radio buttons; Tab goes to the next group.
    small = sheet.get_by_role("radio", name=re.compile("Small"))
    tab_to(page, small)
    keys.press("ArrowDown")
    expect(sheet.get_by_role("radio", name=re.compile("Regular"))).to_be_checked()
    tab_to(page, sheet.get_by_role("radio", name=re.compile("Whole")))
    keys.press("Space")
    expect(sheet.get_by_role("radio", name=re.compile("Whole"))).to_be_checked()
    tab_to(page, sheet.get_by_role("button", name=re.compile("^Add ·")))
    keys.press("Enter")
    expect(sheet).to_be_hidden()

    tab_to(page, page.get_by_role("link", name="See cart"))
    keys.press("Enter")
    checkout = page.get_by_role("link", name="Check out")
    expect(checkout).to_be_visible()
    tab_to(page, checkout)
    keys.press("Enter")
    name = page.get_by_label("Name")
    expect(name).to_be_visible()

    # Refused: focus goes to what explains it.
    tab_to(page, page.locator("[data-pay]"))
    keys.press("Enter")
    expect(page.locator("#email-error")).to_be_visible()
    expect(page.get_by_role("alert")).to_be_focused()

    tab_to(page, page.get_by_label("Name"))
    keys.type("Annie Easley")
    keys.press("Tab")
    keys.type(guest.email)
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Pay Muse & Co")).to_be_visible()
    guest.pay()
    expect(page.locator("#order-live")).to_have_attribute("data-state", "paid")


def test_what_must_be_chosen_is_said_with_its_group(guest):
    page = guest.page
    guest.open("/menu/latte")
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name=re.compile("^Add ·")).click()
    size = page.get_by_role("group", name=re.compile("Size"))
    expect(size).to_be_focused()
    expect(size).to_have_accessible_description("Size: choose one.")
    expect(size.get_by_role("alert")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(size.get_by_role("alert")).to_have_count(0)
    expect(size).to_have_accessible_description("")


def test_a_sheet_on_its_way_is_seen(guest):
    page, asked = guest.page, []
    guest.open("/menu")
    page.wait_for_load_state("networkidle")
    page.route("**/menu/latte", lambda route: asked.append(route))
    choose = page.get_by_role("link", name="Choose for Latte")
    width = choose.bounding_box()["width"]
    choose.click()
    expect(choose).to_have_attribute("aria-busy", "true")
    assert choose.bounding_box()["width"] == width
    # An impatient second tap asks for nothing more.
    choose.click()
    assert len(asked) == 1
    asked[0].continue_()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(choose).not_to_have_attribute("aria-busy", "true")
