"""What the stand-in delivers, checked by Stripe's own verification."""

import hashlib
import hmac

import pytest
import requests
import stripe
from conftest import SECRETS, eventually


def state(sandbox):
    return requests.get(f"{sandbox.url}/sandbox/state.json", timeout=5).json()


def delivery(sandbox, event):
    return next(e for e in state(sandbox)["events"] if e["id"] == event)


def test_each_secret_while_rolling_verifies_and_no_other(sandbox):
    session = sandbox.session()
    sandbox.pay(session)
    for secret in SECRETS:
        [event] = sandbox.endpoint.events("checkout.session.completed", session.id, secret)
        assert event.api_version == "2025-09-30.clover" and event.data.object.metadata["order"] == "order_1"
    body, header = sandbox.endpoint.deliveries[0]
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(body, header, "whsec_wrong")
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(body.replace(b"{", b" {", 1), header, SECRETS[0])


def test_the_header_is_an_hmac_over_the_raw_bytes(sandbox):
    sandbox.pay(sandbox.session())
    body, header = sandbox.endpoint.deliveries[0]
    parts = [part.split("=", 1) for part in header.split(",")]
    moment = dict(parts)["t"]
    expected = [hmac.new(s.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest() for s in SECRETS]
    assert [value for name, value in parts if name == "v1"] == expected
    assert [value for name, value in parts if name == "v0"][0] not in expected


def test_a_refused_event_comes_again_with_the_same_bytes(sandbox):
    sandbox.endpoint.answers = [500] * 6 + [200]
    session = sandbox.session()
    assert sandbox.pay(session).status_code == 200
    [*_, last] = sandbox.endpoint.wait("checkout.session.completed", session.id, count=2)
    eventually(lambda: delivery(sandbox, last.id)["delivery"] == "delivered", 20)
    attempts = [attempt["status"] for attempt in delivery(sandbox, last.id)["attempts"]]
    assert attempts[-1] == 200 and set(attempts[:-1]) == {500}
    assert len({body for body, _ in sandbox.endpoint.deliveries if last.id.encode() in body}) == 1


def test_duplicates_drops_and_resends(sandbox):
    sandbox.fault("webhooks", "duplicate")
    session = sandbox.session()
    sandbox.pay(session)
    found = sandbox.endpoint.wait("checkout.session.completed", session.id, count=2)
    assert len({event.id for event in found}) == 1
    sandbox.fault("webhooks", "drop")
    lost = sandbox.session()
    assert sandbox.pay(lost).json()["delivered"] is False
    event = next(e for e in state(sandbox)["events"]
                 if e["object"] == lost.id and e["type"] == "checkout.session.completed")
    assert event["delivery"] == "dropped" and not sandbox.endpoint.events("checkout.session.completed", lost.id)
    sandbox.fault("webhooks", "none")
    assert requests.post(f"{sandbox.url}/sandbox/events/{event['id']}/resend", timeout=5).status_code == 200
    [again] = sandbox.endpoint.wait("checkout.session.completed", lost.id)
    assert again.id == event["id"]
    eventually(lambda: delivery(sandbox, event["id"])["delivery"] == "delivered")


def test_reordered_events_all_arrive(sandbox):
    sandbox.fault("webhooks", "reorder", delay=0.3)
    sessions = [sandbox.session() for _ in range(20)]
    for session in sessions:
        sandbox.stripe.checkout.sessions.expire(session.id)
    order = eventually(
        lambda: len(found := [e.data.object.id for e in sandbox.endpoint.events("checkout.session.expired")]) == 20
        and found
    )
    assert sorted(order) == sorted(s.id for s in sessions) and order != [s.id for s in sessions]


def test_the_event_api_tells_what_was_delivered(sandbox):
    session = sandbox.session()
    sandbox.pay(session)
    [event] = sandbox.endpoint.wait("checkout.session.completed", session.id)
    found = eventually(
        lambda: (e := sandbox.stripe.events.retrieve(event.id)).pending_webhooks == 0 and e
    )
    assert found.type == "checkout.session.completed" and found.data.object.id == session.id
    listed = sandbox.stripe.events.list(params={"type": "checkout.session.completed", "limit": 1})
    assert listed.data[0].id == event.id
    kinds = {e.type for e in sandbox.stripe.events.list(params={"types": ["charge.succeeded"]}).data}
    assert kinds == {"charge.succeeded"}
    expired = sandbox.session()
    sandbox.stripe.checkout.sessions.expire(expired.id)
    [event] = sandbox.endpoint.wait("checkout.session.expired", expired.id)
    cause = event["request"]
    assert cause["id"].startswith("req_") and cause["idempotency_key"]


def test_a_session_whose_time_has_come_expires_by_itself(sandbox):
    session = sandbox.session()
    sandbox.clock(86_390)
    assert sandbox.stripe.checkout.sessions.retrieve(session.id).status == "open"
    sandbox.clock(86_405)
    [event] = sandbox.endpoint.wait("checkout.session.expired", session.id)
    assert event["request"]["id"] is None and event.data.object.status == "expired"
    assert sandbox.pay(session).status_code == 409


def test_a_session_can_be_made_to_expire(sandbox):
    session = sandbox.session()
    requests.post(f"{sandbox.url}/sandbox/sessions/{session.id}/expire", timeout=5)
    [event] = sandbox.endpoint.wait("checkout.session.expired", session.id)
    assert event["request"]["id"] is None


def test_a_refund_can_be_made_to_fail(sandbox):
    session = sandbox.session()
    intent = sandbox.pay(session).json()["payment_intent"]
    refund = sandbox.stripe.refunds.create(params={"payment_intent": intent})
    requests.post(f"{sandbox.url}/sandbox/refunds/{refund.id}/fail", timeout=5)
    [event] = sandbox.endpoint.wait("refund.failed", refund.id)
    assert event.data.object.failure_reason == "expired_or_canceled_card"
    assert sandbox.stripe.refunds.retrieve(refund.id).status == "failed"
