"""What the kitchen takes off is gone from a guest's open menu, cart and checkout, and back when it is back."""

import time

from playwright.sync_api import expect


def tap(staff, muse, item, name):
    """One tap on the 86 board, by keyboard; returns when it was done."""
    staff.goto(muse.admin + "/86")
    search = staff.get_by_label("Find an item or a choice")
    search.fill(name)
    # The board's behaviours are there once it narrows.
    expect(staff.locator("#item-latte")).to_be_hidden()
    search.press("ArrowDown")
    expect(staff.locator(f"#item-{item} [data-tap]")).to_be_focused()
    staff.keyboard.press("Enter")
    expect(staff.locator(f"#item-{item}")).to_contain_text("Sold out")
    return time.monotonic()


def test_an_86_is_on_the_open_menu_and_in_cart_and_checkout(muse, guest, new_guest, staff):
    menu = guest.page
    with menu.expect_response("**/api/menu/stream"):
        guest.open("/menu")
    menu.get_by_role("searchbox").fill("tea")
    guest.add_assam()
    guest.add_assam()
    cart = menu.context.new_page()
    with cart.expect_response("**/api/menu/stream"):
        cart.goto(muse.customer + "/cart")
    checkout = menu.context.new_page()
    with checkout.expect_response("**/api/menu/stream"):
        checkout.goto(muse.customer + "/checkout")
    checkout.get_by_label("Name").fill("Ada Lovelace")
    checkout.get_by_label("Email").fill(guest.email)

    row = menu.locator("#item-black-tea")
    done = tap(staff, muse, "black-tea", "assam")
    expect(row).to_contain_text("Sold out")
    assert time.monotonic() - done < 1.5
    expect(row.get_by_role("button")).to_have_count(0)
    expect(menu.get_by_role("searchbox")).to_have_value("tea")
    expect(menu.locator("#toasts")).to_contain_text("is sold out")
    expect(cart.locator(".line").first).to_contain_text("is sold out. Remove it to go on.")

    # Nothing is left to order: said on the open checkout, where all that was typed stays.
    expect(checkout.locator("#checkout-none")).to_contain_text("Nothing in your cart can be ordered now.")
    expect(checkout.locator("button[data-pay]")).to_be_disabled()
    expect(checkout.get_by_label("Name")).to_have_value("Ada Lovelace")

    staff.locator("#item-black-tea [data-tap]").click()
    expect(staff.locator("#item-black-tea")).to_contain_text("Available")
    expect(row.get_by_role("button", name="Add Assam")).to_be_visible()
    expect(cart.locator(".line").first).not_to_contain_text("is sold out")
    expect(checkout.locator("#checkout-none")).to_have_count(0)
    expect(checkout.locator("button[data-pay]")).to_be_enabled()


def add_espresso(muse, page):
    page.request.post(
        f"{muse.customer}/cart/lines",
        form={"itemId": "espresso", "quantity": "1"},
        headers={"Origin": muse.customer, "Accept": "application/json"},
    )


def test_an_open_checkout_says_which_line_is_gone_before_anybody_pays(muse, guest, staff):
    page = guest.page
    guest.add_assam()
    add_espresso(muse, page)
    with page.expect_response("**/api/menu/stream"):
        guest.open("/checkout")
    page.get_by_label("Name").fill("Ada Lovelace")
    page.get_by_label("Email").fill(guest.email)
    page.get_by_role("radio", name="20 %").check(force=True)
    before = page.locator("[data-pay] [data-total]").inner_text()
    done = tap(staff, muse, "black-tea", "assam")
    expect(page.locator(".checkout-gone")).to_contain_text("Assam is sold out. Remove it to go on.")
    assert time.monotonic() - done < 1.5
    expect(page.locator("#toasts")).to_contain_text("is sold out")
    # The total is of the rest, with the tip that was chosen.
    assert page.locator("[data-pay] [data-total]").inner_text() != before
    page.get_by_role("button", name="Remove Assam").click()
    expect(page.get_by_label("Name")).to_have_value("Ada Lovelace")
    expect(page.get_by_role("radio", name="20 %")).to_be_checked()
    expect(page.get_by_role("button", name="Remove Assam")).to_have_count(0)
    staff.locator("#item-black-tea [data-tap]").click()
    expect(staff.locator("#item-black-tea")).to_contain_text("Available")


def test_the_checkout_names_what_is_gone_and_keeps_what_was_typed(muse, new_guest, staff, complaints):
    guest = new_guest(java_script_enabled=False)
    page = guest.page
    complaints.expect("409")
    guest.add_assam()
    add_espresso(muse, page)
    guest.open("/checkout")
    page.get_by_label("Name").fill("Ada Lovelace")
    page.get_by_label("Email").fill(guest.email)
    tap(staff, muse, "black-tea", "assam")
    page.locator("[data-pay]").click()
    expect(page.get_by_role("button", name="Remove Assam")).to_be_visible()
    page.get_by_role("button", name="Remove Assam").click()
    expect(page.get_by_role("complementary", name="Your order")).to_be_focused()
    expect(page.get_by_label("Name")).to_have_value("Ada Lovelace")
    expect(page.get_by_role("button", name="Remove Assam")).to_have_count(0)
    page.locator("[data-pay]").click()
    expect(page.get_by_role("heading", name="Pay Muse & Co")).to_be_visible()
    staff.locator("#item-black-tea [data-tap]").click()
    expect(staff.locator("#item-black-tea")).to_contain_text("Available")


def set_sold_out(staff, muse, kind, name, sold_out):
    """What the 86 board does with a tap, without looking at it."""
    answer = staff.request.post(
        f"{muse.admin}/api/menu/{kind}/{name}/sold-out",
        form={"soldOut": "true" if sold_out else "false"},
        headers={"Origin": muse.admin, "Accept": "application/json"},
    )
    assert answer.ok, answer.text()


def set_price(staff, muse, item, price):
    answer = staff.request.post(
        f"{muse.admin}/api/menu/items/{item}", form={"price": price, "publish": "true"},
        headers={"Origin": muse.admin, "Accept": "application/json"},
    )
    assert answer.ok, answer.text()


def test_the_open_sheet_says_what_changed(muse, guest, staff):
    page = guest.page
    with page.expect_response("**/api/menu/stream"):
        guest.open("/menu")
    page.get_by_role("link", name="Choose for Latte").click()
    sheet = page.get_by_role("dialog")
    news = sheet.locator("[data-news]")
    sheet.locator("label.choice", has_text="Small").click()
    oat = sheet.locator("label.choice", has_text="Oat")
    oat.click()
    expect(sheet.get_by_role("button", name="Add · $5.20")).to_be_visible()
    try:
        # A choice that was made goes: it is said, and nothing still says what it would cost.
        set_sold_out(staff, muse, "options", "milk-oat", True)
        expect(news).to_have_text("Oat is sold out and no longer chosen.")
        expect(oat).to_contain_text("sold out")
        expect(oat).not_to_contain_text("+$0.80")
        expect(sheet.get_by_role("button", name="Add · $4.40")).to_be_visible()
        set_sold_out(staff, muse, "options", "milk-oat", False)
        expect(news).to_have_text("Oat is back.")
        expect(oat).to_contain_text("+$0.80")

        set_price(staff, muse, "latte", "4.90")
        expect(news).to_contain_text("$4.90 now")
        expect(sheet.locator(".item-price")).to_have_text("$4.90")
        add = sheet.get_by_role("button", name="Add · $4.90")
        sheet.locator("label.choice", has_text="Whole").click()
        add.focus()

        # What happens behind the sheet is said in it as well: nobody sees or hears what lies behind.
        set_sold_out(staff, muse, "items", "black-tea", True)
        expect(sheet.locator(".toasts")).to_have_text("Assam is sold out.")
        add.focus()

        # The item itself goes: the button says no and keeps the focus, and Esc leads back to the item's row.
        set_sold_out(staff, muse, "items", "latte", True)
        expect(news).to_have_text("Latte is sold out now.")
        expect(add).to_have_attribute("aria-disabled", "true")
        expect(add).to_be_focused()
        page.keyboard.press("Enter")
        expect(sheet).to_be_visible()
        page.keyboard.press("Escape")
        expect(sheet).to_be_hidden()
        expect(page.locator("#item-latte h3 a")).to_be_focused()
    finally:
        set_sold_out(staff, muse, "options", "milk-oat", False)
        set_sold_out(staff, muse, "items", "black-tea", False)
        set_sold_out(staff, muse, "items", "latte", False)
        set_price(staff, muse, "latte", "4.40")


def test_back_closes_the_sheet_and_choices_are_kept(guest):
    page = guest.page
    guest.open("/")
    guest.open("/menu")
    choose = page.get_by_role("link", name="Choose for Latte")
    choose.click()
    sheet = page.get_by_role("dialog")
    sheet.locator("label.choice", has_text="Large").click()
    sheet.get_by_label("Note for the kitchen").fill("No foam")
    page.go_back()
    expect(sheet).to_be_hidden()
    expect(page).to_have_url(guest.muse.customer + "/menu")

    # A tap beside it closes it as well, and nothing of it is lost either time.
    choose.click()
    expect(sheet.get_by_label("Note for the kitchen")).to_have_value("No foam")
    expect(sheet.get_by_role("button", name="Add · $5.50")).to_be_visible()
    page.mouse.click(195, 10)
    expect(sheet).to_be_hidden()
    choose.click()
    expect(sheet.locator("label.choice", has_text="Large").get_by_role("radio")).to_be_checked()
    sheet.locator("label.choice", has_text="Whole").click()
    sheet.get_by_role("button", name="Add ·").click()
    expect(sheet).to_be_hidden()
    expect(page.locator("[data-cart=count]")).to_have_text("1")

    # What went into the cart begins anew, and one Back leaves the menu.
    choose.click()
    expect(sheet.get_by_label("Note for the kitchen")).to_have_value("")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    page.go_back()
    expect(page).to_have_url(guest.muse.customer + "/")
