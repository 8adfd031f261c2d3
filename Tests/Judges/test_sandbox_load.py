"""Many guests at once, and no more memory than was allowed."""

import collections
import concurrent.futures

from conftest import SECRETS, eventually, started


def test_500_sessions_paid_at_once_are_told_once_each(sandbox):
    def order(_):
        session = sandbox.session()
        answer = sandbox.pay(session)
        return session.id, answer.status_code, answer.json()["delivered"]

    with concurrent.futures.ThreadPoolExecutor(32) as pool:
        orders = list(pool.map(order, range(500)))
    assert all(status == 200 and delivered for _, status, delivered in orders)
    told = collections.Counter(
        event.data.object.id for event in sandbox.endpoint.events("checkout.session.completed", secret=SECRETS[1])
    )
    assert told == {session: 1 for session, _, _ in orders}


def test_a_session_is_paid_once_however_many_press_the_button(sandbox):
    session = sandbox.session()
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        statuses = collections.Counter(a.status_code for a in pool.map(lambda _: sandbox.pay(session), range(16)))
    assert statuses == {200: 1, 409: 15}


def test_the_oldest_objects_are_forgotten_and_the_rest_stays_in_order():
    with started("--keep", "1000") as sandbox:
        ids = [sandbox.session().id for _ in range(500)]
        kept = sandbox.stripe.checkout.sessions.list(params={"limit": 100}).auto_paging_iter()
        assert [session.id for session in kept] == ids[:-151:-1]
        assert sandbox.raw(f"/v1/checkout/sessions/{ids[0]}").status_code == 404
        newer = sandbox.stripe.checkout.sessions.list(params={"ending_before": ids[-3]})
        assert [session.id for session in newer.data] == [ids[-1], ids[-2]]


def test_without_options_the_secret_is_the_one_of_development():
    with started() as sandbox:
        session = sandbox.session()
        sandbox.pay(session)
        eventually(lambda: sandbox.endpoint.events("checkout.session.completed", session.id, "whsec_muse_sandbox"))
