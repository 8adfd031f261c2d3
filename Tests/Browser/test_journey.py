"""From the menu to the message: a guest and the staff, each in a browser of their own, on the real parts."""

import re

from playwright.sync_api import expect

from pages import card


def choose_latte(page):
    """A large latte with oat milk, twice, from the sheet; the price on the button follows."""
    page.get_by_role("link", name="Choose for Latte").click()
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("heading", name="Latte")).to_be_focused()
    sheet.locator("label.choice", has_text="Large").click()
    sheet.locator("label.choice", has_text="Oat").click()
    expect(sheet.get_by_role("button", name="Add · $6.30")).to_be_visible()
    sheet.get_by_label("Note for the kitchen").fill("O’Brien 2 < 3 & <3")
    sheet.get_by_role("button", name="One more").click()
    add = sheet.get_by_role("button", name="Add · $12.60")
    add.click()
    expect(sheet).to_be_hidden()


def fill_cart(page):
    choose_latte(page)
    bar = page.get_by_role("complementary", name="Cart")
    expect(bar).to_contain_text("2 items")
    page.get_by_role("button", name="Add Assam").click()
    expect(bar).to_contain_text("3 items")
    expect(bar).to_contain_text("$17.70")
    bar.get_by_role("link", name="See cart").click()


def check_lines(page):
    lines = page.locator("ul.lines > li")
    expect(lines).to_have_count(2)
    expect(lines.nth(0)).to_contain_text("Latte")
    expect(lines.nth(0)).to_contain_text("Large, 16 oz")
    expect(lines.nth(0)).to_contain_text("Oat")
    expect(lines.nth(0)).to_contain_text("O’Brien 2 < 3 & <3")
    expect(lines.nth(0)).to_contain_text("$12.60")
    expect(lines.nth(1)).to_contain_text("Assam")


def total_of(page):
    return page.locator(".sums-total td").inner_text()


def check_out(guest):
    page = guest.page
    page.get_by_role("link", name="Check out").click()
    page.get_by_label("Name").fill("Ada O’Brien")
    page.get_by_label("Email").fill(guest.email)
    before = total_of(page)
    page.locator("label.segment", has_text="15 %").click()
    expect(page.locator(".sums-total td")).not_to_have_text(before)
    total = total_of(page)
    page.get_by_role("button", name=f"Pay {total}").click()
    expect(page.get_by_role("heading", name="Pay Muse & Co")).to_be_visible()
    expect(page.locator(".total")).to_have_text(total)
    return total


def test_a_guest_orders_and_the_staff_serve(muse, guest, staff):
    page = guest.page
    staff.evaluate("window.sameDocument = true")
    guest.open("/menu")
    fill_cart(page)
    check_lines(page)
    page.reload()
    check_lines(page)
    total = check_out(guest)
    guest.pay()

    # Paid, told by the page itself and by one letter with the right lines and total.
    live = page.locator("#order-live")
    expect(live).to_have_attribute("data-state", "paid")
    expect(page.locator(".receipt")).to_contain_text("Latte")
    number = guest.number
    assert number, "a paid order has a number"
    (letter,) = muse.mail(guest.email, "order")
    for part in ("2 x Latte", "Large, 16 oz", "Oat", '"O’Brien 2 < 3 & <3"', "1 x Assam", f"Total: {total}", number):
        assert part in letter["text"], part
    assert total in letter["html"] and "O’Brien 2 &lt; 3 &amp; &lt;3" in letter["html"]

    # The board shows it without a reload, and each move changes the guest's page by itself.
    expect(card(staff, number)).to_contain_text("Ada O’Brien")
    expect(card(staff, number)).to_contain_text("O’Brien 2 < 3 & <3")
    page.evaluate("window.sameDocument = true")
    card(staff, number).get_by_role("button", name="Start").click()
    expect(live).to_have_attribute("data-state", "preparing")
    expect(page.locator(".receipt-state")).to_contain_text("Being made")
    expect(staff.locator("[data-column=preparing]")).to_contain_text("Ada O’Brien")
    card(staff, number).get_by_role("button", name="Ready").click()
    expect(live).to_have_attribute("data-state", "ready")
    expect(page.locator(".receipt-state")).to_contain_text("Ready at the counter")
    assert page.evaluate("window.sameDocument") and staff.evaluate("window.sameDocument")
    muse.mail(guest.email, "ready")
    assert len(muse.mails(guest.email)) == 2


def test_a_price_that_staff_change_is_on_the_guests_next_menu(muse, guest, staff):
    guest.open("/menu")
    row = guest.page.locator("[data-item]", has_text="Sencha")
    expect(row).to_contain_text("$4.10")
    staff.goto(muse.admin + "/menu")
    price = staff.get_by_label(re.compile("Price of Sencha"))
    try:
        for shown, typed in (("$4.35", "4.35"), ("$4.10", "4.10")):
            price.fill(typed)
            staff.get_by_role("button", name="Set the price of Sencha").click()
            expect(staff.get_by_role("status").filter(has_text=re.compile(r"Sencha|price", re.I)).first).to_be_visible()
            guest.page.reload()
            expect(row).to_contain_text(shown, timeout=1)
    finally:
        guest.page.close()


def test_a_message_from_the_staff_is_sent_by_the_customer_service(muse, guest, staff):
    guest.order_tea("Grace Hopper")
    staff.goto(muse.admin + "/orders")
    staff.get_by_role("row", name=re.compile("Grace Hopper")).get_by_role("link").click()
    staff.get_by_text("Message this customer").click()
    staff.get_by_label("Subject").fill("Your umbrella")
    staff.get_by_label("Message", exact=True).fill("You left it at the counter.\nWe keep it for you, <3.")
    staff.get_by_role("button", name=f"Send to {guest.email}").click()
    (letter,) = muse.mail(guest.email, "Your umbrella")
    assert "We keep it for you, <3." in letter["text"]
    assert "We keep it for you, &lt;3." in letter["html"]
    assert letter["from"] == "Muse & Co <hello@ncmuse.co>"
    # The admin service in these tests has no way to SES: this one request is how the letter left the house.
    assert "/api/send-email" in muse.log("customer")


def test_a_declined_card_can_be_followed_by_one_that_pays(muse, guest, complaints):
    complaints.expect("status of 402")
    guest.add_assam()
    guest.check_out()
    guest.page.get_by_role("button", name=re.compile("declined")).click()
    expect(guest.page.get_by_role("alert")).to_be_visible()
    guest.pay()
    expect(guest.page.locator("#order-live")).to_have_attribute("data-state", "paid")
    muse.mail(guest.email, "order")


def test_a_payment_that_takes_time_is_called_confirming(muse, guest):
    guest.add_assam()
    guest.check_out()
    pay_page = guest.page.url
    guest.page.get_by_role("button", name=re.compile("bank debit")).click()
    expect(guest.page).to_have_url(muse.customer_pattern)
    expect(guest.page.locator("#order-live")).to_contain_text("Confirming your payment")
    bank = guest.page.context.new_page()
    bank.goto(pay_page)
    bank.get_by_role("button", name="The payment succeeds").click()
    expect(guest.page.locator("#order-live")).to_have_attribute("data-state", "paid")
