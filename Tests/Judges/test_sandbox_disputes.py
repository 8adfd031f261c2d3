"""Disputes, as Stripe's own Python library reads them from the stand-in."""

import pytest
import requests


@pytest.mark.parametrize("outcome", ["won", "lost"])
def test_a_dispute_is_opened_listed_and_closed(sandbox, outcome):
    session = sandbox.session()
    sandbox.pay(session)
    intent = sandbox.stripe.checkout.sessions.retrieve(session.id).payment_intent
    opened = requests.post(f"{sandbox.url}/sandbox/payments/{intent}/dispute", timeout=5).json()
    [found] = sandbox.stripe.disputes.list(params={"payment_intent": intent}).data
    assert found.id == opened["id"] and found.object == "dispute" and found.amount == 900
    assert (found.status, found.payment_intent) == ("needs_response", intent)
    assert found.evidence_details.due_by > found.created
    sandbox.endpoint.wait("charge.dispute.created", found.id)
    sandbox.endpoint.wait("charge.dispute.funds_withdrawn", found.id)
    requests.post(
        f"{sandbox.url}/sandbox/disputes/{found.id}/close", json={"outcome": outcome}, timeout=5
    ).raise_for_status()
    assert sandbox.stripe.disputes.retrieve(found.id).status == outcome
    sandbox.endpoint.wait("charge.dispute.closed", found.id)
