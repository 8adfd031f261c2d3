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

    checkout.locator("[data-pay]").last.click()
    expect(checkout).to_have_url(muse.customer + "/cart")

    staff.locator("#item-black-tea [data-tap]").click()
    expect(staff.locator("#item-black-tea")).to_contain_text("Available")
    expect(row.get_by_role("button", name="Add Assam")).to_be_visible()
    expect(cart.locator(".line").first).not_to_contain_text("is sold out")


def test_the_checkout_names_what_is_gone_and_keeps_what_was_typed(muse, guest, staff, complaints):
    page = guest.page
    complaints.expect("409")
    guest.add_assam()
    page.request.post(
        f"{muse.customer}/cart/lines",
        form={"itemId": "espresso", "quantity": "1"},
        headers={"Origin": muse.customer, "Accept": "application/json"},
    )
    guest.open("/checkout")
    page.get_by_label("Name").fill("Ada Lovelace")
    page.get_by_label("Email").fill(guest.email)
    tap(staff, muse, "black-tea", "assam")
    page.locator("[data-pay]").click()
    expect(page.get_by_role("button", name="Remove Assam")).to_be_visible()
    page.get_by_role("button", name="Remove Assam").click()
    expect(page.get_by_label("Name")).to_have_value("Ada Lovelace")
    expect(page.get_by_role("button", name="Remove Assam")).to_have_count(0)
    page.locator("[data-pay]").click()
    expect(page.get_by_role("heading", name="Pay Muse & Co")).to_be_visible()
    staff.locator("#item-black-tea [data-tap]").click()
    expect(staff.locator("#item-black-tea")).to_contain_text("Available")
