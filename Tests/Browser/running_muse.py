"""The whole café as it runs: sandbox, both services, one migrated and seeded database in a folder of its own."""

import contextlib
import os
import re
import secrets
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parents[2]
BINARIES = Path(os.environ.get("MUSE_BIN_DIR", ROOT / ".build" / "debug"))
OWNER = "owner@ncmuse.co"


def eventually(check, seconds=10.0):
    """The first truthy answer of `check`, asked until the deadline."""
    deadline = time.monotonic() + seconds
    while True:
        found = check()
        if found:
            return found
        assert time.monotonic() < deadline, f"nothing within {seconds} s"
        time.sleep(0.03)


def free_ports(count):
    """Ports that nobody listens on now. All are held until the last is chosen, so that none is given twice."""
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


@dataclass
class RunningMuse:
    folder: Path
    password: str = field(default_factory=lambda: secrets.token_urlsafe(15))
    service_secret: str = field(default_factory=lambda: secrets.token_hex(32))
    processes: dict = field(default_factory=dict)

    def __post_init__(self):
        customer, admin, sandbox, allowed, foreign = free_ports(5)
        self.customer = f"http://localhost:{customer}"
        self.admin = f"http://localhost:{admin}"
        self.sandbox = f"http://127.0.0.1:{sandbox}"
        self.allowed_port, self.foreign_port = allowed, foreign
        self.ports = {"customer": customer, "admin": admin, "sandbox": sandbox}
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", str(self.folder)),
            "MUSE_ENV": "development",
            "DATABASE_URL": f"sqlite:{self.folder}/muse.db",
            "CUSTOMER_PORT": str(customer),
            "ADMIN_PORT": str(admin),
            "CUSTOMER_URL": self.customer,
            "ADMIN_URL": self.admin,
            "CORS_ALLOWED_ORIGINS": f"{self.customer},{self.admin},http://localhost:{allowed}",
            "SERVICE_SECRET": self.service_secret,
            "STRIPE_API_BASE": self.sandbox,
            "SES_ENDPOINT": self.sandbox,
            "RATE_LIMIT_PER_MINUTE": "100000",
            "READ_RATE_LIMIT_PER_MINUTE": "1000000",
        }

    @property
    def customer_pattern(self):
        """An order page of the customer site."""
        return re.compile(re.escape(self.customer) + r"/orders/")

    def command(self, *arguments, text=None):
        done = subprocess.run(
            [BINARIES / "MuseAdmin", *arguments], env=self.environment, cwd=ROOT, input=text,
            capture_output=True, text=True, timeout=60,
        )
        assert done.returncode == 0, f"MuseAdmin {arguments}: {done.stdout}{done.stderr}"

    def prepare(self):
        self.command("migrate")
        self.command("seed")
        self.command("staff", "add", "--email", OWNER, "--role", "owner", "--name", "Olive", text=self.password + "\n")

    def start(self, name, binary, *arguments, **changes):
        log = self.folder / f"{name}.log"
        with log.open("ab") as out:
            # What an earlier start wrote tells nothing about this one.
            begin = out.tell()
            self.processes[name] = subprocess.Popen(
                [BINARIES / binary, *arguments], env=self.environment | changes, cwd=ROOT,
                stdout=out, stderr=subprocess.STDOUT,
            )
        eventually(lambda: self.is_listening(name, log, begin), 30)

    def is_listening(self, name, log, begin):
        assert self.processes[name].poll() is None, f"{name} ended:\n{log.read_text()}"
        return b"listening on" in log.read_bytes()[begin:]

    def start_all(self):
        self.start("sandbox", "MuseSandbox", "--port", str(self.ports["sandbox"]), "--quiet")
        self.start("customer", "MuseCustomer")
        # The admin service can't reach SES at all: whatever arrives was sent by the customer service.
        self.start("admin", "MuseAdmin", "serve", SES_ENDPOINT="http://127.0.0.1:9")

    def stop(self, name):
        process = self.processes.pop(name)
        process.terminate()
        try:
            assert process.wait(15) == 0, f"{name} ended with {process.returncode}:\n{self.log(name)}"
        finally:
            process.kill()

    def stop_all(self):
        for name in ("admin", "customer", "sandbox"):
            if name in self.processes:
                self.stop(name)

    def log(self, name):
        return (self.folder / f"{name}.log").read_text()

    def mails(self, to):
        """What the sandbox's SES has accepted for one address, the oldest first."""
        return requests.get(f"{self.sandbox}/mail.json", params={"to": to}, timeout=5).json()[::-1]

    def mail(self, to, about, count=1):
        """The mails to an address whose subject speaks of `about`, once there are as many."""

        def found():
            mails = [mail for mail in self.mails(to) if about.lower() in mail["subject"].lower()]
            return mails if len(mails) >= count else None

        return eventually(found, 20)

    def fault(self, service, mode):
        requests.post(f"{self.sandbox}/faults", json={"service": service, "mode": mode}, timeout=5).raise_for_status()


@contextlib.contextmanager
def running_muse():
    with tempfile.TemporaryDirectory(prefix="muse-browser-") as folder:
        muse = RunningMuse(Path(folder))
        try:
            muse.prepare()
            muse.start_all()
            yield muse
        finally:
            muse.stop_all()
