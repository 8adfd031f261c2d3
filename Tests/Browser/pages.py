"""Every screen there is, by name, and how to get there: what is asked of all pages is asked of these."""

from playwright.sync_api import expect


def card(page, number):
    """The card on the board of the order with this number."""
    return page.locator("[data-card]", has=page.get_by_role("link", name=f"Order {number}", exact=True))


def guest_screens(guest):
    """Shows each screen of the guest's site in turn and yields its name."""
    page = guest.page
    guest.open("/")
    yield "home"
    guest.open("/menu")
    yield "menu"
    page.get_by_role("link", name="Choose for Latte").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    yield "item sheet"
    guest.open("/menu/latte")
    yield "item"
    page.locator("form[data-add] button[data-label]").click()
    expect(page.locator(".error").first).to_be_visible()
    yield "item with errors"
    guest.open("/menu/orange-wine")
    yield "item sold out"
    guest.open("/cart")
    yield "empty cart"
    guest.add_assam()
    guest.open("/cart")
    yield "cart"
    guest.open("/checkout")
    yield "checkout"
    page.locator("[data-pay]").click()
    expect(page.locator("#email-error")).to_be_visible()
    yield "checkout with errors"
    # The seed's orange wine is sold out; a cart of yesterday holds it still.
    page.context.add_cookies([{"name": "muse-customer-cart", "value": "orange-wine*1*900**!black-tea*1*450**", "url": guest.muse.customer}])
    guest.open("/checkout")
    expect(page.locator(".checkout-gone")).to_be_visible()
    yield "checkout with a line that is gone"
    page.get_by_role("button", name="Remove").click()
    expect(page.locator(".checkout-gone")).to_have_count(0)
    guest.check_out()
    page.get_by_role("link", name="Back to the shop").click()
    yield "left the payment"
    guest.order_tea()
    yield "order"
    page.get_by_role("link", name="Receipt to print").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Receipt")
    yield "receipt"
    guest.open("/pickup")
    expect(page.get_by_role("heading", name="Being made")).to_be_visible()
    yield "pickup board"
    guest.open("/t/an-old-link-of-a-table")
    yield "old table link"
    guest.open("/orders/nobody")
    yield "problem"


def staff_screens(page, muse, number):
    """Shows each screen of the staff's site in turn and yields its name; the order of `number` is on the board."""
    page.goto(muse.admin + "/board")
    expect(card(page, number)).to_be_visible()
    yield "board"
    page.locator("[data-fold=all-day] summary").click()
    yield "board all day"
    page.goto(muse.admin + "/board?station=bar")
    expect(card(page, number)).to_be_visible()
    yield "board bar"
    page.goto(muse.admin + "/orders")
    yield "orders"
    page.goto(muse.admin + "/")
    yield "dashboard"
    page.goto(muse.admin + "/orders?q=nobody-like-that")
    yield "no such order"
    page.goto(muse.admin + "/orders")
    page.get_by_role("link", name=number, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(number)
    page.get_by_text("Message this customer").click()
    yield "staff order"
    page.get_by_role("link", name="Kitchen ticket to print").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(number)
    yield "kitchen ticket"
    page.go_back()
    page.get_by_role("link", name="Refund…").click()
    expect(page.get_by_label("Reason")).to_be_visible()
    yield "refund"
    page.locator(".refund-lines input").first.fill("1")
    page.get_by_label("Reason").fill("It was cold")
    page.get_by_role("button", name="See the figures").click()
    expect(page.get_by_role("button", name="to the card")).to_be_visible()
    yield "refund figures"
    page.goto(muse.admin + "/menu")
    yield "staff menu"
    page.get_by_role("link", name="Latte", exact=True).click()
    expect(page.get_by_label("Name")).to_be_visible()
    yield "staff item"
    page.goto(muse.admin + "/menu/items/latte/photo")
    yield "staff item photo"
    page.goto(muse.admin + "/86")
    yield "86 board"
    page.goto(muse.admin + "/stock")
    yield "stock"
    page.goto(muse.admin + "/menu/items/black-tea/stock")
    yield "item stock"
    page.goto(muse.admin + "/menu/items/black-tea/hours")
    yield "item hours"
    page.goto(muse.admin + "/promo-codes")
    expect(page.get_by_role("heading", name="No codes yet")).to_be_visible()
    yield "no codes"
    page.get_by_role("link", name="New code").click()
    page.get_by_role("button", name="Create the code").click()
    expect(page.locator("#code-error")).to_be_visible()
    expect(page.locator("#percent-error")).to_be_visible()
    yield "new code with errors"
    yield from menu_desk_screens(page, muse)
    page.goto(muse.admin + "/venue")
    yield "staff hours"
    page.goto(muse.admin + "/tables")
    yield "staff tables"
    yield from table_card_screens(page, muse)
    page.goto(muse.admin + "/nowhere")
    yield "staff problem"


def table_card_screens(page, muse):
    """The cards for the tables; on paper nothing else is left."""
    for name, area in (("7", "Terrace"), ("Window", "")):
        page.goto(muse.admin + "/tables")
        if page.get_by_text(name, exact=True).count() == 0:
            page.get_by_label("Name").fill(name)
            page.get_by_label("Area").fill(area)
            page.get_by_role("button", name="Add the table").click()
            expect(page.get_by_text(name, exact=True)).to_be_visible()
    page.get_by_role("link", name="Cards to print").click()
    expect(page.get_by_role("img", name="Code of table Window")).to_be_visible()
    yield "staff table cards"
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print the cards")).to_be_hidden()
    expect(page.get_by_role("img", name="Code of table Window")).to_be_visible()
    page.emulate_media(media="screen")


def menu_desk_screens(page, muse):
    """The menu while somebody edits it; the draft is dropped at the end."""
    page.goto(muse.admin + "/menu/items/new?category=coffee")
    yield "staff new item"
    page.goto(muse.admin + "/menu/items/latte")
    page.get_by_label("Description").fill("Two shots under silky milk, by the cup or the bowl.")
    page.get_by_role("button", name="Save to the draft").click()
    expect(page.get_by_text("Latte waits in the draft")).to_be_visible()
    yield "staff menu with a draft"
    page.goto(muse.admin + "/menu/publish")
    yield "staff publish"
    with page.expect_popup() as popup:
        page.get_by_role("link", name="Preview the guest").click()
    expect(popup.value.get_by_role("note")).to_contain_text("Preview")
    popup.value.close()
    for path, name in [
        ("/menu/arrange", "staff order of the menu"), ("/menu/groups", "staff choices"),
        ("/menu/groups/milk", "staff choices of one"), ("/menu/groups/new", "staff new choices"),
        ("/menu/categories/new", "staff new category"), ("/menu/history", "staff menu history"),
        ("/menu/history/0", "staff menu at the beginning"),
    ]:
        page.goto(muse.admin + path)
        yield name
    page.goto(muse.admin + "/menu/publish")
    page.get_by_text("Drop the whole draft").click()
    page.get_by_role("button", name="Drop all of it").click()
    expect(page.get_by_role("heading", name="Nothing waits")).to_be_visible()
    yield "staff nothing to publish"
