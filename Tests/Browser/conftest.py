"""A browser, the café, and people who use it. A page that complains on its console fails its test."""

import shutil
import uuid
from dataclasses import dataclass

import pytest
import requests
from playwright.sync_api import expect, sync_playwright

from running_muse import OWNER, eventually, running_muse

expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def muse():
    with running_muse() as muse:
        yield muse


@pytest.fixture(scope="session")
def browser():
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert found, "there is no Chromium; deploy/setup tests installs it"
    with sync_playwright() as playwright:
        # Chromium refuses its sandbox to root, and a container's /dev/shm is too small for it.
        browser = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        yield browser
        browser.close()


class Complaints:
    """What pages wrote to the console, and scripts that failed."""

    def __init__(self):
        self.lines = []
        self.expected = []

    def watch(self, context):
        context.on("console", lambda message: self.note(message.type, message.text, message.location))
        context.on("weberror", lambda error: self.note("error", str(error.error), {}))

    def note(self, kind, text, location):
        if kind in ("error", "warning") and not any(part in text for part in self.expected):
            self.lines.append(f"{kind}: {text} {location.get('url', '')}")

    def expect(self, part):
        """From now on a complaint that holds `part` is what the test is about."""
        self.expected.append(part)


@pytest.fixture
def complaints():
    complaints = Complaints()
    yield complaints
    assert not complaints.lines, "\n".join(complaints.lines)


@pytest.fixture
def new_context(browser, complaints):
    contexts = []

    def make(**options):
        options = {"locale": "en-US", "viewport": {"width": 390, "height": 844}, "reduced_motion": "reduce"} | options
        context = browser.new_context(**options)
        complaints.watch(context)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@dataclass
class Guest:
    """Somebody with a phone who wants coffee."""

    muse: object
    page: object
    email: str

    def open(self, path):
        self.page.goto(self.muse.customer + path)

    def add_assam(self):
        """Puts the plainest thing of the menu into the cart, as a form would."""
        answer = self.page.request.post(
            f"{self.muse.customer}/cart/lines",
            form={"itemId": "black-tea", "quantity": "1"},
            headers={"Origin": self.muse.customer, "Accept": "application/json"},
        )
        assert answer.ok, answer.text()

    def check_out(self, name="Ada Lovelace"):
        self.open("/checkout")
        self.page.get_by_label("Name").fill(name)
        self.page.get_by_label("Email").fill(self.email)
        self.page.locator("[data-pay]").click()
        expect(self.page.get_by_role("heading", name="Pay Muse & Co")).to_be_visible()

    def pay(self):
        self.page.get_by_role("button", name="card ending 4242").click()
        expect(self.page).to_have_url(self.muse.customer_pattern)

    def order_tea(self, name="Ada Lovelace"):
        """A paid order; the page follows it."""
        self.add_assam()
        self.check_out(name)
        self.pay()
        expect(self.page.locator("#order-live")).to_have_attribute("data-state", "paid")

    @property
    def number(self):
        heading = self.page.locator(".receipt-number")
        return heading.inner_text().replace("Order", "").strip()


@pytest.fixture
def new_guest(muse, new_context):
    def make(**options):
        email = f"guest-{uuid.uuid4().hex[:10]}@example.com"
        return Guest(muse, new_context(**options).new_page(), email)

    return make


@pytest.fixture
def guest(new_guest):
    return new_guest()


@pytest.fixture(scope="session")
def signed_in(muse, browser):
    """What a browser keeps of the owner's sign-in: one for all screens of a run."""
    with browser.new_context(locale="en-US") as context:
        page = context.new_page()
        page.goto(muse.admin + "/board")
        page.get_by_label("Work email").fill(OWNER)
        page.get_by_label("Password").fill(muse.password)
        page.get_by_role("button", name="Sign in").click()
        expect(page).to_have_url(muse.admin + "/board")
        return context.storage_state()


@pytest.fixture
def staff(muse, new_context, signed_in):
    """A signed-in member of the staff at the board."""
    page = new_context(viewport={"width": 1280, "height": 900}, storage_state=signed_in).new_page()
    page.goto(muse.admin + "/board")
    return page


@dataclass
class PaidOrder:
    id: str
    number: str
    link: str


@pytest.fixture
def order(muse):
    """Places an order as a program does, and pays it unless told otherwise; for tests that look at other screens."""

    def make(name="Ada Lovelace", lines=(("black-tea", 1),), is_paid=True):
        body = {
            "lines": [{"kind": "item", "itemId": item, "quantity": count} for item, count in lines],
            "fulfilment": {"type": "pickup"},
            "contact": {"name": name, "email": f"guest-{uuid.uuid4().hex[:10]}@example.com"},
        }
        headers = {"Idempotency-Key": uuid.uuid4().hex, "Origin": muse.customer}
        answer = requests.post(f"{muse.customer}/api/orders", json=body, headers=headers, timeout=10)
        assert answer.status_code == 201, answer.text
        placed = answer.json()
        where = f"{muse.customer}/orders/{placed['id']}?token={placed['token']}"
        if not is_paid:
            return PaidOrder(placed["id"], "", where)
        requests.post(f"{placed['checkoutUrl']}/pay", timeout=10).raise_for_status()
        ask = f"{muse.customer}/api/orders/{placed['id']}?token={placed['token']}"
        number = eventually(lambda: requests.get(ask, timeout=10).json().get("number"))
        return PaidOrder(placed["id"], str(number), where)

    return make
