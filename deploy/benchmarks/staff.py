"""Starting and the staff pages on files of many orders."""

import http.client
import json
import sqlite3
import statistics
import time
import urllib.request

from benchmarks.ground import Venue, percentile, report, scratch


def fill(database_path, count):
    """Orders as the service writes them, spread over two years, all but forty of them done."""
    with sqlite3.connect(database_path) as database:
        database.execute("PRAGMA synchronous = OFF")
        derivation = json.dumps({
            "currency": "USD", "rounding": "perRateHalfUp", "lines": [{
                "kind": "item", "subjectId": "x", "name": "Flat white", "quantity": 1, "basePriceMinor": 450, "options": [],
                "unitPriceMinor": 450, "grossMinor": 450, "discountMinor": 0, "taxName": "Sales tax",
                "taxRateMillionths": 72500, "isTaxInclusive": False, "taxMinor": 33, "note": ""}],
            "taxes": [], "totals": {"subtotalMinor": 450, "discountMinor": 0, "taxMinor": 33, "includedTaxMinor": 0,
                                    "tipMinor": 0, "totalMinor": 483, "currency": "USD"}})
        now = int(time.time() * 1000)
        step = 2 * 365 * 86_400_000 // count
        def rows():
            for n in range(count):
                placed = now - (count - n) * step
                status = "completed" if n < count - 40 else ("paid", "preparing", "ready")[n % 3]
                day = time.strftime("%Y-%m-%d", time.gmtime(placed / 1000 - 8 * 3600))
                yield (f"o{n:015d}", n + 1, day, status, f"Guest {n}", f"guest{n}@example.com", f"guest {n}", derivation,
                       placed, placed, placed)
        database.executemany(
            """INSERT INTO orders (id, number, business_date, status, fulfilment, contact_name, contact_email, search_name,
                 currency, subtotal_minor, discount_minor, tax_minor, tip_minor, total_minor, derivation, menu_version,
                 token_hash, placed_at_ms, paid_at_ms, changed_at_ms)
               VALUES (?, ?, ?, ?, 'pickup', ?, ?, ?, 'USD', 450, 0, 33, 0, 483, ?, 1, '', ?, ?, ?)""", rows())
        database.execute(
            """INSERT INTO order_lines (id, order_id, position, kind, subject_id, name, quantity, unit_price_minor,
                 gross_minor, tax_minor) SELECT 'l' || id, id, 0, 'item', 'x', 'Flat white', 1, 450, 450, 33 FROM orders""")


def bench_start(arguments):
    print("From start to ready with 100,000 orders in the file")
    with scratch() as folder:
        venue = Venue(folder).prepare()
        fill(venue.database, 100_000)
        for name, start in (("MuseCustomer", venue.customer), ("MuseAdmin", venue.staff)):
            times = []
            for _ in range(max(5, arguments.rounds)):
                running = start()
                times.append(running.ready_after * 1000)
                running.stop()
            median = statistics.median(times)
            report(name, f"median {median:.0f} ms, longest {max(times):.0f} ms", "150 ms", median < 150)


def sign_in(venue):
    origin = venue.env["ADMIN_URL"]
    request = urllib.request.Request(
        origin + "/api/auth/sign-in", method="POST", headers={"Origin": origin, "Content-Type": "application/json"},
        data=json.dumps({"email": "bench@ncmuse.co", "password": "bench bench bench bench"}).encode())
    with urllib.request.urlopen(request) as answer:
        return "; ".join(cookie.split(";")[0] for cookie in answer.headers.get_all("Set-Cookie"))


def bench_staff(arguments):
    print("Staff pages with 1,000,000 orders, one request after the other")
    with scratch() as folder:
        venue = Venue(folder).prepare()
        fill(venue.database, 1_000_000)
        admin = venue.staff()
        try:
            cookie = sign_in(venue)
            day = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 86_400))
            for name, path in (("orders list", "/orders"), ("orders by state", "/orders?status=completed"),
                               ("orders of a day", f"/orders?day={day}"), ("orders by a name", "/orders?q=guest+5000"),
                               ("orders API", "/api/orders"), ("board", "/board")):
                connection = http.client.HTTPConnection("127.0.0.1", venue.admin_port)
                times = []
                for _ in range(400):
                    began = time.perf_counter()
                    connection.request("GET", path, headers={"Cookie": cookie, "Accept": "text/html,application/json"})
                    answer = connection.getresponse()
                    answer.read()
                    times.append((time.perf_counter() - began) * 1000)
                    assert answer.status == 200, (path, answer.status)
                p99 = percentile(times, 0.99)
                report(name, f"p50 {percentile(times, 0.5):.1f} ms, p99 {p99:.1f} ms", "20 ms", p99 < 20)
            report("memory of MuseAdmin after it", f"{admin.memory_mb():.0f} MB", "100 MB", admin.memory_mb() < 100)
        finally:
            admin.stop()
