"""GET /api/menu against nginx serving the same bytes from a file."""

import gzip
import os
import statistics
import tempfile
import urllib.request

from benchmarks.ground import Venue, free_port, nginx, report, wait_for, wrk


def bench_menu(arguments):
    print("GET /api/menu against nginx serving the same bytes from a file")
    compare(arguments, "seeded", rich=False)
    compare(arguments, "rich", rich=True)


def compare(arguments, name, rich):
    with tempfile.TemporaryDirectory() as folder:
        venue = Venue(folder).prepare(rich)
        customer = venue.customer()
        url = f"http://127.0.0.1:{venue.customer_port}/api/menu"
        body = urllib.request.urlopen(url).read()
        (venue.folder / "menu.json").write_bytes(body)
        (venue.folder / "menu.json.gz").write_bytes(gzip.compress(body, 9))
        port = free_port()
        os.chmod(folder, 0o755)
        other = nginx(folder, f"server {{ listen 127.0.0.1:{port}; root {folder}; gzip_static on; }}")
        wait_for(port)
        try:
            for kind in ("identity", "gzip"):
                header = f"Accept-Encoding: {kind}"
                ours, theirs = [], []
                for _ in range(arguments.rounds):
                    ours.append(wrk(url, arguments.seconds, 64, "-H", header))
                    theirs.append(wrk(f"http://127.0.0.1:{port}/menu.json", arguments.seconds, 64, "-H", header))
                assert not any(e for _, e in ours + theirs), "an answer was not 2xx"
                us, them = (statistics.median(r for r, _ in rates) for rates in (ours, theirs))
                ratio = us / them
                report(f"{name} menu, {kind} ({len(body):,} bytes of JSON)",
                       f"{us:,.0f}/s against {them:,.0f}/s, ratio {ratio:.2f}", "0.45", ratio >= 0.45)
            report("memory of MuseCustomer after it", f"{customer.memory_mb():.0f} MB", "100 MB", customer.memory_mb() < 100)
        finally:
            other.stop()
            customer.stop()
