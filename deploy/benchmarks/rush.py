"""A Friday night: orders that come at a steady rate while guests read the menu as fast as they can."""

import http.client
import itertools
import json
import statistics
import subprocess
import tempfile
import threading
import time
import urllib.request

from benchmarks.ground import Venue, free_port, percentile, report, scratch, wait_for
from benchmarks.orders import order_body, stripe_stub

ORDERS_PER_SECOND = 200
READERS = 64
# More clients than orders are ever on their way at once, so that none waits for a free one.
CLIENTS = 48


def place_steadily(venue, body, seconds):
    """Latencies in milliseconds, each from the moment its order was due: a late start counts as waiting."""
    numbers = itertools.count()
    lock = threading.Lock()
    latencies, failures = [], []
    begin = time.perf_counter() + 0.2

    def client():
        connection = http.client.HTTPConnection("127.0.0.1", venue.customer_port)
        while True:
            with lock:
                number = next(numbers)
            due = begin + number / ORDERS_PER_SECOND
            if number >= seconds * ORDERS_PER_SECOND:
                return
            time.sleep(max(0, due - time.perf_counter()))
            connection.request("POST", "/api/orders", body, {
                "Content-Type": "application/json", "Origin": venue.env["CUSTOMER_URL"],
                "Idempotency-Key": f"rush-{seconds}-{number}"})
            answer = connection.getresponse()
            answer.read()
            with lock:
                latencies.append((time.perf_counter() - due) * 1000)
                if answer.status != 201:
                    failures.append(answer.status)

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, f"{len(failures)} orders were refused: {failures[:3]}"
    return latencies


def read_meanwhile(url, seconds):
    return subprocess.Popen(["wrk", "-t1", f"-c{READERS}", f"-d{seconds}s", "-H", "Accept-Encoding: gzip", url],
                            stdout=subprocess.PIPE, text=True)


def bench_rush(arguments):
    print(f"{ORDERS_PER_SECOND} orders a second beside {READERS} readers of the menu")
    with tempfile.TemporaryDirectory() as folder, scratch() as data:
        port = free_port()
        stub = stripe_stub(folder, port)
        wait_for(port)
        venue = Venue(data).prepare()
        customer = venue.customer(STRIPE_API_BASE=f"http://127.0.0.1:{port}")
        try:
            url = venue.env["CUSTOMER_URL"] + "/api/menu"
            body = json.dumps(order_body(venue, json.load(urllib.request.urlopen(url))))
            worst, reads = [], []
            for round_ in range(arguments.rounds):
                seconds = max(5, arguments.seconds) + round_
                readers = read_meanwhile(url, seconds + 1)
                latencies = place_steadily(venue, body, seconds)
                output = readers.communicate()[0]
                reads.append(float(output.split("Requests/sec:")[1].split()[0]))
                worst.append((percentile(latencies, 0.5), percentile(latencies, 0.99)))
            p99 = statistics.median(p for _, p in worst)
            report("placing an order", f"p50 {statistics.median(p for p, _ in worst):.1f} ms, p99 {p99:.1f} ms", "50 ms",
                   p99 < 50)
            report("menus read meanwhile", f"{statistics.median(reads):,.0f}/s")
            report("memory of MuseCustomer after it", f"{customer.memory_mb():.0f} MB", "100 MB",
                   customer.memory_mb() < 100)
        finally:
            customer.stop()
            stub.stop()
