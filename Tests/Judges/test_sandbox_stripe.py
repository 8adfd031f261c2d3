"""Stripe's own Python library against the stand-in."""

import concurrent.futures
import time

import pytest
import requests
import stripe

FORM = "mode=payment&success_url=http%3A%2F%2Flocalhost%2Fok&line_items[0][quantity]=1" \
    "&line_items[0][price_data][currency]=usd&line_items[0][price_data][unit_amount]=450" \
    "&line_items[0][price_data][product_data][name]=Tea"


def refusal(call):
    with pytest.raises(stripe.StripeError) as caught:
        call()
    return caught.value


def test_a_session_is_created_as_asked_and_retrieved(sandbox):
    made = sandbox.session(expires_at=int(time.time()) + 1805)
    found = sandbox.stripe.checkout.sessions.retrieve(made.id, params={"expand": ["line_items"]})
    assert (found.status, found.payment_status, found.amount_total, found.currency) == ("open", "unpaid", 900, "usd")
    assert found.customer_email == "ada@example.com" and found.client_reference_id == "order_1"
    assert found.metadata["order"] == "order_1" and found.url.startswith(sandbox.url)
    assert found.payment_intent is None and found.livemode is False
    [line] = found.line_items.data
    assert (line.description, line.quantity, line.amount_total, line.price.unit_amount) == ("Flat White", 2, 900, 450)
    [same] = sandbox.stripe.checkout.sessions.line_items.list(made.id).data
    assert same.id == line.id


def test_a_paid_session_has_a_payment_with_a_charge(sandbox):
    session = sandbox.session()
    answer = sandbox.pay(session).json()
    assert answer["delivered"] is True and answer["url"] == f"http://localhost:8080/done?s={session.id}"
    found = sandbox.stripe.checkout.sessions.retrieve(
        session.id, params={"expand": ["payment_intent", "payment_intent.latest_charge"]}
    )
    assert (found.status, found.payment_status, found.url) == ("complete", "paid", None)
    assert found.payment_intent.status == "succeeded" and found.payment_intent.amount_received == 900
    assert found.payment_intent.metadata["order"] == "order_1"
    charge = found.payment_intent.latest_charge
    assert charge.payment_method_details.card.last4 == "4242" and charge.payment_method_details.card.brand == "visa"
    assert sandbox.stripe.charges.retrieve(charge.id).payment_intent == found.payment_intent.id
    again = sandbox.pay(session)
    assert again.status_code == 409, again.text


def test_a_declined_card_leaves_the_session_open(sandbox):
    session = sandbox.session()
    assert sandbox.pay(session, "declined").status_code == 402
    assert sandbox.stripe.checkout.sessions.retrieve(session.id).status == "open"
    assert sandbox.pay(session).status_code == 200
    found = sandbox.stripe.checkout.sessions.retrieve(session.id, params={"expand": ["payment_intent"]})
    assert found.payment_intent.status == "succeeded"


@pytest.mark.parametrize("outcome, paid", [("succeeded", "paid"), ("failed", "unpaid")])
def test_a_delayed_payment_completes_unpaid_and_settles_later(sandbox, outcome, paid):
    session = sandbox.session()
    assert sandbox.pay(session, "delayed").json()["payment_status"] == "unpaid"
    [completed] = sandbox.endpoint.wait("checkout.session.completed", session.id)
    assert completed.data.object.payment_status == "unpaid"
    settled = requests.post(f"{sandbox.url}/checkout/{session.id}/settle", json={"outcome": outcome}, timeout=5)
    assert settled.status_code == 200, settled.text
    [event] = sandbox.endpoint.wait(f"checkout.session.async_payment_{outcome}", session.id)
    assert event.data.object.payment_status == paid
    again = requests.post(f"{sandbox.url}/checkout/{session.id}/settle", json={"outcome": outcome}, timeout=5)
    assert again.status_code == 409


def test_an_expired_session_cant_be_paid_or_expired_again(sandbox):
    session = sandbox.session()
    assert sandbox.stripe.checkout.sessions.expire(session.id).status == "expired"
    error = refusal(lambda: sandbox.stripe.checkout.sessions.expire(session.id))
    assert error.http_status == 400 and 'status in ["open"]' in error.user_message
    assert sandbox.pay(session).status_code == 409
    sandbox.endpoint.wait("checkout.session.expired", session.id)


def test_sessions_are_listed_newest_first_and_paged(sandbox):
    ids = [sandbox.session().id for _ in range(5)]
    sessions = sandbox.stripe.checkout.sessions
    first = sessions.list(params={"limit": 2})
    assert [s.id for s in first.data] == [ids[4], ids[3]] and first.has_more
    second = sessions.list(params={"limit": 2, "starting_after": ids[3]})
    assert [s.id for s in second.data] == [ids[2], ids[1]]
    back = sessions.list(params={"limit": 2, "ending_before": ids[2]})
    assert [s.id for s in back.data] == [ids[4], ids[3]]
    newest = first.auto_paging_iter()
    assert [next(newest).id for _ in range(5)] == ids[::-1]
    sandbox.pay(sandbox.session())
    [paid] = sessions.list(params={"limit": 1, "status": "complete", "expand": ["data.payment_intent"]}).data
    assert paid.payment_intent.status == "succeeded"
    assert [s.id for s in sessions.list(params={"payment_intent": paid.payment_intent.id}).data] == [paid.id]
    assert sessions.list(params={"created": {"gte": int(time.time()) + 60}}).data == []


def test_refunds_add_up_to_the_charge_and_no_further(sandbox):
    session = sandbox.session()
    intent = sandbox.pay(session).json()["payment_intent"]
    refunds = sandbox.stripe.refunds
    part = refunds.create(params={"payment_intent": intent, "amount": 300, "reason": "requested_by_customer",
                                  "metadata": {"line": "1"}})
    assert (part.status, part.amount, part.metadata["line"]) == ("succeeded", 300, "1")
    error = refusal(lambda: refunds.create(params={"payment_intent": intent, "amount": 601}))
    assert error.param == "amount" and "greater than unrefunded amount" in error.user_message
    rest = refunds.create(params={"payment_intent": intent, "expand": ["charge"]})
    assert rest.amount == 600 and rest.charge.refunded is True and rest.charge.amount_refunded == 900
    error = refusal(lambda: refunds.create(params={"payment_intent": intent}))
    assert error.code == "charge_already_refunded"
    listed = refunds.list(params={"payment_intent": intent})
    assert [r.id for r in listed.data] == [rest.id, part.id]
    assert refunds.retrieve(part.id).amount == 300
    sandbox.endpoint.wait("refund.created", part.id)
    sandbox.endpoint.wait("charge.refunded", rest.charge.id, count=2)


def test_an_unpaid_payment_cant_be_refunded(sandbox):
    session = sandbox.session()
    intent = sandbox.pay(session, "delayed").json()["payment_intent"]
    error = refusal(lambda: sandbox.stripe.refunds.create(params={"payment_intent": intent}))
    assert "does not have a successful charge" in error.user_message


LINE = {"currency": "usd", "unit_amount": 450, "product_data": {"name": "Tea"}}


@pytest.mark.parametrize("changes, code, param", [
    ({"shipping": "x"}, "parameter_unknown", "shipping"),
    ({"line_items": [{"quantity": 1, "price_data": {**LINE, "colour": "x"}}]}, "parameter_unknown",
     "line_items[0][price_data][colour]"),
    ({"mode": None}, "parameter_missing", "mode"),
    ({"success_url": None}, "parameter_missing", "success_url"),
    ({"line_items": None}, "parameter_missing", "line_items"),
    ({"line_items": [{"quantity": 1, "price_data": {"unit_amount": 450, "product_data": {"name": "T"}}}]},
     "parameter_missing", "line_items[0][price_data][currency]"),
    ({"line_items": [{"quantity": 1, "price_data": {**LINE, "unit_amount": "4.5"}}]}, "parameter_invalid_integer",
     "line_items[0][price_data][unit_amount]"),
    ({"line_items": [{"quantity": 1, "price_data": {**LINE, "unit_amount": -1}}]}, "parameter_invalid_integer",
     "line_items[0][price_data][unit_amount]"),
    ({"line_items": [{"quantity": 0, "price_data": LINE}]}, "parameter_invalid_integer", "line_items[0][quantity]"),
    ({"line_items": [{"quantity": 1, "price_data": {**LINE, "product_data": {"name": ""}}}]},
     "parameter_invalid_empty", "line_items[0][price_data][product_data][name]"),
    ({"line_items": [{"quantity": 1, "price_data": {**LINE, "unit_amount": 49}}]}, "amount_too_small", "line_items"),
    ({"line_items": [{"quantity": 1, "price_data": {**LINE, "unit_amount": 100_000_000}}]}, "amount_too_large",
     "line_items"),
    ({"line_items": [{"quantity": 999_999, "price_data": {**LINE, "unit_amount": 2**62}}]}, "amount_too_large",
     "line_items"),
    ({"line_items": [{"quantity": 1, "price_data": LINE}] * 101}, None, "line_items"),
    ({"success_url": "javascript:alert(1)"}, "url_invalid", "success_url"),
    ({"customer_email": "nobody"}, "email_invalid", "customer_email"),
    ({"mode": "gift"}, None, "mode"),
    ({"metadata": {"k": "v" * 501}}, None, "metadata[k]"),
    ({"metadata": {"k" * 41: "v"}}, None, "metadata"),
    ({"expand": ["customer.name"]}, None, "expand"),
    ({"expires_at": int(time.time()) + 60}, None, "expires_at"),
    ({"expires_at": int(time.time()) + 2 * 86_400}, None, "expires_at"),
])
def test_a_bad_session_is_refused_by_name(sandbox, changes, code, param):
    error = refusal(lambda: sandbox.session(**changes))
    assert isinstance(error, stripe.InvalidRequestError) and error.http_status == 400
    assert (error.code, error.param) == (code, param), error.user_message


def test_100_lines_and_the_smallest_amount_pass(sandbox):
    lines = [{"quantity": 1, "price_data": {**LINE, "unit_amount": 1}}] * 99
    lines.append({"quantity": 1, "price_data": {**LINE, "unit_amount": 0}})
    assert refusal(lambda: sandbox.session(line_items=lines[:49])).code == "amount_too_small"
    assert sandbox.session(line_items=lines).amount_total == 99
    assert sandbox.session(line_items=[{"quantity": 1, "price_data": {**LINE, "unit_amount": 50}}]).amount_total == 50


@pytest.mark.parametrize("path, code", [
    ("/v1/checkout/sessions/cs_test_none", 404), ("/v1/payment_intents/pi_none", 404), ("/v1/charges/ch_none", 404),
    ("/v1/refunds/re_none", 404), ("/v1/events/evt_none", 404), ("/v1/unheard/of", 404),
])
def test_what_isnt_there_is_404_in_stripes_shape(sandbox, path, code):
    answer = sandbox.raw(path)
    assert answer.status_code == code and answer.json()["error"]["type"] == "invalid_request_error"
    assert answer.headers["Request-Id"].startswith("req_")


@pytest.mark.parametrize("headers, status", [
    ({"Authorization": None}, 401), ({"Authorization": "Bearer sk_test_wrong"}, 401),
    ({"Authorization": "Basic c2tfdGVzdF9tdXNlX3NhbmRib3g6"}, 200), ({"Stripe_Version": None}, 400),
    ({"Stripe_Version": "newest"}, 400), ({"Idempotency_Key": None}, 400), ({"Idempotency_Key": "k" * 256}, 400),
    ({"Content_Type": "application/json"}, 400),
])
def test_headers_are_demanded(sandbox, headers, status):
    base = {"Content_Type": "application/x-www-form-urlencoded"}
    answer = sandbox.raw("/v1/checkout/sessions", FORM, **{**base, **headers})
    assert answer.status_code == status, answer.text


def test_a_repeated_key_gets_the_first_answer_again(sandbox):
    headers = {"Idempotency_Key": "repeat-1", "Content_Type": "application/x-www-form-urlencoded"}
    first = sandbox.raw("/v1/checkout/sessions", FORM, **headers)
    second = sandbox.raw("/v1/checkout/sessions", FORM, **headers)
    assert first.status_code == 200 and first.content == second.content
    assert "Idempotent-Replayed" not in first.headers and second.headers["Idempotent-Replayed"] == "true"
    assert second.headers["Original-Request"] == first.headers["Request-Id"]
    other = sandbox.raw("/v1/checkout/sessions", FORM + "&locale=de", **headers)
    assert other.status_code == 400 and other.json()["error"]["type"] == "idempotency_error"
    elsewhere = sandbox.raw("/v1/refunds", "charge=ch_1", **headers)
    assert elsewhere.status_code == 400 and "same endpoint" in elsewhere.json()["error"]["message"]


def test_a_failed_validation_doesnt_use_up_the_key(sandbox):
    headers = {"Idempotency_Key": "repeat-2", "Content_Type": "application/x-www-form-urlencoded"}
    assert sandbox.raw("/v1/checkout/sessions", FORM + "&nonsense=1", **headers).status_code == 400
    assert sandbox.raw("/v1/checkout/sessions", FORM, **headers).status_code == 200


def test_a_key_in_use_is_409_and_only_one_session_is_made(sandbox):
    sandbox.fault("stripe", "slow", delay=0.5)
    headers = {"Idempotency_Key": "repeat-3", "Content_Type": "application/x-www-form-urlencoded"}
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        tries = list(pool.map(lambda _: sandbox.raw("/v1/checkout/sessions", FORM, **headers), range(4)))
    statuses = sorted(t.status_code for t in tries)
    assert statuses == [200, 409, 409, 409]
    assert {t.json()["error"]["code"] for t in tries if t.status_code == 409} == {"idempotency_key_in_use"}


def test_a_cut_answer_still_made_the_session_and_the_key_finds_it(sandbox):
    headers = {"Idempotency_Key": "repeat-4", "Content_Type": "application/x-www-form-urlencoded"}
    count = lambda: requests.get(f"{sandbox.url}/sandbox/state.json?limit=0", timeout=5).json()["counts"]["sessions"]
    before = count()
    sandbox.fault("stripe", "cut")
    with pytest.raises(requests.ConnectionError):
        sandbox.raw("/v1/checkout/sessions", FORM, **headers)
    sandbox.fault("stripe", "none")
    again = sandbox.raw("/v1/checkout/sessions", FORM, **headers)
    assert again.status_code == 200 and again.headers["Idempotent-Replayed"] == "true" and count() == before + 1


@pytest.mark.parametrize("mode, status", [("down", 503), ("throttle", 429)])
def test_a_fault_strikes_and_ends(sandbox, mode, status):
    sandbox.fault("stripe", mode, seconds=0.5)
    assert sandbox.raw("/v1/events").status_code == status
    deadline = time.monotonic() + 5
    while sandbox.raw("/v1/events").status_code != 200:
        assert time.monotonic() < deadline
        time.sleep(0.05)
