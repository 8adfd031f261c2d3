"""botocore's own signer judges ours: the vectors that SigV4Tests.swift reads are made here and compared here.

`python3 test_sigv4.py` writes sigv4_vectors.json anew; pytest fails if the file is not what botocore signs.
A signature of botocore's is also tried on the running sandbox.
"""
import datetime
import json
import pathlib
from unittest import mock
from urllib.parse import quote, urlencode

import botocore.auth
import pytest
import requests
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

HERE = pathlib.Path(__file__).parent
VECTORS = HERE / "sigv4_vectors.json"
TIME = datetime.datetime(2026, 11, 23, 14, 30, 5, tzinfo=datetime.timezone.utc)
KEY_ID = "AKIDEXAMPLE"
SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"

CASES = [
    dict(name="ses", service="ses", method="POST", host="email.us-east-1.amazonaws.com",
         path="/v2/email/outbound-emails", query=[], headers=[["content-type", "application/json"]],
         body='{"FromEmailAddress":"Muse & Co <hello@ncmuse.co>"}'),
    dict(name="a port and an empty body", service="ses", method="GET", host="127.0.0.1:8090",
         path="/v2/email/account", query=[], headers=[], body=""),
    dict(name="a path that is encoded twice", service="ses", method="GET", host="example.com",
         path="/v2/email/identities/a b+c@é.co/~x", query=[], headers=[], body=""),
    dict(name="a query in disorder", service="ses", method="GET", host="example.com", path="/list",
         query=[["b", "2"], ["a", "x y/z+é~"], ["a", "A"], ["empty", ""]], headers=[], body=""),
    dict(name="headers with spaces", service="ses", method="POST", host="example.com", path="/",
         query=[], headers=[["X-Amz-Meta-Note", "  two   words  "], ["content-type", "text/plain"]], body="é\n"),
    dict(name="s3 object with a space", service="s3", method="PUT", host="r2.example.com",
         path="/media/photos/a photo+1@(2).jpg", query=[], headers=[["content-type", "image/jpeg"]], body="jpeg"),
    dict(name="s3 listing", service="s3", method="GET", host="r2.example.com:9000", path="/media",
         query=[["list-type", "2"], ["prefix", "a/b c"]], headers=[], body=""),
]


def authorization(case):
    url = "http://" + case["host"] + quote(case["path"], safe="/-_.~")
    if case["query"]:
        url += "?" + urlencode([tuple(pair) for pair in case["query"]], quote_via=quote, safe="-_.~")
    request = AWSRequest(case["method"], url, data=case["body"].encode())
    for name, value in case["headers"]:
        request.headers[name] = value
    signer = botocore.auth.S3SigV4Auth if case["service"] == "s3" else botocore.auth.SigV4Auth
    with mock.patch("botocore.auth.get_current_datetime", return_value=TIME):
        signer(Credentials(KEY_ID, SECRET), case["service"], "us-east-1").add_auth(request)
    return request.headers["Authorization"]


def vectors():
    return dict(time=int(TIME.timestamp() * 1000), keyID=KEY_ID, secret=SECRET, region="us-east-1",
                cases=[dict(case, authorization=authorization(case)) for case in CASES])


def test_the_frozen_vectors_are_what_botocore_signs():
    assert json.loads(VECTORS.read_text()) == vectors()


@pytest.mark.parametrize("secret,expected", [("muse-sandbox-secret-access-key", 200), ("wrong", 403)])
def test_the_sandbox_judges_a_signature_as_botocore_makes_it(sandbox, secret, expected):
    body = json.dumps(dict(
        FromEmailAddress="hello@ncmuse.co", Destination=dict(ToAddresses=["ada@example.com"]),
        Content=dict(Simple=dict(Subject=dict(Data="Judge"), Body=dict(Text=dict(Data="Judge")))))).encode()
    request = AWSRequest("POST", sandbox.url + "/v2/email/outbound-emails", data=body)
    request.headers["content-type"] = "application/json"
    credentials = Credentials("AKIAMUSESANDBOX00000", secret)
    botocore.auth.SigV4Auth(credentials, "ses", "us-east-1").add_auth(request)
    answer = requests.post(request.url, data=body, headers=dict(request.headers.items()), timeout=10)
    assert answer.status_code == expected


if __name__ == "__main__":
    VECTORS.write_text(json.dumps(vectors(), indent=1, ensure_ascii=False) + "\n")
