"""boto3, Amazon's own library, against the stand-in for SES."""

import datetime

import boto3
import botocore.auth
import pytest
import requests
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

KEY_ID, SECRET = "AKIAMUSESANDBOX00000", "muse-sandbox-secret-access-key"
PATH = "/v2/email/outbound-emails"


def client(sandbox, key=KEY_ID, secret=SECRET, region="us-east-1"):
    return boto3.client("sesv2", endpoint_url=sandbox.url, region_name=region, aws_access_key_id=key,
                        aws_secret_access_key=secret, config=Config(retries={"total_max_attempts": 1}))


def message(to="guest@example.com", **changes):
    return {
        "FromEmailAddress": "Muse & Co <hello@ncmuse.co>",
        "Destination": {"ToAddresses": [to]},
        "ReplyToAddresses": ["desk@ncmuse.co"],
        "Content": {"Simple": {
            "Subject": {"Data": "Order 12 – ready", "Charset": "UTF-8"},
            "Body": {"Text": {"Data": "Come & get it", "Charset": "UTF-8"},
                     "Html": {"Data": "<h1>Come &amp; get it</h1>", "Charset": "UTF-8"}},
        }},
        "EmailTags": [{"Name": "kind", "Value": "order-ready"}],
        **changes,
    }


def refused(call):
    with pytest.raises(ClientError) as caught:
        call()
    return caught.value.response["Error"]["Code"], caught.value.response["ResponseMetadata"]["HTTPStatusCode"]


def test_a_mail_arrives_in_the_mailbox(sandbox):
    answer = client(sandbox).send_email(**message())
    [mail] = [m for m in requests.get(f"{sandbox.url}/mail.json", timeout=5).json() if m["id"] == answer["MessageId"]]
    assert mail["to"] == ["guest@example.com"] and mail["subject"] == "Order 12 – ready"
    assert mail["text"] == "Come & get it" and mail["html"] == "<h1>Come &amp; get it</h1>"
    assert mail["tags"] == {"kind": "order-ready"} and mail["replyTo"] == ["desk@ncmuse.co"]
    page = requests.get(f"{sandbox.url}/mail/{mail['id']}", timeout=5).text
    assert "<iframe sandbox" in page and "Come &amp; get it" in page and "kind=order-ready" in page
    body = requests.get(f"{sandbox.url}/mail/{mail['id']}.html", timeout=5)
    assert body.text == mail["html"] and body.headers["Content-Security-Policy"].startswith("sandbox ")
    assert mail["id"] in requests.get(f"{sandbox.url}/mail", timeout=5).text


def test_the_mailbox_can_be_emptied(sandbox):
    client(sandbox).send_email(**message())
    assert requests.delete(f"{sandbox.url}/mail", timeout=5).status_code == 204
    assert requests.get(f"{sandbox.url}/mail.json", timeout=5).json() == []


@pytest.mark.parametrize("changes, code", [
    ({"secret": "wrong"}, "SignatureDoesNotMatch"), ({"key": "AKIAWRONG"}, "InvalidClientTokenId"),
    ({"region": "eu-west-1"}, "SignatureDoesNotMatch"),
])
def test_a_wrong_key_is_refused(sandbox, changes, code):
    assert refused(lambda: client(sandbox, **changes).send_email(**message())) == (code, 403)


def signed(sandbox, body=b"{}", service="ses", extra=None):
    request = AWSRequest("POST", sandbox.url + PATH, data=body,
                         headers={"Content-Type": "application/json", **(extra or {})})
    SigV4Auth(Credentials(KEY_ID, SECRET), service, "us-east-1").add_auth(request)
    return dict(request.headers)


def send(sandbox, headers, body=b"{}"):
    answer = requests.post(sandbox.url + PATH, data=body, headers=headers, timeout=5)
    return answer.status_code, answer.headers.get("x-amzn-ErrorType")


def test_a_true_signature_passes_to_the_content_check(sandbox):
    assert send(sandbox, signed(sandbox)) == (400, "BadRequestException")
    assert send(sandbox, signed(sandbox, extra={"x-amz-meta": "a   b"})) == (400, "BadRequestException")


def test_changed_requests_are_refused(sandbox):
    mismatch = (403, "SignatureDoesNotMatch")
    assert send(sandbox, signed(sandbox), body=b"{ }") == mismatch
    assert send(sandbox, signed(sandbox, service="sns")) == mismatch
    assert send(sandbox, {**signed(sandbox), "x-amz-extra": "unsigned"}) == mismatch
    headers = signed(sandbox)
    flipped = headers["Authorization"][:-1] + ("0" if headers["Authorization"][-1] != "0" else "1")
    assert send(sandbox, {**headers, "Authorization": flipped}) == mismatch
    assert send(sandbox, {"Content-Type": "application/json"}) == (403, "MissingAuthenticationTokenException")
    assert send(sandbox, {"Authorization": "AWS4-HMAC-SHA256 nonsense"}) == (403, "IncompleteSignature")


@pytest.mark.parametrize("minutes", [-6, 6])
def test_old_and_future_signatures_are_refused(sandbox, minutes, monkeypatch):
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)
    if hasattr(botocore.auth, "get_current_datetime"):
        monkeypatch.setattr(botocore.auth, "get_current_datetime",
                            lambda remove_tzinfo=True: moment.replace(tzinfo=None))
    else:
        pytest.fail("botocore no longer takes its time from get_current_datetime")
    headers = signed(sandbox)
    assert headers["X-Amz-Date"] == moment.strftime("%Y%m%dT%H%M%SZ")
    assert send(sandbox, headers) == (403, "SignatureDoesNotMatch")


def simple(**changes):
    return {"Content": {"Simple": {**message()["Content"]["Simple"], **changes}}}


@pytest.mark.parametrize("changes, code", [
    ({"Destination": {"ToAddresses": ["a@rejected.example"]}}, "MessageRejected"),
    ({"FromEmailAddress": "a@unverified.example"}, "MailFromDomainNotVerifiedException"),
    ({"Destination": {"ToAddresses": []}}, "BadRequestException"),
    ({"Destination": {"ToAddresses": [f"a{n}@example.com" for n in range(51)]}}, "BadRequestException"),
    ({"Destination": {"ToAddresses": ["nobody"]}}, "BadRequestException"),
    ({"Destination": {"ToAddresses": ["a@example.com\nBcc: b@example.com"]}}, "BadRequestException"),
    (simple(Subject={"Data": "a\r\nBcc: b@example.com"}), "BadRequestException"),
    (simple(Body={}), "BadRequestException"),
    (simple(Body={"Text": {"Data": "x", "Charset": "EBCDIC"}}), "BadRequestException"),
    ({"EmailTags": [{"Name": "with space", "Value": "x"}]}, "BadRequestException"),
])
def test_a_bad_message_is_refused(sandbox, changes, code):
    assert refused(lambda: client(sandbox).send_email(**message(**changes))) == (code, 400)


@pytest.mark.parametrize("mode, code, status", [
    ("throttle", "TooManyRequestsException", 429), ("paused", "SendingPausedException", 400),
    ("suspended", "AccountSuspendedException", 400), ("down", "ServiceUnavailable", 503),
])
def test_faults_answer_as_ses_does(sandbox, mode, code, status):
    sandbox.fault("ses", mode)
    assert refused(lambda: client(sandbox).send_email(**message())) == (code, status)
