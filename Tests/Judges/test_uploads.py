"""An upload runs no code and leaks nothing: only true photos pass, and of those only the picture."""

import http.client
import io
import statistics
import time
from urllib.parse import urlsplit

import pytest
import requests
from PIL import Image

from photos import PHP, display_p3, encoded, photo, picture, true_photos, wrong_files, zipped
from running_admin import services

MOST = 8 * 1024 * 1024


@pytest.fixture(scope="module")
def muse():
    with services() as running:
        yield running


def stored(muse):
    return sorted((muse.folder / "media").glob("*"))


def test_wrong_files_are_refused_at_once_and_leave_nothing(muse):
    before, shown = stored(muse), muse.image("latte")
    files = wrong_files() | {"a JPEG of 8 MiB and a byte": photo().ljust(MOST + 1, b"\0")}
    assert len(files) >= 30
    times = {}
    for name, content in files.items():
        for kind in ("image/jpeg", "image/png"):
            began = time.perf_counter()
            answer = muse.put("latte", content, kind)
            times[name] = min(times.get(name, 9), time.perf_counter() - began)
            assert answer.status_code in (413, 422), f"{name}: {answer.status_code} {answer.text}"
    for name, seconds in sorted(times.items(), key=lambda pair: -pair[1]):
        print(f"{seconds * 1000:7.1f} ms  {name}")
    print(f"median {statistics.median(times.values()) * 1000:.1f} ms of {len(times)} wrong files")
    assert stored(muse) == before and muse.image("latte") == shown
    assert not list((muse.folder / "tmp").glob("muse-photo-*"))
    assert requests.get(f"{muse.admin}/healthz", timeout=5).status_code == 200
    # By the order of magnitude: bench figures are for a quiet machine.
    assert statistics.median(times.values()) < 0.5


@pytest.mark.parametrize("name", true_photos())
def test_a_true_photo_passes_and_only_its_picture_is_left(muse, name):
    answer = muse.put("latte", true_photos()[name], "image/png")
    assert answer.status_code == 200, answer.text
    image = answer.json()["image"]
    assert image == muse.image("latte")
    for source in image["sources"]:
        found = requests.get(muse.customer + source["url"], timeout=10)
        assert found.headers["Content-Type"] == source["type"]
        assert found.headers["X-Content-Type-Options"] == "nosniff"
        for secret in (b"Exif", b"EXIF", b"ICCP", b"XMP ", b"Phone of Ada", PHP, b"alert(1)", zipped()[:30]):
            assert secret not in found.content, f"{secret} in {source['url']}"
        opened = Image.open(io.BytesIO(found.content))
        opened.load()
        assert opened.format == {"image/webp": "WEBP", "image/jpeg": "JPEG"}[source["type"]]
        assert not opened.getexif() and "icc_profile" not in opened.info
        assert opened.width == source["width"] and abs(opened.width * 3 - opened.height * 4) <= 4
    assert requests.get(muse.customer + image["url"], timeout=10).content == requests.get(
        muse.admin + image["url"], timeout=10).content


def test_a_photo_stands_upright_and_keeps_its_colours(muse):
    held = Image.new("RGB", (800, 600), (210, 40, 30))
    held.paste((20, 60, 200), (0, 0, 400, 600))
    exif = Image.Exif()
    exif[0x0112] = 6
    image = muse.put("latte", encoded(held, "JPEG", quality=95, exif=exif)).json()["image"]
    shown = Image.open(requests.get(muse.customer + image["url"], stream=True, timeout=10).raw).convert("RGB")
    top, bottom = shown.getpixel((shown.width // 2, 20)), shown.getpixel((shown.width // 2, shown.height - 20))
    assert max(abs(a - b) for a, b in zip(top, (20, 60, 200))) < 20, top
    assert max(abs(a - b) for a, b in zip(bottom, (210, 40, 30))) < 20, bottom


@pytest.mark.parametrize("mode, options, expected", [
    ("RGB", {}, (210, 40, 30)), ("L", {}, (90, 90, 90)), ("RGB", {"icc_profile": "p3"}, (229, 0, 0)),
])
def test_the_colours_are_those_of_screens(muse, mode, options, expected):
    if options:
        options = {"icc_profile": display_p3()}
    flat = Image.new("RGB", (400, 400), (210, 40, 30)).convert(mode)
    image = muse.put("latte", encoded(flat, "JPEG", quality=95, **options)).json()["image"]
    shown = Image.open(requests.get(muse.customer + image["url"], stream=True, timeout=10).raw).convert("RGB")
    assert max(abs(a - b) for a, b in zip(shown.getpixel((100, 100)), expected)) < 8, shown.getpixel((100, 100))


def test_the_largest_photo_that_is_taken(muse):
    began = time.perf_counter()
    answer = muse.put("latte", encoded(picture(8000, 6000), "JPEG", quality=70))
    print(f"48 megapixels in {time.perf_counter() - began:.1f} s")
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("length, sent", [(5000, 1000), (None, 0)])
def test_a_length_that_is_not_kept_stores_nothing(muse, length, sent):
    before = stored(muse)
    address = urlsplit(muse.admin)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=30)
    connection.putrequest("PUT", "/api/menu/items/latte/image")
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in muse.staff.cookies)
    for name, value in {"Origin": muse.admin, "Cookie": cookies, "Content-Type": "image/jpeg"}.items():
        connection.putheader(name, value)
    if length is None:
        connection.putheader("Transfer-Encoding", "chunked")
    else:
        connection.putheader("Content-Length", str(length))
    connection.endheaders()
    connection.send(photo()[:sent])
    if length is None:
        assert connection.getresponse().status == 411
    connection.close()
    assert muse.put("croissant", photo(kind="WEBP")).status_code == 200
    assert len(stored(muse)) - len(before) in (0, 6)


def test_many_at_once_leave_the_site_quick(muse):
    """Two are prepared at a time; the rest waits or is told to come back, and pages are served meanwhile."""
    import concurrent.futures

    with concurrent.futures.ThreadPoolExecutor(14) as pool:
        uploads = [pool.submit(muse.put, "latte", photo(900 + place, 800)) for place in range(14)]
        times = []
        while not all(upload.done() for upload in uploads):
            began = time.perf_counter()
            assert requests.get(f"{muse.admin}/healthz", timeout=10).status_code == 200
            times.append(time.perf_counter() - began)
    answers = [upload.result() for upload in uploads]
    assert {answer.status_code for answer in answers} <= {200, 503}
    assert [answer.status_code for answer in answers].count(200) >= 10
    print(f"{len(times)} health checks meanwhile, slowest {max(times) * 1000:.0f} ms")
    assert muse.image("latte")
