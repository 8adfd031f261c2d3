"""What is malformed is refused and never brings the stand-in down."""

import random

import pytest
import requests
from conftest import KEY, VERSION

PIECES = ["line_items", "[", "]", "[]", "[0]", "[-1]", "[99999999999999999999]", "=", "&", "%", "%ff", "%00", "+",
          "mode", "payment", "quantity", "9223372036854775807", "-9223372036854775808", "1e9",
          "created", "limit", "{}", "é",
          "metadata", "price_data", "expand", "amount", "'", "\\", "<script>"]


def test_2000_random_requests_get_no_server_error(sandbox):
    chance = random.Random(7)
    paths = ["/v1/checkout/sessions", "/v1/refunds", "/v1/events", "/v1/payment_intents", "/v1/charges"]
    headers = {"Authorization": f"Bearer {KEY}", "Stripe-Version": VERSION,
               "Content-Type": "application/x-www-form-urlencoded"}
    with requests.Session() as session:
        for number in range(2000):
            text = "".join(chance.choices(PIECES, k=chance.randint(1, 12)))
            url = sandbox.url + chance.choice(paths)
            if number % 2:
                answer = session.post(url, data=text.encode(), timeout=5,
                                      headers={**headers, "Idempotency-Key": f"fuzz-{number}"})
            else:
                answer = session.get(url, params=text, headers=headers, timeout=5)
            assert answer.status_code < 500, (text, answer.text)


@pytest.mark.parametrize("query", [
    "created=9223372036854775807", "created[gt]=9223372036854775807", "created[lte]=9223372036854775807",
    "created[gte]=9&created[lt]=1", "limit=100",
])
def test_the_ends_of_the_numbers_are_harmless(sandbox, query):
    assert sandbox.raw(f"/v1/checkout/sessions?{query}").status_code == 200


def test_a_body_over_a_mebibyte_is_413(sandbox):
    body = "a=" + "x" * (1 << 20)
    answer = sandbox.raw("/v1/checkout/sessions", body, Content_Type="application/x-www-form-urlencoded")
    assert answer.status_code == 413


@pytest.mark.parametrize("path", ["/faults", "/sandbox/clock", "/checkout/cs_test_none/pay"])
@pytest.mark.parametrize("body", [b"", b"[", b"[]", b"null", b"1e999", b"[" * 5000, b'{"seconds": "many"}', b"\xff"])
def test_bad_json_is_refused(sandbox, path, body):
    answer = requests.post(sandbox.url + path, data=body, headers={"Content-Type": "application/json"}, timeout=5)
    assert 400 <= answer.status_code < 500
