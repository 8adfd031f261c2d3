"""The order of the menu, set with the mouse and with the keyboard, is the one that guests read once it is published."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def restored(muse, staff):
    """What a test has sorted is as it was afterwards, for the tests that come."""
    staff.goto(muse.admin + "/menu/history")
    number = staff.evaluate("fetch('/api/menu/versions').then((answer) => answer.json()).then((all) => all.versions[0]?.number ?? 0)")
    yield
    for path, body in (("draft", {"keep": "live"}), (f"versions/{number}/revert", {})):
        staff.request.post(f"{muse.admin}/api/menu/{path}", data=body, headers={"Origin": muse.admin})


def names(rows):
    return [row.locator(".sort-name").inner_text() for row in rows.all()]


def drag(page, handle, row):
    """Takes a row by its handle and lets it go over another one, as a hand does: in steps."""
    handle.evaluate("(handle) => handle.scrollIntoView({ block: 'center' })")
    start, end = handle.bounding_box(), row.bounding_box()
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + 30, end["y"] + end["height"] / 2, steps=12)
    with page.expect_response("**/api/menu/order") as answer:
        page.mouse.up()
    assert answer.value.ok


def test_a_category_and_an_item_are_dragged_and_guests_read_the_new_order(muse, guest, staff, restored):
    staff.goto(muse.admin + "/menu/arrange")
    lists = staff.locator("ol[data-kind]")
    categories, items = lists.first.locator("[data-row]"), staff.locator("ol[data-kind=item]").first.locator("[data-row]")
    expect(lists.first).to_have_attribute("data-kind", "category")
    was, dishes = names(categories), names(items)

    # By mouse: the first category behind the third, the third item before the first.
    drag(staff, categories.nth(0).locator("[data-handle]"), categories.nth(2))
    expect(categories.nth(0)).to_contain_text(was[1])
    dragged = names(categories)
    assert sorted(dragged) == sorted(was) and dragged.index(was[0]) == 2
    drag(staff, items.nth(2).locator("[data-handle]"), items.nth(0))
    expect(items.nth(0)).to_contain_text(dishes[2])

    # By keyboard: the last category up by one.
    handle = categories.last.locator("[data-handle]")
    handle.focus()
    with staff.expect_response("**/api/menu/order") as answer:
        staff.keyboard.press("ArrowUp")
    assert answer.value.ok
    wanted, first_dish = names(categories), dishes[2]
    assert wanted[-2] == was[-1]

    # Nothing of it is live before it is published; then it is what guests read.
    guest.open("/menu")
    assert guest.page.locator(".menu-section h2").all_inner_texts() == was
    staff.goto(muse.admin + "/menu/publish")
    staff.locator("form[action='/api/menu/publish'] button").last.click()
    expect(staff.get_by_role("heading", level=1)).to_contain_text("Menu ")
    guest.open("/menu")
    assert guest.page.locator(".menu-section h2").all_inner_texts() == wanted
    of_first = guest.page.locator(".menu-section", has=guest.page.get_by_role("heading", name=was[0], level=2))
    expect(of_first.locator("h3").first).to_have_text(first_dish)
