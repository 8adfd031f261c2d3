"""Python's hmac judges our service tokens: the vectors that ServiceTokenTests.swift reads are made and compared here.

`python3 test_service_token.py` writes service_token_vectors.json anew. A token of Python's is also tried on
/api/send-email of a running customer service.
"""
import hashlib
import hmac
import json
import pathlib
import time

import requests

from conftest import SERVICE_SECRET, served

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


def send(url, body, authorization, origin):
    headers = {"Content-Type": "application/json", "Origin": origin}
    if authorization:
        headers["Authorization"] = authorization
    answer = requests.post(f"{url}/api/send-email", data=body.encode(), headers=headers, timeout=10)
    return answer.status_code, answer.json()


def test_a_token_of_python_is_taken_and_everything_else_is_not(tmp_path):
    origin = "http://localhost:8081"
    body = json.dumps(dict(to="ada@example.com", subject="Judge", text="Hello", idempotencyKey="judge-1"))
    now = int(time.time())

    def token(seconds=now, text=body, key=SERVICE_SECRET):
        return header(seconds, "POST", "/api/send-email", text, key)

    with served(tmp_path, "MuseCustomer") as (url, _):
        status, first = send(url, body, token(), origin)
        assert (status, first["status"]) == (202, "queued")
        assert send(url, body, token(now - 1), origin)[1]["id"] == first["id"]
        for wrong in [None, token(now - 301), token(now + 330), token(text=body + " "), token(key="other"), "Bearer x"]:
            assert send(url, body, wrong, origin)[0] == 401
        assert send(url, body, token(), "https://evil.example")[0] == 403


if __name__ == "__main__":
    VECTORS.write_text(json.dumps(vectors(), indent=1, ensure_ascii=False) + "\n")
