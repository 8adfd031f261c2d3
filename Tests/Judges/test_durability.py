"""An order is acknowledged only after it is on the disk, judged by the order of system calls.

Killing a process proves nothing here: the kernel still writes what it was given. Only power loss tells, or the calls.
"""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from conftest import BINARIES, eventually, started

ORDERS = int(os.environ.get("MUSE_DURABILITY_ORDERS", "1000"))
TRACED = "pwrite64,pwritev,pwritev2,fdatasync,fsync,write,writev,sendto,sendmsg"

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("strace") is None, reason="system calls are read by strace"
)


class Service:
    """The customer service under strace on a seeded database of its own."""

    def __init__(self, url):
        self.url = url
        self.session = requests.Session()
        self.session.headers["Accept-Encoding"] = "identity"
        self.item = next(
            item["id"]
            for category in self.session.get(f"{url}/api/menu", timeout=10).json()["categories"]
            for item in category["items"]
            if item["available"] and item["priceMinor"] >= 100
            and all(group["min"] == 0 for group in item["modifierGroups"])
        )

    def place(self, number):
        body = {
            "lines": [{"kind": "item", "itemId": self.item, "quantity": 1}],
            "fulfilment": {"type": "pickup"},
            "contact": {"name": "Ada Lovelace", "email": f"ada{number}@example.com"},
        }
        headers = {"Origin": self.url, "Idempotency-Key": f"order-{number}"}
        answer = self.session.post(f"{self.url}/api/orders", json=body, headers=headers, timeout=60)
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]


@contextlib.contextmanager
def traced(folder, shown, **settings):
    """The service, and the file its calls are written to; `shown` is how much of each call's data."""
    trace = folder / "trace.txt"
    with started() as sandbox:
        environment = {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": f"sqlite:{folder / 'muse.db'}",
            "SERVICE_SECRET": "a secret of the durability test that is long enough",
            "STRIPE_API_BASE": sandbox.url,
            "SES_ENDPOINT": sandbox.url,
            "RATE_LIMIT_PER_MINUTE": "1000000",
            "READ_RATE_LIMIT_PER_MINUTE": "1000000",
            **settings,
        }
        for command in ("migrate", "seed"):
            subprocess.run([BINARIES / "MuseAdmin", command], env=environment, cwd=folder, check=True,
                           stdout=subprocess.DEVNULL)
        log = folder / "log.txt"
        with open(log, "w") as errors:
            process = subprocess.Popen(
                ["strace", "-f", "-y", "-s", str(shown), "-e", f"trace={TRACED}", "-e", "signal=none", "-o", trace,
                 BINARIES / "MuseCustomer", "--port", "0"],
                env=environment, cwd=folder, stdout=subprocess.PIPE, stderr=errors, text=True,
            )
        try:
            line = process.stdout.readline()
            assert line.startswith("MuseCustomer listening on http://127.0.0.1:"), line + log.read_text()
            yield Service(line.split()[-1]), trace
        finally:
            child = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True)
            for pid in child.stdout.split():
                os.kill(int(pid), signal.SIGTERM)
            assert process.wait(30) == 0
    eventually(lambda: process.poll() is not None)


class Calls:
    """The traced calls, in the order in which the kernel saw them."""

    CALL = re.compile(r"^(\d+) +(\w+)\((\d+)<([^>]*)>(.*)$", re.DOTALL)
    RESUMED = re.compile(r"^(\d+) +<\.\.\. (\w+) resumed>(.*)$", re.DOTALL)

    def __init__(self, trace):
        self.trace = trace

    def __iter__(self):
        """`(kind, text)`, kind one of write, sync, answer. A write counts when it begins, a sync when it has ended."""
        syncing = set()
        with open(self.trace, encoding="utf-8", errors="replace") as lines:
            for line in lines:
                if match := self.CALL.match(line):
                    thread, name, _, file, rest = match.groups()
                    if name in ("fdatasync", "fsync"):
                        if not file.endswith("-wal"):
                            continue
                        if "<unfinished" in rest:
                            syncing.add(thread)
                        elif rest.rstrip().endswith("= 0"):
                            yield "sync", ""
                    elif name.startswith("pwrite") or file.endswith("-wal"):
                        if file.endswith("-wal"):
                            yield "write", rest
                    elif '"HTTP/1.1 201' in rest:
                        yield "answer", rest
                elif match := self.RESUMED.match(line):
                    thread, name, rest = match.groups()
                    if name in ("fdatasync", "fsync") and thread in syncing:
                        syncing.discard(thread)
                        if rest.rstrip().endswith("= 0"):
                            yield "sync", ""


def judged(trace):
    """How many answers there were, how many writes, and how many answers left before their writes were safe."""
    answers = early = writes = 0
    since_answer = 0
    is_dirty = False
    for kind, _ in Calls(trace):
        if kind == "write":
            writes, since_answer, is_dirty = writes + 1, since_answer + 1, True
        elif kind == "sync":
            is_dirty = False
        else:
            assert since_answer > 0, "an order was acknowledged and nothing had been written"
            answers, since_answer = answers + 1, 0
            early += is_dirty
    return answers, writes, early


def judged_beside_each_other(trace):
    """The same where several orders are on the way at once: the writes of an answer are those that hold its ids."""
    ids = re.compile(r'\\"id\\":\\"([0-9a-z]{16})\\"')
    sessions = re.compile(r"(cs_test_\w+)")
    unsafe = ""
    safe = ""
    answers = early = 0
    for kind, text in Calls(trace):
        if kind == "write":
            unsafe += text
        elif kind == "sync":
            safe, unsafe = safe + unsafe, ""
        else:
            answers += 1
            names = ids.findall(text)[:1] + sessions.findall(text)[:1]
            assert len(names) == 2, text
            early += not all(name in safe for name in names)
    return answers, early


def test_every_acknowledged_order_was_synced_before_the_answer(tmp_path):
    with traced(tmp_path, 48) as (service, trace):
        for number in range(ORDERS):
            service.place(number)
    answers, writes, early = judged(trace)
    print(f"{answers} orders acknowledged, {writes} writes to the log, {early} answered before a sync")
    assert answers == ORDERS and early == 0


def test_orders_that_share_a_commit_are_synced_before_their_answers(tmp_path):
    with traced(tmp_path, 9000) as (service, trace):
        with ThreadPoolExecutor(8) as pool:
            placed = list(pool.map(service.place, range(80)))
    answers, early = judged_beside_each_other(trace)
    print(f"{answers} orders acknowledged beside each other, {early} answered before a sync")
    assert answers == len(set(placed)) == 80 and early == 0


def test_the_judge_sees_orders_that_are_not_safe(tmp_path):
    with traced(tmp_path, 48, MUSE_UNSAFE_DURABILITY="off") as (service, trace):
        for number in range(100):
            service.place(number)
    answers, _, early = judged(trace)
    print(f"without syncing {early} of {answers} orders were answered before they were safe")
    assert answers == 100 and early == 100


def test_the_judge_of_shared_commits_sees_them_too(tmp_path):
    with traced(tmp_path, 9000, MUSE_UNSAFE_DURABILITY="off") as (service, trace):
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(service.place, range(24)))
    answers, early = judged_beside_each_other(trace)
    assert answers == 24 and early == 24
