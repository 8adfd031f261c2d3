"""Starts MuseSandbox on a free port, with a webhook endpoint that records what arrives, and either service alone."""

import contextlib
import os
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests
import stripe

ROOT = Path(__file__).resolve().parents[2]
BINARIES = Path(os.environ.get("MUSE_BIN_DIR", ROOT / ".build" / "debug"))
KEY = "sk_test_muse_sandbox"
SECRETS = ["whsec_muse_sandbox", "whsec_second"]
VERSION = "2025-09-30.clover"
SERVICE_SECRET = "a service secret of the judges"


def eventually(check, seconds=10):
    """The first truthy answer of `check`, asked until the deadline."""
    deadline = time.monotonic() + seconds
    while True:
        found = check()
        if found:
            return found
        assert time.monotonic() < deadline, f"nothing within {seconds} s"
        time.sleep(0.02)


class PatientServer(ThreadingHTTPServer):
    # Python's own backlog of five refuses some of many deliveries that come at once.
    request_queue_size = 256


class Endpoint:
    """Records deliveries; `answers` are the statuses to give, the last one for ever."""

    def __init__(self):
        self.deliveries = []
        self.answers = [200]
        self.lock = threading.Lock()
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with endpoint.lock:
                    endpoint.deliveries.append((body, self.headers["Stripe-Signature"]))
                    status = endpoint.answers.pop(0) if len(endpoint.answers) > 1 else endpoint.answers[0]
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = PatientServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def events(self, kind=None, about=None, secret=SECRETS[0]):
        """Deliveries that Stripe's own library accepts, as events."""
        found = [stripe.Webhook.construct_event(body, header, secret) for body, header in list(self.deliveries)]
        return [
            event
            for event in found
            if (kind is None or event.type == kind) and (about is None or event.data.object.id == about)
        ]

    def wait(self, kind, about, count=1):
        return eventually(lambda: len(found := self.events(kind, about)) >= count and found)


class Sandbox:
    def __init__(self, url, endpoint):
        self.url = url
        self.endpoint = endpoint
        self.stripe = stripe.StripeClient(
            KEY, stripe_version=VERSION, base_addresses={"api": url}, max_network_retries=0
        ).v1

    def session(self, **changes):
        line = {
            "quantity": 2,
            "price_data": {
                "currency": "usd",
                "unit_amount": 450,
                "tax_behavior": "inclusive",
                "product_data": {"name": "Flat White", "description": "Oat milk"},
            },
        }
        params = {
            "mode": "payment",
            "line_items": [line],
            "success_url": "http://localhost:8080/done?s={CHECKOUT_SESSION_ID}",
            "cancel_url": "http://localhost:8080/cart",
            "customer_email": "ada@example.com",
            "client_reference_id": "order_1",
            "metadata": {"order": "order_1"},
            "payment_intent_data": {"metadata": {"order": "order_1"}, "description": "Order 1"},
            **changes,
        }
        return self.stripe.checkout.sessions.create(params={k: v for k, v in params.items() if v is not None})

    def pay(self, session, outcome="paid"):
        return requests.post(f"{self.url}/checkout/{session.id}/pay", json={"outcome": outcome}, timeout=20)

    def raw(self, path, data=None, **headers):
        """A request as no library would send it."""
        base = {"Authorization": f"Bearer {KEY}", "Stripe-Version": VERSION, "Idempotency-Key": os.urandom(8).hex()}
        base.update({name.replace("_", "-"): value for name, value in headers.items()})
        sent = {name: value for name, value in base.items() if value is not None}
        return requests.request("GET" if data is None else "POST", self.url + path, data=data, headers=sent, timeout=20)

    def clock(self, ahead):
        answer = requests.post(f"{self.url}/sandbox/clock", json={"secondsAhead": ahead}, timeout=5)
        assert answer.status_code == 200, answer.text

    def fault(self, service, mode, **more):
        answer = requests.post(f"{self.url}/faults", json={"service": service, "mode": mode, **more}, timeout=5)
        assert answer.status_code == 200, answer.text


@contextlib.contextmanager
def started(*options):
    endpoint = Endpoint()
    process = subprocess.Popen(
        [BINARIES / "MuseSandbox", "--port", "0", "--quiet", "--webhook-url", endpoint.url, *options],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        line = process.stdout.readline()
        assert line.startswith("MuseSandbox listening on http://127.0.0.1:"), line
        yield Sandbox(line.split()[-1], endpoint)
    finally:
        process.terminate()
        assert process.wait(10) == 0


@contextlib.contextmanager
def served(folder, program, *arguments):
    """A program on a free port; gives its address."""
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:{folder}/muse.db",
        "SERVICE_SECRET": SERVICE_SECRET,
    }
    # Without it the programs would find the sources and take the project's folder for their own.
    run = dict(cwd=folder, env=environment, text=True)
    subprocess.run([BINARIES / "MuseAdmin", "migrate"], check=True, capture_output=True, **run)
    subprocess.run([BINARIES / "MuseAdmin", "seed"], check=True, capture_output=True, **run)
    process = subprocess.Popen([BINARIES / program, *arguments, "--port", "0"], stdout=subprocess.PIPE, **run)
    try:
        line = process.stdout.readline()
        while line and " listening on http" not in line:
            line = process.stdout.readline()
        yield line.split()[-1], run
    finally:
        process.terminate()
        assert process.wait(15) == 0


@pytest.fixture(scope="session")
def running():
    with started(*(part for secret in SECRETS for part in ("--webhook-secret", secret))) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running):
    running.endpoint.answers = [200]
    running.endpoint.deliveries.clear()
    yield running
    running.clock(0)
    for service in ("stripe", "ses", "webhooks", "storage"):
        running.fault(service, "none")
