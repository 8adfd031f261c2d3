"""`/api/send-email` as other sites' pages reach it: preflights made by a real browser, and what comes of them."""

import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests


class BlankPage(BaseHTTPRequestHandler):
    """A page of another origin that does nothing by itself."""

    def do_GET(self):
        body = b"<!doctype html><title>elsewhere</title>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def origins(muse):
    servers = [ThreadingHTTPServer(("127.0.0.1", port), BlankPage) for port in (muse.allowed_port, muse.foreign_port)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield {"allowed": f"http://localhost:{muse.allowed_port}", "foreign": f"http://localhost:{muse.foreign_port}"}
    for server in servers:
        server.shutdown()
        server.server_close()


def token(muse, body, at=None):
    """The service token of the contract, made by Python's hmac."""
    seconds = str(int(time.time()) if at is None else at)
    text = "\n".join(["v1", seconds, "POST", "/api/send-email", hashlib.sha256(body.encode()).hexdigest()])
    return f"Muse-Service v1.{seconds}.{hmac.new(muse.service_secret.encode(), text.encode(), 'sha256').hexdigest()}"


def letter(to):
    return json.dumps({"to": to, "subject": "Hello", "text": "Written by a page."})


CALL = """
async ([url, body, authorization]) => {
  const headers = { "Content-Type": "application/json" };
  if (authorization) headers["Authorization"] = authorization;
  try {
    const answer = await fetch(url, { method: "POST", headers, body });
    return { status: answer.status, body: await answer.text() };
  } catch (error) { return { refused: String(error) }; }
}
"""


def call(page, muse, origin, body, authorization):
    page.goto(origin)
    return page.evaluate(CALL, [f"{muse.customer}/api/send-email", body, authorization])


def test_a_page_of_an_allowed_origin_may_send_with_a_token(muse, origins, guest):
    body = letter(guest.email)
    answer = call(guest.page, muse, origins["allowed"], body, token(muse, body))
    assert answer["status"] == 202, answer
    assert json.loads(answer["body"])["status"] == "queued"
    assert len(muse.mail(guest.email, "Hello")) == 1


@pytest.mark.parametrize("kind", ["missing", "wrong", "old", "future", "for another body", "v0"])
def test_a_token_that_is(muse, origins, guest, complaints, kind):
    body = letter(guest.email)
    good = token(muse, body)
    sent = {
        "missing": None,
        "wrong": good[:-1] + ("0" if good[-1] != "0" else "1"),
        "old": token(muse, body, int(time.time()) - 301),
        "future": token(muse, body, int(time.time()) + 310),
        "for another body": token(muse, body + " "),
        "v0": good.replace("v1.", "v0."),
    }[kind]
    complaints.expect("the server responded with a status of 401")
    answer = call(guest.page, muse, origins["allowed"], body, sent)
    assert answer["status"] == 401, answer
    assert muse.mails(guest.email) == []


def test_the_browser_refuses_a_page_of_a_foreign_origin(muse, origins, guest, complaints):
    complaints.expect("blocked by CORS policy")
    complaints.expect("Failed to load resource")
    body = letter(guest.email)
    answer = call(guest.page, muse, origins["foreign"], body, token(muse, body))
    assert "refused" in answer, answer
    assert muse.mails(guest.email) == []


def test_even_without_a_preflight_a_foreign_origin_is_refused(muse, origins, guest, complaints):
    complaints.expect("Failed to load resource")
    complaints.expect("blocked by CORS policy")
    guest.page.goto(origins["foreign"])
    with guest.page.expect_response("**/api/send-email") as waiting:
        guest.page.evaluate(
            "([url, body]) => fetch(url, { method: 'POST', mode: 'no-cors', body })",
            [f"{muse.customer}/api/send-email", letter(guest.email)],
        )
    assert waiting.value.status in (401, 403, 415)
    assert muse.mails(guest.email) == []


def preflight(muse, origin, **more):
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
        **more,
    }
    return requests.options(f"{muse.customer}/api/send-email", headers=headers, timeout=5)


def test_the_preflight_answers_exactly(muse, origins):
    allowed = preflight(muse, origins["allowed"])
    assert allowed.status_code == 204
    assert allowed.headers["Access-Control-Allow-Origin"] == origins["allowed"]
    assert "POST" in allowed.headers["Access-Control-Allow-Methods"]
    assert {"authorization", "content-type"} <= {
        name.strip().lower() for name in allowed.headers["Access-Control-Allow-Headers"].split(",")
    }
    assert "Origin" in allowed.headers["Vary"]


@pytest.mark.parametrize("change", ["foreign", "null", "suffix", "scheme", "case"])
def test_a_preflight_from_elsewhere_gets_nothing(muse, origins, change):
    origin = {
        "foreign": origins["foreign"],
        "null": "null",
        "suffix": origins["allowed"] + ".evil.example",
        "scheme": origins["allowed"].replace("http:", "https:"),
        "case": origins["allowed"] + "/",
    }[change]
    answer = preflight(muse, origin)
    assert answer.status_code == 403
    assert not [name for name in answer.headers if name.lower().startswith("access-control-")]
    assert "Origin" in answer.headers["Vary"]
