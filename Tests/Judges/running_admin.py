"""The real staff and customer services on a migrated, seeded database in a folder of their own, and a signed-in manager."""

import contextlib
import os
import subprocess
import tempfile
import time
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parents[2]
BINARIES = Path(os.environ.get("MUSE_BIN_DIR", ROOT / ".build" / "debug"))
PASSWORD = "correct horse battery staple"


class Services:
    """Both services, by their addresses; `staff` is a browser's session that may edit the menu."""

    def __init__(self, folder, environment):
        self.folder = Path(folder)
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(folder), "TMPDIR": str(folder / "tmp"),
            "MUSE_ENV": "development", "DATABASE_URL": f"sqlite:{folder}/muse.db",
            "CUSTOMER_PORT": "0", "ADMIN_PORT": "0", "SERVICE_SECRET": "0123456789abcdef0123456789abcdef",
            "RATE_LIMIT_PER_MINUTE": "100000", "READ_RATE_LIMIT_PER_MINUTE": "1000000",
        } | environment
        self.processes = {}
        self.staff = requests.Session()

    def command(self, *arguments, text=None):
        subprocess.run([BINARIES / "MuseAdmin", *arguments], env=self.environment, cwd=self.folder, input=text,
                       capture_output=True, text=True, timeout=120, check=True)

    def start(self, name, *command):
        log = self.folder / f"{name}.log"
        with log.open("wb") as out:
            self.processes[name] = subprocess.Popen([BINARIES / command[0], *command[1:]], env=self.environment,
                                                    cwd=self.folder, stdout=out, stderr=subprocess.STDOUT)
        deadline = time.monotonic() + 60
        while "listening on" not in (text := log.read_text()):
            assert self.processes[name].poll() is None and time.monotonic() < deadline, text
            time.sleep(0.05)
        port = text.split("listening on")[1].split()[0].rstrip("/").rsplit(":", 1)[1]
        return f"http://localhost:{port}"

    def begin(self):
        (self.folder / "tmp").mkdir()
        self.command("migrate")
        self.command("seed")
        self.command("staff", "add", "--email", "ada@ncmuse.co", "--role", "manager", text=PASSWORD + "\n")
        self.customer = self.start("customer", "MuseCustomer")
        self.admin = self.start("admin", "MuseAdmin", "serve")
        self.staff.headers.update({"Origin": self.admin, "Accept": "application/json"})
        answer = self.staff.post(f"{self.admin}/api/auth/sign-in", timeout=30,
                                 json={"email": "ada@ncmuse.co", "password": PASSWORD})
        assert answer.status_code == 200, answer.text

    def put(self, item, content, kind="image/jpeg"):
        return self.staff.put(f"{self.admin}/api/menu/items/{item}/image", data=content,
                              headers={"Content-Type": kind}, timeout=60)

    def image(self, item):
        """What guests are shown for an item, or None."""
        menu = requests.get(f"{self.customer}/api/menu", timeout=10).json()
        return next(found for category in menu["categories"] for found in category["items"]
                    if found["id"] == item).get("image")

    def end(self):
        for process in self.processes.values():
            process.terminate()
        for name, process in self.processes.items():
            assert process.wait(20) == 0, (self.folder / f"{name}.log").read_text()


@contextlib.contextmanager
def services(**environment):
    with tempfile.TemporaryDirectory(prefix="muse-judge-") as folder:
        running = Services(Path(folder), environment)
        try:
            running.begin()
            yield running
            running.end()
        finally:
            for process in running.processes.values():
                process.kill()
