"""The list of orders by keyboard, and what is one tap afterwards: cancelling, the ticket, the same again."""

import re
import sqlite3

from playwright.sync_api import expect

from running_muse import eventually


def walk_to(link, field=None):
    """Presses down until the row has the focus: a page that was loaded just now may not listen to keys yet."""

    def is_there():
        field.press("ArrowDown") if field else link.page.keyboard.press("ArrowDown")
        return link.evaluate("link => link === document.activeElement")

    eventually(is_there)


def test_rows_are_walked_by_arrows_and_filters_stay_in_the_address(muse, order, staff):
    first, second = order("Mary Ellen Rudin"), order("Mary Ellen Rudin")
    keys = staff.keyboard
    staff.goto(muse.admin + "/orders")
    # Nothing has the focus yet: the first row is one key away.
    walk_to(staff.get_by_role("link", name=second.number, exact=True))
    keys.press("ArrowDown")
    expect(staff.get_by_role("link", name=first.number, exact=True)).to_be_focused()
    keys.press("ArrowUp")
    expect(staff.get_by_role("link", name=second.number, exact=True)).to_be_focused()

    find = staff.get_by_label("Find")
    find.fill("mary ellen rud")
    find.press("Enter")
    expect(staff).to_have_url(re.compile(r"/orders\?.*q=mary"))
    expect(staff.locator(".row-link")).to_have_count(2)
    staff.get_by_label("State").select_option(label="Received")
    expect(staff).to_have_url(re.compile("status=paid"))
    expect(staff.get_by_label("Find")).to_have_value("mary ellen rud")
    staff.reload()
    expect(staff.get_by_label("State")).to_have_value("paid")
    walk_to(staff.get_by_role("link", name=second.number, exact=True), staff.get_by_label("Find"))
    keys.press("Enter")
    expect(staff.get_by_role("heading", level=1)).to_contain_text(second.number)
    staff.go_back()
    expect(staff).to_have_url(re.compile("status=paid"))
    staff.get_by_label("State").select_option(label="Collected")
    expect(staff.get_by_role("heading", name="No order like that")).to_be_visible()
    staff.get_by_role("link", name="Show all orders").click()
    expect(staff).to_have_url(muse.admin + "/orders")
    # A row is one line, however long the guest's name.
    heights = staff.evaluate("[...document.querySelectorAll('tbody tr')].map((row) => row.offsetHeight)")
    assert max(heights) < 56, heights


def hand_over_everything(muse):
    """The wall has room for two dozen: what other tests have ordered would stand before ours."""
    with sqlite3.connect(muse.folder / "muse.db", timeout=10) as database:
        database.execute("UPDATE orders SET status = 'completed' WHERE status IN ('paid', 'preparing', 'ready')")
        database.execute("UPDATE cache_versions SET version = version + 1 WHERE name = 'orders'")
    database.close()


def test_a_cancelled_order_says_what_it_costs_and_leaves_every_screen(muse, order, staff, new_context):
    hand_over_everything(muse)
    tea = order("Grete Hermann")
    wall, guest = (new_context().new_page() for _ in range(2))
    wall.goto(muse.customer + "/pickup")
    guest.goto(tea.link)
    expect(wall.locator(f"[data-pickup='{tea.number}']")).to_be_visible()
    staff.goto(f"{muse.admin}/orders?q={tea.number}")
    staff.get_by_role("link", name=tea.number, exact=True).first.click()
    staff.get_by_text("Cancel this order").click()
    staff.get_by_role("button", name=re.compile(r"\$4\.18")).click()
    expect(staff.locator(".page-head .word")).to_have_text("Cancelled")
    expect(guest.locator("#order-live")).to_have_attribute("data-state", "cancelled")
    expect(guest.locator("#order-live")).to_contain_text("$4.18")
    expect(wall.locator(f"[data-pickup='{tea.number}']")).to_have_count(0)
    # It leads on from there, in one tap.
    guest.get_by_role("button", name="Order this again").click()
    expect(guest.locator("ul.lines > li")).to_contain_text("Assam")


def test_what_is_sold_out_is_named_when_the_same_is_ordered_again(muse, order, staff, new_context):
    both = order(lines=[("black-tea", 1), ("espresso", 1)])
    desk = {"Origin": muse.admin, "Accept": "application/json"}
    sold_out = f"{muse.admin}/api/menu/items/espresso/sold-out"
    assert staff.request.post(sold_out, data={}, headers=desk).ok
    try:
        guest = new_context().new_page()
        guest.goto(both.link)
        guest.get_by_role("button", name="Order this again").click()
        expect(guest.locator("ul.lines > li")).to_have_count(1)
        expect(guest.locator("body")).to_contain_text(re.compile("Espresso[^.]*sold out"))
    finally:
        assert staff.request.delete(sold_out, headers=desk).ok
