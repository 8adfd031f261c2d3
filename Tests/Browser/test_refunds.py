"""A refund from the choice to the guest's mailbox, and the tile that says whether the money is right."""

import sqlite3

from playwright.sync_api import expect

from running_muse import eventually


def order_two_lines(guest):
    for item in ("black-tea", "espresso"):
        answer = guest.page.request.post(
            f"{guest.muse.customer}/cart/lines",
            form={"itemId": item, "quantity": "1"},
            headers={"Origin": guest.muse.customer, "Accept": "application/json"},
        )
        assert answer.ok, answer.text()
    guest.check_out()
    guest.pay()
    expect(guest.page.locator("#order-live")).to_have_attribute("data-state", "paid")


def open_order(staff, muse, guest):
    staff.goto(f"{muse.admin}/orders?q={guest.email}")
    staff.locator(".row-link").first.click()
    expect(staff.get_by_role("heading", level=1)).to_contain_text("Order")


def test_one_of_two_lines_goes_back_once(muse, guest, staff, complaints):
    complaints.expect("409")
    order_two_lines(guest)
    open_order(staff, muse, guest)
    staff.get_by_role("link", name="Refund…").click()
    address = staff.url
    staff.locator(".refund-lines input").first.fill("1")
    staff.get_by_label("Put these portions back into stock").check()
    staff.get_by_label("Reason").fill("It was cold")
    staff.get_by_role("button", name="See the figures").click()
    confirm = staff.get_by_role("button", name="to the card, put 1 portion back")
    expect(confirm).to_be_visible()
    figures = staff.url
    confirm.click()
    expect(staff.locator(".flash")).to_contain_text("went back to the card")
    # Somebody who still has the figures of before on the screen.
    staff.goto(figures)
    expect(staff.locator("main")).to_contain_text("This was refunded meanwhile.")
    staff.goto(address)
    expect(staff.locator("main")).to_contain_text("All refunded")
    guest.page.reload()
    expect(guest.page.locator("main")).to_contain_text("went back to you")
    assert "It was cold" in muse.mail(guest.email, "goes back to you")[0]["text"]


def test_a_broken_row_turns_the_tile_red_until_it_is_gone(muse, guest, staff):
    guest.order_tea()

    def tone():
        staff.goto(muse.admin + "/")
        staff.get_by_role("button", name="Check now").click()
        expect(staff.locator(".flash")).to_be_visible()
        staff.wait_for_timeout(300)
        return staff.locator("[data-drift]").get_attribute("data-drift")

    eventually(lambda: tone() == "positive", 20)
    with sqlite3.connect(muse.folder / "muse.db", timeout=10) as database:
        database.execute(
            "INSERT INTO payments (id, order_id, kind, amount_minor, currency, stripe_id, at_ms) "
            "SELECT 'bogus', id, 'charge', 4200, currency, 'cs_bogus', paid_at_ms FROM orders "
            "WHERE contact_email = ?", (guest.email,))
    database.close()
    eventually(lambda: tone() == "danger", 20)
    expect(staff.locator("main")).to_contain_text("Money drift: 1")
    expect(staff.locator("main")).to_contain_text("$42.00")
    with sqlite3.connect(muse.folder / "muse.db", timeout=10) as database:
        trigger = database.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'payments_are_never_removed'").fetchone()[0]
        database.execute("DROP TRIGGER payments_are_never_removed")
        database.execute("DELETE FROM payments WHERE id = 'bogus'")
        database.execute(trigger)
    database.close()
    eventually(lambda: tone() == "positive", 20)


def test_a_refund_that_fails_is_work_until_somebody_notes_how_it_was_returned(muse, guest, staff):
    order_two_lines(guest)
    open_order(staff, muse, guest)
    order = staff.url
    staff.get_by_role("link", name="Refund…").click()
    staff.get_by_label("Or an amount").fill("2.00")
    staff.get_by_label("Reason").fill("A little late")
    staff.get_by_role("button", name="See the figures").click()
    expect(staff.locator(".refund-confirm")).to_contain_text("It is made of")
    staff.get_by_role("button", name="Refund $2.00 to the card").click()
    expect(staff.locator(".flash")).to_contain_text("went back to the card")
    with sqlite3.connect(muse.folder / "muse.db", timeout=10) as database:
        refund = database.execute(
            "SELECT stripe_id FROM refunds WHERE order_id = ?", (order.rsplit("/", 1)[-1],)).fetchone()[0]
    database.close()
    assert staff.request.post(f"{muse.sandbox}/sandbox/refunds/{refund}/fail").ok
    assert "$2.00 is still yours" in muse.mail(guest.email, "did not go through")[0]["html"]

    def waiting():
        staff.goto(muse.admin + "/")
        return staff.locator(".tile", has_text="Refunds that need you").locator("dd").first.inner_text()

    assert int(waiting()) >= 1
    staff.get_by_role("link", name="Refunds that need you").click()
    staff.locator(f".row-link[href='{order.removeprefix(muse.admin)}']").click()
    expect(staff.locator("section.notice-danger")).to_contain_text("A refund of $2.00 failed.")
    staff.get_by_label("How it was returned").fill("In cash")
    staff.get_by_role("button", name="It is returned").click()
    expect(staff.locator(".flash")).to_contain_text("Nothing is open any more.")
    expect(staff.locator(".timeline")).to_contain_text("Returned in another way: In cash")
    staff.goto(muse.admin + "/orders?refund=failed")
    expect(staff.locator(f".row-link[href='{order.removeprefix(muse.admin)}']")).to_have_count(0)
