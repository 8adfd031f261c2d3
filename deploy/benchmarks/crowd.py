"""A full house with the menu open: from one tap of the staff to the last of a thousand guests told."""

import json
import selectors
import socket
import statistics
import time
import urllib.request

from benchmarks.ground import Venue, percentile, report, scratch
from benchmarks.staff import sign_in

GUESTS = 1000
TAPS = 40
# As through as many routers: one address alone may not hold that many connections.
ADDRESSES = 4


class Crowd:
    """Open menus, listened to by one thread; each is timed as its bytes arrive."""

    def __init__(self, venue):
        self.selector = selectors.DefaultSelector()
        self.sockets = []
        for number in range(GUESTS):
            connection = socket.create_connection(
                ("127.0.0.1", venue.customer_port), source_address=(f"127.0.0.{number % ADDRESSES + 2}", 0))
            connection.sendall(
                f"GET /api/menu/stream HTTP/1.1\r\nHost: 127.0.0.1:{venue.customer_port}\r\n\r\n".encode())
            connection.setblocking(False)
            self.selector.register(connection, selectors.EVENT_READ, [b"", 0])
            self.sockets.append(connection)

    def wait_for(self, version, seconds=20):
        """The moment at which each guest has been told of this version of the menu, or of a later one."""
        moments = []
        deadline = time.perf_counter() + seconds
        waiting = sum(key.data[1] < version for key in self.selector.get_map().values())
        while waiting:
            assert time.perf_counter() < deadline, f"{waiting} of {GUESTS} guests were never told"
            for key, _ in self.selector.select(0.5):
                data = key.fileobj.recv(1 << 16)
                assert data, "a guest's stream ended"
                now = time.perf_counter()
                before = key.data[1]
                *whole, key.data[0] = (key.data[0] + data).split(b"\n")
                for line in whole:
                    if line.startswith(b'data: {"version":'):
                        key.data[1] = json.loads(line[6:])["version"]
                if before < version <= key.data[1]:
                    waiting -= 1
                    moments.append(now)
        return moments

    def close(self):
        for one in self.sockets:
            one.close()


def tap(venue, cookie, item, is_sold_out):
    """86 or back, as the staff's board does it. Returns the menu's version that has it."""
    origin = venue.env["ADMIN_URL"]
    request = urllib.request.Request(
        f"{origin}/api/menu/items/{item}/sold-out", method="POST" if is_sold_out else "DELETE",
        headers={"Origin": origin, "Cookie": cookie})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)["menuVersion"]


def bench_crowd(arguments):
    print(f"From an 86 by the staff to {GUESTS} open menus")
    with scratch() as folder:
        venue = Venue(folder).prepare()
        customer, admin = venue.customer(), venue.staff()
        crowd = None
        try:
            menu = json.load(urllib.request.urlopen(venue.env["CUSTOMER_URL"] + "/api/menu"))
            item = next(item["id"] for part in menu["categories"] for item in part["items"] if item["available"])
            cookie = sign_in(venue)
            alone = customer.memory_mb()
            crowd = Crowd(venue)
            crowd.wait_for(menu["version"])
            latencies, lasts, cpu = [], [], customer.cpu_seconds()
            began = time.perf_counter()
            for number in range(TAPS):
                moment = time.perf_counter()
                version = tap(venue, cookie, item, number % 2 == 0)
                told = [(seen - moment) * 1000 for seen in crowd.wait_for(version)]
                latencies += told
                lasts.append(max(told))
            busy = (customer.cpu_seconds() - cpu) / (time.perf_counter() - began)
            p99 = percentile(latencies, 0.99)
            report(f"{len(latencies)} guests told",
                   f"p50 {statistics.median(latencies):.0f} ms, p99 {p99:.0f} ms", "1 s", p99 < 1000)
            report(f"the last of {GUESTS}, {TAPS} times",
                   f"median {statistics.median(lasts):.0f} ms, longest {max(lasts):.0f} ms", "1 s", max(lasts) < 1000)
            memory = customer.memory_mb()
            report("memory of MuseCustomer", f"{memory:.0f} MB, {(memory - alone) * 1024 / GUESTS:.0f} KB a guest")
            report("processor of MuseCustomer meanwhile", f"{busy:.2f} of 2 cores")
        finally:
            if crowd:
                crowd.close()
            for one in (admin, customer):
                one.stop()
