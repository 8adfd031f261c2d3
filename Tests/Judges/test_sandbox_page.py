"""The hosted page as a browser without JavaScript uses it."""

import re

import requests


def test_the_page_shows_the_order_and_its_buttons(sandbox):
    session = sandbox.session(line_items=[{"quantity": 3, "price_data": {
        "currency": "usd", "unit_amount": 525, "product_data": {"name": "Bun <b>& butter</b>"}}}])
    page = requests.get(session.url, timeout=5)
    assert page.status_code == 200 and page.headers["Content-Type"].startswith("text/html")
    assert "Bun &lt;b&gt;&amp; butter&lt;/b&gt;" in page.text and "$15.75" in page.text and "$5.25 each" in page.text
    assert "ada@example.com" in page.text and "http://localhost:8080/cart" in page.text
    assert re.findall(r'name="outcome" value="(\w+)"', page.text) == ["paid", "delayed", "declined"]


def test_paying_by_form_redirects_to_the_shop(sandbox):
    session = sandbox.session()
    answer = requests.post(f"{session.url}/pay", data={"outcome": "paid"}, allow_redirects=False, timeout=20)
    assert answer.status_code == 303 and answer.headers["Location"] == f"http://localhost:8080/done?s={session.id}"
    assert sandbox.endpoint.events("checkout.session.completed", session.id), "redirected before the event was taken"
    assert "Return to the shop" in requests.get(session.url, timeout=5).text


def test_a_declined_card_is_told_on_the_page(sandbox):
    session = sandbox.session()
    answer = requests.post(f"{session.url}/pay", data={"outcome": "declined"}, timeout=20)
    assert answer.status_code == 402 and "Your card was declined" in answer.text and "Pay $9.00" in answer.text


def test_an_address_is_asked_for_when_the_shop_gave_none(sandbox):
    session = sandbox.session(customer_email=None)
    assert 'type="email"' in requests.get(session.url, timeout=5).text
    refused = requests.post(f"{session.url}/pay", data={"outcome": "paid", "email": "ada"}, timeout=20)
    assert refused.status_code == 422 and "not complete" in refused.text
    data = {"outcome": "paid", "email": "ada@example.com", "name": "Ada"}
    requests.post(f"{session.url}/pay", data=data, allow_redirects=False, timeout=20)
    found = sandbox.stripe.checkout.sessions.retrieve(session.id)
    assert found.customer_details.email == "ada@example.com" and found.customer_details.name == "Ada"


def test_a_delayed_payment_shows_the_banks_buttons(sandbox):
    session = sandbox.session()
    requests.post(f"{session.url}/pay", data={"outcome": "delayed"}, allow_redirects=False, timeout=20)
    assert "The payment succeeds" in requests.get(session.url, timeout=5).text
    done = requests.post(f"{session.url}/settle", data={"outcome": "succeeded"}, timeout=5)
    assert done.status_code == 200 and "The payment succeeds" not in done.text
    assert sandbox.stripe.checkout.sessions.retrieve(session.id).payment_status == "paid"


def test_the_overview_lists_sessions_and_events(sandbox):
    session = sandbox.session()
    sandbox.pay(session)
    page = requests.get(sandbox.url, timeout=5).text
    assert session.id in page and "checkout.session.completed" in page and "/mail" in page


def test_unknown_pages_are_404(sandbox):
    assert requests.get(f"{sandbox.url}/checkout/cs_test_none", timeout=5).status_code == 404
    answer = requests.post(f"{sandbox.url}/checkout/cs_test_none/pay", json={}, timeout=5)
    assert answer.status_code == 404
