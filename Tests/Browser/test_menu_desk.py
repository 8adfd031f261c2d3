"""A menu is edited in the draft, looked at, published and taken back; with and without script, with the keyboard alone."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from running_muse import OWNER


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def editor(request, muse, new_context):
    page = new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=request.param).new_page()
    page.goto(muse.admin + "/menu")
    page.get_by_label("Work email").fill(OWNER)
    page.get_by_label("Password").fill(muse.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Menu", level=1)).to_be_visible()
    return page


def test_a_new_item_is_drafted_previewed_published_and_taken_back(muse, guest, editor):
    name = f"Barley cup {uuid.uuid4().hex[:6]}"
    editor.goto(muse.admin + "/menu/items/new?category=coffee")
    editor.get_by_label("Name", exact=True).fill(name)
    editor.get_by_label("Price").fill("4.20")
    editor.get_by_role("button", name="Save to the draft").click()
    expect(editor.get_by_role("heading", name=name, level=1)).to_be_visible()

    editor.goto(muse.admin + "/menu/publish")
    expect(editor.get_by_role("link", name=name)).to_be_visible()
    preview = editor.get_by_role("link", name="Preview the guest").get_attribute("href")
    guest.page.goto(preview)
    expect(guest.page.get_by_role("link", name=name).first).to_be_visible()
    expect(guest.page.locator("form[data-add]")).to_have_count(0)
    guest.open("/menu")
    expect(guest.page.get_by_role("link", name=name)).to_have_count(0)

    editor.get_by_role("button", name="Publish 1 change").click()
    expect(editor.get_by_role("heading", name=re.compile(r"Menu \d+"))).to_be_visible()
    guest.open("/menu")
    expect(guest.page.get_by_role("link", name=name).first).to_be_visible()

    number = int(re.search(r"/history/(\d+)", editor.url).group(1))
    editor.goto(f"{muse.admin}/menu/history/{number - 1}")
    editor.get_by_role("button", name="Go back: 1 change").click()
    guest.open("/menu")
    expect(guest.page.get_by_role("link", name=name)).to_have_count(0)


def test_an_item_moves_up_by_keyboard(muse, staff):
    staff.goto(muse.admin + "/menu/arrange")
    rows = staff.locator("ol[data-kind=item]").first.locator("[data-row]")
    before = [row.get_attribute("data-row") for row in rows.all()]
    handle = rows.nth(1).locator("[data-handle]")
    handle.focus()
    with staff.expect_response("**/api/menu/order") as answer:
        staff.keyboard.press("ArrowUp")
    assert answer.value.ok
    expect(handle.or_(rows.first.locator("[data-handle]")).first).to_be_focused()
    staff.reload()
    assert [row.get_attribute("data-row") for row in rows.all()][:2] == [before[1], before[0]]
    with staff.expect_navigation():
        staff.get_by_role("button", name="down").locator("visible=true").nth(0).scroll_into_view_if_needed()
        rows.first.locator("button[value='1']").click()
    assert [row.get_attribute("data-row") for row in rows.all()] == before
