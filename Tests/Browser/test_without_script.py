"""The same way to a paid order with JavaScript off: links, forms and answers."""

import re

from playwright.sync_api import expect


def pick(page, name):
    """Chooses by keyboard: Playwright's clicks wait for frames that a page without script never reports."""
    radio = page.get_by_role("radio", name=re.compile(name))
    radio.focus()
    page.keyboard.press("Space")
    expect(radio).to_be_checked()


def test_a_guest_without_javascript_reaches_the_confirmed_page(muse, new_guest, complaints):
    complaints.expect("status of 422")
    guest = new_guest(java_script_enabled=False)
    page = guest.page
    guest.open("/menu")
    page.get_by_role("link", name="Choose for Latte").click()
    expect(page.get_by_role("heading", name="Latte", level=1)).to_be_visible()

    # The server explains what is missing, and keeps what was typed.
    page.get_by_label("Note for the kitchen").fill("No sugar")
    page.get_by_role("button", name=re.compile("Add")).click()
    expect(page.locator(".error").first).to_be_visible()
    expect(page.get_by_label("Note for the kitchen")).to_have_value("No sugar")

    pick(page, "Small")
    pick(page, "Whole")
    page.get_by_label("Quantity").fill("2")
    page.get_by_role("button", name=re.compile("Add")).click()
    expect(page.locator("[data-cart=count]")).to_have_text("2")
    guest.open("/cart")
    expect(page.locator("ul.lines > li")).to_contain_text("No sugar")
    page.get_by_label("How many Latte").fill("3")
    page.get_by_role("button", name="Change").click()
    expect(page.locator("ul.lines > li")).to_contain_text("$13.20")

    page.get_by_role("link", name="Check out").click()
    # The button promises no total that a tip would change without its knowing.
    expect(page.locator("[data-pay]")).to_have_text(re.compile("Continue to payment$"))
    # A time that is picked counts, whatever the buttons above it say.
    slot = page.locator("#slot option:not([disabled])").nth(3)
    time = slot.inner_text().split(", ")[-1]
    page.select_option("#slot", slot.get_attribute("value"))
    page.locator("[data-pay]").click()
    expect(page.locator("#email-error")).to_be_visible()
    page.get_by_label("Name").fill("Nora Script")
    page.get_by_label("Email").fill(guest.email)
    page.locator("[data-pay]").click()
    guest.pay()
    # Without script the page asks again by itself, every ten seconds, until the payment is confirmed.
    expect(page.locator("#order-live")).to_have_attribute("data-state", "paid", timeout=30_000)
    assert guest.number
    expect(page.locator("#order-live")).to_contain_text(time)
    (letter,) = muse.mail(guest.email, "order")
    assert "3 x Latte" in letter["text"]
