"""Photos in an S3 that is not ours: moto's server, which checks each signature, read back by Amazon's own library.

The sandbox's S3 is held to the same: boto3 signs, and it has to tell right from wrong.
"""

import io
import os
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import boto3
import pytest
import requests
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError
from PIL import Image

from photos import photo
from running_admin import services

BUCKET = "muse-media"
ONCE = Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"})


def client(url, key, secret, service="s3", region="us-east-1"):
    return boto3.client(service, endpoint_url=url, region_name=region, aws_access_key_id=key,
                        aws_secret_access_key=secret, config=ONCE)


class Moto:
    """moto's server once it asks for signatures, and a key that may use the bucket."""

    def __init__(self, url):
        self.url = url
        iam = client(url, "setup", "setup", "iam")
        everything = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}'
        iam.create_user(UserName="muse")
        iam.put_user_policy(UserName="muse", PolicyName="media", PolicyDocument=everything)
        key = iam.create_access_key(UserName="muse")["AccessKey"]
        self.key, self.secret = key["AccessKeyId"], key["SecretAccessKey"]
        self.s3 = client(url, self.key, self.secret)
        # The fifth request and all after it are checked.
        client(url, "setup", "setup").create_bucket(Bucket=BUCKET)

    def settings(self, **changes):
        return {"R2_ENDPOINT": self.url, "R2_BUCKET": BUCKET, "R2_ACCESS_KEY_ID": self.key, "R2_REGION": "us-east-1",
                "R2_SECRET_ACCESS_KEY": self.secret, "R2_PUBLIC_URL": f"{self.url}/{BUCKET}"} | changes


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(scope="module")
def moto(tmp_path_factory):
    port = free_port()
    environment = os.environ | {"INITIAL_NO_AUTH_ACTION_COUNT": "4"}
    with (tmp_path_factory.mktemp("moto") / "log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
                                   env=environment, stdout=log, stderr=log)
        try:
            deadline = time.monotonic() + 30
            while True:
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                assert process.poll() is None and time.monotonic() < deadline, "moto did not start"
                time.sleep(0.05)
            yield Moto(f"http://127.0.0.1:{port}")
        finally:
            process.terminate()
            process.wait(10)


def test_moto_tells_right_from_wrong(moto):
    """The control: without it the other tests could pass on a server that checks nothing."""
    with pytest.raises(ClientError) as caught:
        client(moto.url, moto.key, "wrong").put_object(Bucket=BUCKET, Key="x", Body=b"x")
    assert caught.value.response["Error"]["Code"] == "SignatureDoesNotMatch"


def test_photos_are_stored_signed_and_read_by_their_public_address(moto):
    with services(**moto.settings()) as muse:
        answer = muse.put("latte", photo(1400, 1100))
        assert answer.status_code == 200, answer.text
        image = muse.image("latte")
        assert image == answer.json()["image"]
        assert [source["width"] for source in image["sources"]] == [320, 320, 640, 640, 1280, 1280]
        keys = {entry["Key"] for entry in moto.s3.list_objects_v2(Bucket=BUCKET)["Contents"]}
        assert {source["url"] for source in image["sources"]} == {f"{moto.url}/{BUCKET}/{key}" for key in keys}
        for key in keys:
            head = moto.s3.head_object(Bucket=BUCKET, Key=key)
            assert head["ContentType"] == {"webp": "image/webp", "jpg": "image/jpeg"}[key.rsplit(".")[-1]]
            assert head["CacheControl"] == "public, max-age=31536000, immutable"
        # moto has no public buckets while it checks signatures, so the public address is read with one.
        name = image["url"].rsplit("/")[-1]
        request = AWSRequest("GET", image["url"])
        S3SigV4Auth(Credentials(moto.key, moto.secret), "s3", "us-east-1").add_auth(request)
        found = requests.get(image["url"], headers=dict(request.headers), timeout=10)
        assert found.status_code == 200, found.text
        assert Image.open(io.BytesIO(found.content)).size == (640, 480)
        # Pages name the storage, and may show what is there; our own /media is empty.
        page = requests.get(f"{muse.customer}/menu/latte", timeout=10)
        assert image["url"] in page.text
        assert f"img-src 'self' data: {moto.url}" in page.headers["Content-Security-Policy"]
        assert requests.get(f"{muse.customer}/media/{name}", timeout=10).status_code == 404


@pytest.mark.parametrize("change", [
    {"R2_SECRET_ACCESS_KEY": "wrong"}, {"R2_ACCESS_KEY_ID": "AKIAWRONG"}, {"R2_BUCKET": "no-such-bucket"},
    {"R2_ENDPOINT": "http://127.0.0.1:9"},
])
def test_a_storage_that_refuses_or_is_down_is_told_and_changes_nothing(moto, change):
    with services(**moto.settings(**change)) as muse:
        answer = muse.put("latte", photo(400, 400))
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "60"
        assert "Nothing was changed" in answer.json()["detail"]
        assert muse.image("latte") is None
        assert "wrong" not in (muse.folder / "admin.log").read_text()


class Deadly:
    """A storage that takes everything, and kills who stores the last file before it hears that it is stored."""

    def __init__(self):
        self.files, self.victim = {}, None
        deadly = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_PUT(self):
                deadly.files[self.path] = self.rfile.read(int(self.headers["Content-Length"]))
                if deadly.victim and len(deadly.files) == 6:
                    deadly.victim.kill()
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def do_GET(self):
                body = deadly.files.get(self.path, b"")
                self.send_response(200 if body else 404)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def test_killed_between_storing_and_linking_leaves_no_broken_link():
    deadly = Deadly()
    settings = {"R2_ENDPOINT": deadly.url, "R2_BUCKET": "muse", "R2_ACCESS_KEY_ID": "k", "R2_SECRET_ACCESS_KEY": "s",
                "R2_PUBLIC_URL": f"{deadly.url}/muse", "ADMIN_PORT": str(free_port())}
    with services(**settings) as muse:
        deadly.victim = muse.processes["admin"]
        with pytest.raises(requests.ConnectionError):
            muse.put("latte", photo(1400, 1100))
        assert deadly.victim.wait(10) == -9 and len(deadly.files) == 6
        assert muse.image("latte") is None
        with sqlite3.connect(muse.folder / "muse.db") as database:
            assert database.execute("SELECT count(*) FROM photos").fetchone() == (1,)
            assert database.execute("SELECT count(*) FROM photo_links").fetchone() == (0,)
        deadly.victim = None
        muse.start("admin", "MuseAdmin", "serve")
        assert muse.put("latte", photo(1400, 1100)).status_code == 200
        for source in muse.image("latte")["sources"]:
            assert requests.get(source["url"], timeout=5).status_code == 200
    deadly.server.shutdown()


KEY_ID, SECRET = "AKIAMUSESANDBOX00000", "muse-sandbox-secret-access-key"


def test_the_sandbox_stores_what_boto3_signs(sandbox):
    s3 = client(f"{sandbox.url}/storage", KEY_ID, SECRET)
    s3.put_object(Bucket="muse", Key="a/b c.jpg", Body=b"jpeg", ContentType="image/jpeg", CacheControl="max-age=1")
    found = s3.get_object(Bucket="muse", Key="a/b c.jpg")
    assert found["Body"].read() == b"jpeg" and found["ContentType"] == "image/jpeg"
    assert s3.head_object(Bucket="muse", Key="a/b c.jpg")["ContentLength"] == 4
    public = requests.get(f"{sandbox.url}/public/muse/a/b%20c.jpg", timeout=5)
    assert public.content == b"jpeg" and public.headers["Cache-Control"] == "max-age=1"
    assert requests.get(f"{sandbox.url}/storage/muse/a/b%20c.jpg", timeout=5).status_code in (400, 403)
    s3.delete_object(Bucket="muse", Key="a/b c.jpg")
    with pytest.raises(ClientError) as caught:
        s3.get_object(Bucket="muse", Key="a/b c.jpg")
    assert caught.value.response["Error"]["Code"] == "NoSuchKey"


@pytest.mark.parametrize("key, secret, region, code", [
    (KEY_ID, "wrong", "us-east-1", "SignatureDoesNotMatch"), ("AKIAWRONG", SECRET, "us-east-1", "InvalidAccessKeyId"),
    (KEY_ID, SECRET, "eu-west-1", "SignatureDoesNotMatch"),
])
def test_the_sandbox_refuses_what_is_signed_otherwise(sandbox, key, secret, region, code):
    with pytest.raises(ClientError) as caught:
        client(f"{sandbox.url}/storage", key, secret, region=region).put_object(Bucket="muse", Key="x", Body=b"x")
    assert caught.value.response["Error"]["Code"] == code


def test_our_own_service_stores_in_the_sandbox_until_it_plays_dead(sandbox):
    settings = {"R2_ENDPOINT": f"{sandbox.url}/storage", "R2_BUCKET": "muse-dev", "R2_ACCESS_KEY_ID": KEY_ID,
                "R2_SECRET_ACCESS_KEY": SECRET, "R2_PUBLIC_URL": f"{sandbox.url}/public/muse-dev"}
    with services(**settings) as muse:
        assert muse.put("latte", photo(400, 400)).status_code == 200
        first = muse.image("latte")
        assert requests.get(first["url"], timeout=5).headers["Content-Type"] == "image/jpeg"
        sandbox.fault("storage", "down")
        assert muse.put("latte", photo(500, 400)).status_code == 503
        assert muse.image("latte") == first
        sandbox.fault("storage", "none")
        assert muse.put("latte", photo(500, 400)).status_code == 200
        assert muse.image("latte") != first
