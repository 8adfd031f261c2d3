"""Python's hmac judges our service tokens: the vectors that ServiceTokenTests.swift reads are made and compared here.

`python3 test_service_token.py` writes service_token_vectors.json anew. With CUSTOMER_URL, ADMIN_URL and
SERVICE_SECRET of a running customer service, the token is tried on /api/send-email as well.
"""
import hashlib
import hmac
import json
import os
import pathlib
import time
import urllib.error
import urllib.request
import uuid

import pytest

HERE = pathlib.Path(__file__).parent
VECTORS = HERE / "service_token_vectors.json"
SECRET = "a-service-secret-of-tests"
CASES = [
    dict(seconds=1795444205, method="POST", path="/api/send-email", body='{"to":"ada@example.com"}'),
    dict(seconds=1795444205, method="POST", path="/api/send-email", body=""),
    dict(seconds=1, method="GET", path="/", body="é☕\n"),
]


def header(seconds, method, path, body, secret=SECRET):
    text = "\n".join(["v1", str(seconds), method, path, hashlib.sha256(body.encode()).hexdigest()])
    code = hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
    return f"Muse-Service v1.{seconds}.{code}"


def vectors():
    return dict(secret=SECRET, cases=[dict(case, header=header(**case)) for case in CASES])


def test_the_frozen_vectors_are_what_python_signs():
    assert json.loads(VECTORS.read_text()) == vectors()


live = pytest.mark.skipif("SERVICE_SECRET" not in os.environ, reason="needs a running customer service")


def send(body, authorization, origin):
    headers = {"Content-Type": "application/json", "Origin": origin}
    if authorization:
        headers["Authorization"] = authorization
    call = urllib.request.Request(
        os.environ["CUSTOMER_URL"] + "/api/send-email", data=body.encode(), headers=headers, method="POST")
    try:
        answer = urllib.request.urlopen(call, timeout=10)
    except urllib.error.HTTPError as error:
        answer = error
    return answer.status, json.loads(answer.read() or b"{}")


@live
def test_a_token_of_python_is_taken_and_everything_else_is_not():
    secret = os.environ["SERVICE_SECRET"].split(",")[0]
    origin = os.environ["ADMIN_URL"]
    body = json.dumps(dict(to="ada@example.com", subject="Judge", text="Hello", idempotencyKey=str(uuid.uuid4())))
    now = int(time.time())

    def token(seconds=now, text=body, key=secret):
        return header(seconds, "POST", "/api/send-email", text, key)

    status, first = send(body, token(), origin)
    assert (status, first["status"]) == (202, "queued")
    assert send(body, token(now - 1), origin)[1]["id"] == first["id"]
    for wrong in [None, token(now - 301), token(now + 301), token(text=body + " "), token(key="other"), "Bearer x"]:
        assert send(body, wrong, origin)[0] == 401
    assert send(body, token(), "https://evil.example")[0] == 403


if __name__ == "__main__":
    VECTORS.write_text(json.dumps(vectors(), indent=1, ensure_ascii=False) + "\n")
