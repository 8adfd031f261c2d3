"""Screens as they look, for people to judge: PNG files in the folder that MUSE_PICTURES names."""

import os
from pathlib import Path

import pytest

from pages import guest_screens, staff_screens

FOLDER = os.environ.get("MUSE_PICTURES")
pytestmark = pytest.mark.skipif(not FOLDER, reason="MUSE_PICTURES names no folder for screenshots")
SIZES = {390: 844, 1280: 900}


def keep(page, screen, width, scheme):
    folder = Path(FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{screen.replace(' ', '-')}-{width}-{scheme}.png", full_page=screen != "menu")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", SIZES)
def test_the_guests_screens_are_drawn(new_guest, complaints, width, scheme):
    complaints.expect("the server responded with a status of 4")
    guest = new_guest(color_scheme=scheme, viewport={"width": width, "height": SIZES[width]})
    drawn = [keep(guest.page, screen, width, scheme) for screen in guest_screens(guest)]
    assert len(drawn) > 10


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", SIZES)
def test_the_staffs_screens_are_drawn(muse, guest, staff, complaints, width, scheme):
    complaints.expect("the server responded with a status of 4")
    guest.order_tea("Katherine Johnson")
    staff.emulate_media(color_scheme=scheme)
    staff.set_viewport_size({"width": width, "height": SIZES[width]})
    drawn = [keep(staff, screen, width, scheme) for screen in staff_screens(staff, muse, guest.number)]
    assert len(drawn) > 5
