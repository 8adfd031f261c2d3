"""The open cart: what is changed is sent before one goes on, focus stays, and what is removed can be put back."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def cart(guest):
    """A cart with two teas, its behaviours there."""
    guest.add_assam()
    guest.page.request.post(
        f"{guest.muse.customer}/cart/lines",
        form={"itemId": "espresso", "quantity": "1", "note": "In a glass"},
        headers={"Origin": guest.muse.customer, "Accept": "application/json"},
    )
    guest.open("/cart")
    # One is the least that can be had without removing it, and the most is a hundred: the steppers are alive.
    more = guest.page.get_by_role("button", name="One more Assam")
    expect(more).to_be_enabled()
    guest.page.wait_for_load_state("networkidle")
    return guest.page


def test_a_change_is_sent_before_one_goes_on(guest, cart):
    before = cart.locator(".sums-total td").inner_text()
    cart.get_by_role("button", name="One more Assam").click()
    cart.get_by_role("link", name="Check out").click()
    expect(cart).to_have_url(re.compile("/checkout$"))
    expect(cart.locator(".summary")).to_contain_text("2 × Assam")
    assert before not in cart.locator("[data-pay]").inner_text()

    # Also when it is left by the browser's own Back.
    guest.open("/cart")
    cart.wait_for_load_state("networkidle")
    cart.get_by_role("button", name="One more Assam").click()
    cart.go_back()
    expect(cart).to_have_url(re.compile("/checkout$"))
    guest.open("/cart")
    expect(cart.get_by_label("How many Assam")).to_have_value("3")


def test_a_number_that_cant_be_had_is_set_right(cart):
    field = cart.get_by_label("How many Assam")
    field.fill("5000")
    field.press("Tab")
    expect(field).to_have_value("100")
    expect(cart.locator("#toasts")).to_contain_text("The total is")
    expect(cart.locator("[data-cart=count]")).to_have_text("101")
    field.fill("")
    field.press("Tab")
    expect(field).to_have_value("100")


def test_focus_stays_and_what_is_removed_can_be_put_back(cart):
    more = cart.get_by_role("button", name="One more Espresso")
    more.focus()
    cart.keyboard.press("Enter")
    expect(cart.locator("[data-cart=count]")).to_have_text("3")
    expect(more).to_be_focused()
    expect(cart.locator("#toasts")).to_contain_text("The total is")

    total = cart.locator(".sums-total td").inner_text()
    cart.get_by_role("button", name="Remove Espresso").focus()
    cart.keyboard.press("Enter")
    back = cart.get_by_role("button", name="Put it back")
    expect(back).to_be_focused()
    expect(cart.get_by_role("list").filter(has=back)).to_contain_text("Espresso is no longer in your cart.")
    expect(cart.locator(".sums-total td")).not_to_have_text(total)
    cart.keyboard.press("Enter")
    expect(cart.locator(".line").last).to_contain_text("In a glass")
    expect(cart.get_by_label("How many Espresso")).to_be_focused()
    expect(cart.locator(".sums-total td")).to_have_text(total)

    # The last one as well: an empty cart still offers it back.
    for name in ("Assam", "Espresso"):
        cart.get_by_role("button", name=f"Remove {name}").click()
        expect(back).to_be_focused()
    expect(cart.get_by_role("heading", name="Your cart is empty")).to_be_visible()
    back.click()
    expect(cart.get_by_label("How many Espresso")).to_have_value("2")


def test_without_a_connection_the_cart_stays(cart, complaints):
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    field = cart.get_by_label("How many Assam")
    cart.context.set_offline(True)
    cart.get_by_role("button", name="One more Assam").click()
    cart.get_by_role("link", name="Check out").click()
    expect(cart.locator("#toasts")).to_contain_text("No connection. Your cart is as it was.")
    expect(field).to_have_value("1")
    cart.context.set_offline(False)
    cart.get_by_role("button", name="One more Assam").click()
    expect(cart.locator("[data-cart=count]")).to_have_text("3")
