"""The printed code of a table, read by zbar: another library's reader gets back the link, and the link is the table's."""

import re

import pytest
import requests
from PIL import Image, ImageDraw
from pyzbar.pyzbar import decode

import running_admin

RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-\d+z")


@pytest.fixture(scope="module")
def services():
    with running_admin.services() as services:
        yield services


def drawn(svg, scale=6):
    """The picture that a printer would make of the code."""
    side = int(re.search(r'viewBox="0 0 (\d+) \1"', svg).group(1))
    image = Image.new("L", (side * scale, side * scale), 255)
    pen = ImageDraw.Draw(image)
    for x, y, width in (map(int, run) for run in RUN.findall(re.search(r' d="([^"]+)"', svg).group(1))):
        pen.rectangle([x * scale, y * scale, (x + width) * scale - 1, (y + 1) * scale - 1], fill=0)
    return image


def cards(services):
    page = services.staff.get(f"{services.admin}/tables/cards", headers={"Accept": "text/html"}, timeout=10)
    assert page.status_code == 200, page.text
    return re.findall(r'<li class="table-card">.*?</li>', page.text, re.S)


def test_a_card_leads_to_its_table_until_its_link_is_changed(services):
    made = [services.staff.post(f"{services.admin}/api/tables", json={"name": name, "area": "Terrace"}, timeout=10)
            for name in ("7", "Long table")]
    assert [answer.status_code for answer in made] == [201, 201]
    links = {answer.json()["name"]: answer.json()["link"] for answer in made}
    assert services.staff.post(f"{services.admin}/api/tables", json={"name": "7"}, timeout=10).status_code == 422

    read = {}
    for card in cards(services):
        name = re.search(r"<h2>Table (.*?)</h2>", card).group(1)
        read[name] = decode(drawn(card))[0].data.decode()
    assert read == links

    path = "/t/" + links["7"].rsplit("/", 1)[1]
    guest = requests.Session()
    opened = guest.get(services.customer + path, timeout=10)
    assert opened.status_code == 200 and "You are at table 7" in opened.text

    rotated = services.staff.post(f"{services.admin}/api/tables/{made[0].json()['id']}/rotate", timeout=10)
    assert rotated.status_code == 200 and rotated.json()["link"] != links["7"]
    old = guest.get(services.customer + path, timeout=10)
    assert old.status_code == 404 and "not in use any more" in old.text
