"""A network that goes away takes nothing with it: the page stays, says so, and goes on where it was."""

import re

from playwright.sync_api import expect


def test_adding_without_a_connection_keeps_sheet_and_choices(guest, complaints):
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    page = guest.page
    guest.open("/menu")
    page.get_by_role("link", name="Choose for Latte").click()
    sheet = page.get_by_role("dialog")
    sheet.locator("label.choice", has_text="Large").click()
    sheet.locator("label.choice", has_text="Oat").click()
    sheet.get_by_label("Note for the kitchen").fill("No foam")
    add = sheet.get_by_role("button", name="Add · $6.30")
    page.context.set_offline(True)
    add.click()
    expect(sheet.get_by_role("status").filter(has_text="No connection. Nothing was added")).to_be_visible()
    expect(add).not_to_have_attribute("aria-busy", "true")
    expect(sheet.get_by_label("Note for the kitchen")).to_have_value("No foam")
    page.context.set_offline(False)
    add.click()
    expect(sheet).to_be_hidden()
    expect(page.get_by_role("complementary", name="Cart")).to_contain_text("1 item")

    page.context.set_offline(True)
    page.get_by_role("link", name="Choose for Latte").click()
    expect(page.locator("#toasts")).to_contain_text("No connection")
    page.get_by_role("button", name="Add Assam").click()
    expect(page.locator("#toasts")).to_contain_text("Nothing was added")
    expect(page).to_have_url(re.compile("/menu$"))
    page.context.set_offline(False)


def test_paying_without_a_connection_keeps_what_was_typed(guest, complaints):
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    page = guest.page
    guest.add_assam()
    guest.open("/checkout")
    page.get_by_label("Name").fill("Ada Lovelace")
    page.get_by_label("Email").fill(guest.email)
    page.locator("label.segment", has_text="15 %").click()
    page.wait_for_load_state("networkidle")
    pay = page.locator("[data-pay]")
    page.context.set_offline(True)
    pay.click()
    expect(page.locator("#toasts")).to_contain_text("No connection. Nothing was ordered")
    expect(pay).not_to_have_attribute("aria-busy", "true")
    expect(page.get_by_label("Name")).to_have_value("Ada Lovelace")
    page.context.set_offline(False)

    # The page was closed meanwhile: it is as it was.
    guest.open("/menu")
    guest.open("/checkout")
    expect(page.get_by_label("Name")).to_have_value("Ada Lovelace")
    expect(page.get_by_role("radio", name=re.compile("15 %"))).to_be_checked()
    pay.click()
    expect(page.get_by_role("heading", name="Pay Muse & Co")).to_be_visible()
    guest.pay()
    expect(page.locator("#order-live")).to_have_attribute("data-state", "paid")
    # Paid: the next order on this phone begins with an empty page.
    page.wait_for_function("sessionStorage.getItem('checkout') === null")
