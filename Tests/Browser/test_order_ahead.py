"""What is served later today is ordered now, for then: from the menu to the paid order, with and without script."""

import datetime
import re
import zoneinfo

import pytest
from playwright.sync_api import expect

VENUE = zoneinfo.ZoneInfo("America/New_York")
ITEM = "espresso"


@pytest.fixture
def evening(muse, staff):
    """The espresso is served from two hours hence, for three hours; afterwards at any time again."""
    opens = datetime.datetime.now(VENUE).replace(minute=0, second=0, microsecond=0) + datetime.timedelta(hours=2)
    window = {"opens": f"{opens:%H:00}", "closes": f"{opens + datetime.timedelta(hours=3):%H:00}"}

    def serve(windows):
        answer = staff.request.put(
            f"{muse.admin}/api/menu/items/{ITEM}/hours", data={"windows": windows}, headers={"Origin": muse.admin})
        assert answer.ok, answer.text()

    serve([{"weekday": day, **window} for day in range(1, 8)])
    yield f"{opens:%-I:00 %p}"
    serve([])


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without script"])
def test_what_is_served_later_is_ordered_for_then(muse, new_guest, evening, complaints, has_script):
    complaints.expect("409")
    guest = new_guest(java_script_enabled=has_script)
    page = guest.page
    guest.open("/menu")
    row = page.locator(f"#item-{ITEM}")
    expect(row).to_contain_text("order ahead")
    row.get_by_role("button", name="Add Espresso").click()
    expect(page.locator("[data-cart=count]")).to_have_text("1")
    guest.open("/cart")
    expect(page.locator(".line-ahead")).to_contain_text(f"{evening}. Choose a time when you check out.")
    page.get_by_role("link", name="Check out").click()
    expect(page.locator("#pickup-at")).to_contain_text(re.compile(f"Espresso is served from .*{evening}"))
    expect(page.get_by_role("radio", name="As soon as possible")).to_be_disabled()
    expect(page.get_by_role("radio", name="Later")).to_be_checked()
    expect(page.locator("#slot option").first).to_contain_text(evening)
    page.get_by_label("Name").fill("Ada Lovelace")
    page.get_by_label("Email").fill(guest.email)
    page.locator("button[data-pay]").click()
    guest.pay()
    expect(page.locator("#order-live")).to_have_attribute("data-state", "paid", timeout=30_000)
    expect(page.locator("#order-live")).to_contain_text(evening)


def test_an_open_menu_offers_it_for_later_when_its_hours_end(muse, guest, staff, request):
    page = guest.page
    with page.expect_response("**/api/menu/stream"):
        guest.open("/menu")
    row = page.locator(f"#item-{ITEM}")
    expect(row).not_to_contain_text("order ahead")
    request.getfixturevalue("evening")
    expect(row).to_contain_text("order ahead")
    expect(row.get_by_role("button", name="Add Espresso")).to_be_visible()
