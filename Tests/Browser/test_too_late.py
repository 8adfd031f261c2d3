"""What comes too late: a time that fills up during the checkout, and a payment after the hold has ended."""

import sqlite3
import uuid

import requests
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect


def fill_up(muse, at):
    """Orders for a time until the kitchen has no room left then."""
    for _ in range(200):
        body = {
            "lines": [{"kind": "item", "itemId": "black-tea", "quantity": 5}],
            "fulfilment": {"type": "pickup", "at": at},
            "contact": {"name": "Ida Rhodes", "email": f"guest-{uuid.uuid4().hex[:10]}@example.com"},
        }
        headers = {"Idempotency-Key": uuid.uuid4().hex, "Origin": muse.customer}
        answer = requests.post(f"{muse.customer}/api/orders", json=body, headers=headers, timeout=10)
        if answer.status_code == 409:
            assert answer.json()["type"].endswith("slot-full"), answer.text
            return
        assert answer.status_code == 201, answer.text
    raise AssertionError("the time never fills up")


def test_a_time_that_filled_up_has_the_focus_and_names_the_free_ones(muse, guest, complaints):
    complaints.expect("status of 409")
    page = guest.page
    for _ in range(5):
        guest.add_assam()
    guest.open("/checkout")
    page.locator("label.choice", has_text="Later").click()
    slot = page.locator("#slot option:not([disabled])").nth(3)
    words, at = slot.inner_text(), slot.get_attribute("value")
    page.select_option("#slot", at)
    page.get_by_label("Name").fill("Ada Lovelace")
    page.get_by_label("Email").fill(guest.email)
    fill_up(muse, at)
    page.locator("[data-pay]").click()
    # Told where it is to be mended, with what was typed still there.
    field = page.locator("#slot")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    error = page.locator("#at-error")
    expect(error).to_contain_text("This time has just filled up")
    expect(error).to_contain_text("Free: ")
    assert words.split(", ")[-1] not in error.inner_text()
    expect(page.get_by_label("Name")).to_have_value("Ada Lovelace")
    # The next free one is chosen already: one press goes on.
    expect(field).not_to_have_value(at)
    page.locator("[data-pay]").click()
    expect(page.get_by_role("heading", name="Pay Muse & Co")).to_be_visible()


def let_go_and_fill(muse, email):
    """As if the hold had ended in the moment in which the guest pays, and somebody had taken the time."""
    with sqlite3.connect(muse.folder / "muse.db", timeout=10) as database:
        order, at = database.execute(
            "SELECT id, wanted_at_ms FROM orders WHERE contact_email = ?", (email,)).fetchone()
        database.execute("UPDATE orders SET status = 'expired', hold_expires_at_ms = NULL WHERE id = ?", (order,))
        database.execute("UPDATE slot_claims SET released_at_ms = 1 WHERE order_id = ?", (order,))
        database.execute("UPDATE slot_loads SET claimed_seconds = capacity_seconds WHERE starts_at_ms = ?", (at,))
    database.close()


def test_what_was_paid_too_late_comes_back_with_a_way_on(muse, guest):
    page = guest.page
    guest.add_assam()
    guest.open("/checkout")
    page.locator("label.choice", has_text="Later").click()
    page.select_option("#slot", page.locator("#slot option:not([disabled])").nth(6).get_attribute("value"))
    page.get_by_label("Name").fill("Ada Lovelace")
    page.get_by_label("Email").fill(guest.email)
    page.locator("[data-pay]").click()
    expect(page.get_by_role("heading", name="Pay Muse & Co")).to_be_visible()
    let_go_and_fill(muse, guest.email)
    guest.pay()
    main = page.locator("main")
    expect(main).to_contain_text("Your payment came after the time was up")
    expect(page.get_by_role("heading", name="What you can have instead")).to_be_visible()
    expect(main).to_contain_text("The next free time is ")
    expect(main).to_contain_text("back")
    assert not Axe().run(page).response["violations"]
    (letter,) = muse.mail(guest.email, "on its way back")
    assert "The next free one is" in letter["text"]
    page.get_by_role("button", name="Fill my cart with it again").click()
    expect(page.locator("ul.lines > li")).to_contain_text("Assam")
