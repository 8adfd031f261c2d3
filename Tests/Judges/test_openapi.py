"""openapi-spec-validator judges what both services tell of their APIs at /api/openapi.json."""

import subprocess

import pytest
import requests
from openapi_spec_validator import OpenAPIV31SpecValidator

from conftest import BINARIES, served

PASSWORD = "correct horse battery staple"


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
