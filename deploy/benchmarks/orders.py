"""Whole orders over HTTP, Stripe answered by a local stub of no delay."""

import json
import shutil
import sqlite3
import statistics
import subprocess
import tempfile
import urllib.request

from benchmarks.ground import Venue, free_port, nginx, report, scratch, wait_for, wrk

ORDER_SCRIPT = """
local n, thread_count = 0, 0
function setup(thread) thread:set("id", thread_count); thread_count = thread_count + 1 end
function request()
  n = n + 1
  wrk.headers["Idempotency-Key"] = "%(run)s-" .. id .. "-" .. n
  return wrk.format("POST", nil, nil, [[%(body)s]])
end
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Origin"] = "%(origin)s"
"""


def stripe_stub(folder, port):
    answer = ('{"id":"cs_test_$request_id","object":"checkout.session","url":"http://127.0.0.1/pay/$request_id",'
              '"status":"open","payment_status":"unpaid","amount_total":100,"currency":"usd"}')
    return nginx(folder, f"server {{ listen 127.0.0.1:{port}; keepalive_timeout 600s; client_max_body_size 1m; "
                 f"location / {{ default_type application/json; return 200 '{answer}'; }} }}")


def order_body(venue, menu):
    """Three lines of two, with their choices, of items that cost something and are not counted."""
    items = [i for c in menu["categories"] for i in c["items"]
             if i["available"] and i["priceMinor"] > 100 and i["modifierGroups"] and not is_counted(venue, i["id"])][:3]
    assert len(items) == 3, "the menu has no three items to order"
    return {
        "lines": [{"kind": "item", "itemId": i["id"], "quantity": 2, "options": choices(i)} for i in items],
        "fulfilment": {"type": "pickup"}, "contact": {"name": "Bench", "email": "bench@example.com"}}


def choices(item):
    """As many of each group as it demands, and one where it demands none."""
    return [{"id": option["id"]} for group in item["modifierGroups"]
            for option in [o for o in group["options"] if o["available"]][:max(1, group["min"])]]


def orders_per_second(arguments, stub_port, group_commit, run):
    with scratch() as folder:
        venue = Venue(folder).prepare()
        customer = venue.customer(
            STRIPE_API_BASE=f"http://127.0.0.1:{stub_port}", MUSE_GROUP_COMMIT="on" if group_commit else "off")
        try:
            origin = venue.env["CUSTOMER_URL"]
            menu = json.load(urllib.request.urlopen(origin + "/api/menu"))
            body = json.dumps(order_body(venue, menu))
            script = venue.folder / "order.lua"
            script.write_text(ORDER_SCRIPT % {"run": run, "body": body, "origin": origin})
            cpu = customer.cpu_seconds()
            rate, errors = wrk(origin + "/api/orders", arguments.seconds, 64, "-s", str(script))
            used = (customer.cpu_seconds() - cpu) / arguments.seconds
            top = profile(customer, origin, script) if group_commit and run == "g0" else None
            assert errors == 0, f"{errors} orders were refused"
            with sqlite3.connect(venue.database) as database:
                counted = database.execute("SELECT COUNT(*) FROM orders").fetchone()[0]
            assert counted >= rate * arguments.seconds * 0.9, f"{counted} orders in the database"
            return rate, used, customer.memory_mb(), top
        finally:
            customer.stop()


def is_counted(venue, item):
    with sqlite3.connect(venue.database) as database:
        return database.execute("SELECT stock_count FROM menu_items WHERE id = ?", (item,)).fetchone()[0] is not None


def profile(customer, origin, script):
    """Where the time goes, by the kernel's sampling; None where it is not allowed."""
    if not shutil.which("perf"):
        return None
    load = subprocess.Popen(["wrk", "-t2", "-c64", "-d4s", "-s", str(script), origin + "/api/orders"],
                            stdout=subprocess.DEVNULL)
    data = tempfile.NamedTemporaryFile()
    subprocess.run(["perf", "record", "-q", "-F", "199", "-p", str(customer.process.pid), "-o", data.name, "--", "sleep", "3"],
                   capture_output=True)
    load.wait()
    output = subprocess.run(["perf", "report", "-i", data.name, "--stdio", "--percent-limit", "1", "-s", "dso,symbol"],
                            capture_output=True, text=True).stdout
    lines = [line.rstrip()[:110] for line in output.splitlines() if line.strip() and not line.startswith("#")]
    return lines[:14]


def bench_orders(arguments):
    print("POST /api/orders: whole orders of three lines, 64 clients, Stripe answered by a local stub")
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        stub = stripe_stub(folder, port)
        wait_for(port)
        try:
            grouped, single = [], []
            for round_ in range(arguments.rounds):
                grouped.append(orders_per_second(arguments, port, True, f"g{round_}"))
                single.append(orders_per_second(arguments, port, False, f"s{round_}"))
        finally:
            stub.stop()
    fast, slow = (statistics.median(r[0] for r in runs) for runs in (grouped, single))
    report("with group commit", f"{fast:,.0f} orders/s")
    report("one commit a write", f"{slow:,.0f} orders/s, ratio {fast / slow:.1f}")
    report("processor of MuseCustomer with group commit", f"{statistics.median(r[1] for r in grouped):.2f} of 2 cores")
    memory = max(r[2] for r in grouped)
    report("memory of MuseCustomer after it", f"{memory:.0f} MB", "100 MB", memory < 100)
    for line in grouped[0][3] or []:
        print("    " + line)
