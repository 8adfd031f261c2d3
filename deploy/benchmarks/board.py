"""From the payment at Stripe to the card on every board, over the real parts: webhook, commit, change feed, stream."""

import itertools
import json
import selectors
import socket
import sqlite3
import statistics
import threading
import time
import urllib.request

from benchmarks.ground import BIN, Running, Venue, free_port, percentile, report, scratch
from benchmarks.orders import order_body
from benchmarks.staff import sign_in

BOARDS = 50
ORDERS = 60
# As on a full evening: this many cards are there already.
OPEN = 40
STATIONS = ("", "?station=bar", "?station=kitchen", "?station=oven")


def post(url, value, origin, **headers):
    request = urllib.request.Request(
        url, json.dumps(value).encode(), {"Content-Type": "application/json", "Origin": origin, **headers})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


class Boards:
    """Streams that are listened to by one thread; each card is timed as its bytes arrive."""

    def __init__(self, venue, cookie):
        self.selector = selectors.DefaultSelector()
        self.sockets = []
        for number in range(BOARDS):
            # Half of them show everything, the others one station each.
            station = "" if number % 2 == 0 else STATIONS[number // 2 % len(STATIONS)]
            connection = socket.create_connection(("127.0.0.1", venue.admin_port))
            connection.sendall(
                f"GET /api/board/stream{station} HTTP/1.1\r\nHost: 127.0.0.1:{venue.admin_port}\r\n"
                f"Cookie: {cookie}\r\n\r\n".encode())
            connection.setblocking(False)
            self.selector.register(connection, selectors.EVENT_READ, [b"", station])
            self.sockets.append(connection)

    def wait_for(self, order, stations, seconds=10):
        """The moment at which each board of these stations has the card."""
        mark = b'order-' + order.encode()
        waiting = {s for s in self.sockets if self.selector.get_key(s).data[1] in stations}
        moments = []
        deadline = time.perf_counter() + seconds
        while waiting:
            assert time.perf_counter() < deadline, f"{len(waiting)} boards never got the card"
            for key, _ in self.selector.select(0.5):
                data = key.fileobj.recv(1 << 20)
                assert data, "a board's stream ended"
                now = time.perf_counter()
                key.data[0] = key.data[0][-200:] + data
                if key.fileobj in waiting and mark in key.data[0]:
                    waiting.remove(key.fileobj)
                    moments.append(now)
        return moments

    def close(self):
        for one in self.sockets:
            one.close()


def place(venue, body, keys):
    origin = venue.env["CUSTOMER_URL"]
    return post(origin + "/api/orders", body, origin, **{"Idempotency-Key": f"board-{next(keys)}"})


def pay(sandbox, order):
    """Returns once the webhook has been answered."""
    post(f"{sandbox}/checkout/{order['checkoutUrl'].rsplit('/', 1)[1]}/pay", {"outcome": "paid"}, sandbox)


def stations_of(venue, body):
    """The boards that will have a card of such an order: everything, and each station that makes a part of it."""
    names = {line["itemId"] for line in body["lines"]}
    with sqlite3.connect(venue.database) as database:
        rows = database.execute("SELECT id, station FROM menu_items").fetchall()
    return {""} | {f"?station={station}" for item, station in rows if item in names}


def bench_board(arguments):
    print(f"From the payment at Stripe to the card, with {BOARDS} boards open and {OPEN} cards on them")
    with scratch() as folder:
        venue = Venue(folder)
        port = free_port()
        sandbox = f"http://127.0.0.1:{port}"
        venue.env |= {"STRIPE_API_BASE": sandbox, "SES_ENDPOINT": sandbox}
        venue.prepare()
        webhook = f"http://127.0.0.1:{venue.customer_port}/api/webhooks/stripe"
        stripe = Running([BIN / "MuseSandbox", "--port", str(port), "--quiet", "--webhook-url", webhook],
                         env=venue.env, cwd=folder, ready="listening")
        customer, admin = venue.customer(), venue.staff()
        boards = None
        try:
            keys = itertools.count()
            body = order_body(venue, json.load(urllib.request.urlopen(venue.env["CUSTOMER_URL"] + "/api/menu")))
            stations = stations_of(venue, body)
            for _ in range(OPEN):
                pay(sandbox, place(venue, body, keys))
            boards = Boards(venue, sign_in(venue))
            latencies, cpu, began = [], admin.cpu_seconds(), time.perf_counter()
            for _ in range(ORDERS):
                order = place(venue, body, keys)
                paying = threading.Thread(target=pay, args=(sandbox, order))
                moment = time.perf_counter()
                paying.start()
                latencies += [(seen - moment) * 1000 for seen in boards.wait_for(order["id"], stations)]
                paying.join()
            used = (admin.cpu_seconds() - cpu) / (time.perf_counter() - began)
            p99 = percentile(latencies, 0.99)
            report(f"{len(latencies)} cards on boards",
                   f"p50 {statistics.median(latencies):.0f} ms, p99 {p99:.0f} ms, longest {max(latencies):.0f} ms", "300 ms",
                   p99 < 300)
            report("processor of MuseAdmin meanwhile", f"{used:.2f} of 2 cores")
            report("memory of MuseAdmin after it", f"{admin.memory_mb():.0f} MB", "100 MB", admin.memory_mb() < 100)
        finally:
            if boards:
                boards.close()
            for one in (admin, customer, stripe):
                one.stop()
