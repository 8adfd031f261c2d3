"""What every measurement stands on: programs on loopback, a seeded venue, nginx and wrk, and the report."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("MUSE_BIN_DIR", ROOT / ".build/release"))
MISSED = []


def report(name, figure, bar=None, holds=True):
    mark = "" if bar is None else f"   (bar {bar}: {'holds' if holds else 'MISSED'})"
    print(f"  {name}: {figure}{mark}", flush=True)
    if not holds:
        MISSED.append(name)


def scratch():
    """A folder on the project's own disk (/tmp may be memory), where nothing that a killed run leaves is committed."""
    folder = ROOT / ".muse"
    folder.mkdir(exist_ok=True)
    return tempfile.TemporaryDirectory(dir=folder, prefix="bench-")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


class Running:
    """A program of ours or nginx, ended by its id."""

    def __init__(self, command, env=None, cwd=None, ready=None):
        self.began = time.monotonic()
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(command, env=env, cwd=cwd, stdout=subprocess.PIPE, stderr=self.log)
        if ready:
            line = self.process.stdout.readline().decode()
            if ready not in line:
                self.log.seek(0)
                raise SystemExit(f"{command[0]} did not start: {line}{self.log.read().decode()[-2000:]}")
        self.ready_after = time.monotonic() - self.began

    def memory_mb(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024

    def cpu_seconds(self):
        total = 0
        for pid in [self.process.pid, *children(self.process.pid)]:
            with contextlib.suppress(FileNotFoundError):
                fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
                total += int(fields[11]) + int(fields[12])
        return total / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=15)


def children(pid):
    with contextlib.suppress(FileNotFoundError):
        return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


class Venue:
    """One temporary folder with a migrated and seeded database, and the programs on it.

    The menu is the rich one unless asked otherwise: 120 items, 40 modifier groups, 400 options."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.customer_port, self.admin_port = free_port(), free_port()
        self.database = self.folder / "muse.db"
        self.env = dict(
            os.environ, DATABASE_URL=f"sqlite:{self.database}", MUSE_ENV="development",
            CUSTOMER_PORT=str(self.customer_port), ADMIN_PORT=str(self.admin_port),
            CUSTOMER_URL=f"http://127.0.0.1:{self.customer_port}", ADMIN_URL=f"http://127.0.0.1:{self.admin_port}",
            RATE_LIMIT_PER_MINUTE="10000000", READ_RATE_LIMIT_PER_MINUTE="10000000",
            EVENT_STREAMS_PER_ADDRESS="100000", SERVICE_SECRET="bench-" * 8)

    def admin(self, *arguments, text=None):
        done = subprocess.run([BIN / "MuseAdmin", *arguments], env=self.env, cwd=self.folder, input=text,
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"MuseAdmin {arguments[0]}: {done.stderr}")

    def prepare(self, rich=True):
        self.admin("migrate")
        self.admin("seed", *(["--rich"] if rich else []))
        self.admin("staff", "add", "--email", "bench@ncmuse.co", "--role", "owner", text="bench bench bench bench\n")
        return self

    def customer(self, **more):
        return Running([BIN / "MuseCustomer"], env={**self.env, **more}, cwd=self.folder, ready="listening")

    def staff(self, **more):
        return Running([BIN / "MuseAdmin", "serve"], env={**self.env, **more}, cwd=self.folder, ready="listening")


def nginx(folder, server):
    folder = Path(folder)
    configuration = folder / "nginx.conf"
    configuration.write_text(
        f"daemon off; worker_processes auto; pid {folder}/nginx.pid; error_log {folder}/error.log;\n"
        "events { worker_connections 1024; }\n"
        f"http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; default_type application/json;\n"
        f"client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;\n"
        f"uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n{server}\n}}\n")
    running = Running([shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(configuration), "-p", str(folder)])
    return running


def wait_for(port):
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return
        time.sleep(0.02)
    raise SystemExit(f"nothing listens on {port}")


def wrk(url, seconds, connections, *more):
    output = subprocess.run(
        ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", *more, url], capture_output=True, text=True, check=True).stdout
    errors = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", output).group(1)), int(errors.group(1)) if errors else 0
