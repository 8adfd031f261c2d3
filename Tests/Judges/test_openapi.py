"""openapi-spec-validator judges what both services tell of their APIs at /api/openapi.json."""

import contextlib
import os
import subprocess

import pytest
import requests
from openapi_spec_validator import OpenAPIV31SpecValidator

from conftest import BINARIES

PASSWORD = "correct horse battery staple"


@contextlib.contextmanager
def served(folder, program, *arguments):
    """A program on a free port; gives its address."""
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:{folder}/muse.db",
        "SERVICE_SECRET": "a service secret of the judges",
    }
    # Without it the programs would find the sources and take the project's folder for their own.
    run = dict(cwd=folder, env=environment, text=True)
    subprocess.run([BINARIES / "MuseAdmin", "migrate"], check=True, capture_output=True, **run)
    subprocess.run([BINARIES / "MuseAdmin", "seed"], check=True, capture_output=True, **run)
    process = subprocess.Popen([BINARIES / program, *arguments, "--port", "0"], stdout=subprocess.PIPE, **run)
    try:
        line = process.stdout.readline()
        while line and " listening on http" not in line:
            line = process.stdout.readline()
        yield line.split()[-1], run
    finally:
        process.terminate()
        assert process.wait(15) == 0


def judge(document, known, unknown):
    assert [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()] == []
    assert document["openapi"] == "3.1.0"
    assert known in document["paths"]
    assert unknown not in document["paths"]
    for path, operations in document["paths"].items():
        for name, operation in operations.items():
            assert operation["summary"], f"{name} {path}"


def test_customer(tmp_path):
    with served(tmp_path, "MuseCustomer") as (url, _):
        judge(requests.get(f"{url}/api/openapi.json", timeout=10).json(), "/api/orders/{id}/stream", "/menu")


def test_admin(tmp_path):
    with served(tmp_path, "MuseAdmin", "serve") as (url, run):
        added = ["staff", "add", "--email", "judge@ncmuse.co", "--role", "owner", "--name", "Judge"]
        subprocess.run([BINARIES / "MuseAdmin", *added], input=PASSWORD + "\n", check=True, capture_output=True, **run)
        assert requests.get(f"{url}/api/openapi.json", timeout=10).status_code == 401
        browser = requests.Session()
        body = {"email": "judge@ncmuse.co", "password": PASSWORD}
        answer = browser.post(f"{url}/api/auth/sign-in", json=body, headers={"Origin": url}, timeout=20)
        assert answer.status_code < 300, answer.text
        judge(browser.get(f"{url}/api/openapi.json", timeout=10).json(), "/api/orders/{id}/status", "/board")


def test_the_judge_refuses_what_is_wrong():
    wrong = {"openapi": "3.1.0", "info": {"title": "x"}, "paths": {"/a": {"get": {"summary": "A."}}}}
    with pytest.raises(AssertionError):
        judge(wrong, "/a", "/b")
