"""A photo from the staff's form to the guest's table: it is there with the next look, nothing jumps, and it goes again."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from test_accessibility import faults

# What moves under a reader's eyes, as Chromium itself counts it (Cumulative Layout Shift).
WATCH_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifts.push(entry.value);
}).observe({ type: "layout-shift", buffered: true });
"""


def photo(width=1600, height=1200):
    picture = Image.merge("RGB", (
        Image.linear_gradient("L").resize((width, height)), Image.radial_gradient("L").resize((width, height)),
        Image.effect_noise((width // 16, height // 16), 40).resize((width, height))))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return {"name": "IMG 0001.HEIC.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


@pytest.fixture
def staff_context(muse, new_context, staff):
    """Another browser of the same person, with options of its own."""

    def make(**options):
        context = new_context(viewport={"width": 1280, "height": 900}, **options)
        context.add_cookies(staff.context.cookies())
        return context.new_page()

    return make


def upload(page, muse, item, alt, file=None):
    page.goto(f"{muse.admin}/menu/items/{item}/photo")
    page.get_by_label("photo", exact=False).first.set_input_files(file or photo())
    page.get_by_label("What is to be seen").fill(alt)
    page.get_by_role("button", name="Publish now").click(no_wait_after=True)
    expect(page.get_by_text("is live")).to_be_visible(timeout=30_000)


def take_away(page, muse, item):
    page.goto(f"{muse.admin}/menu/items/{item}/photo")
    page.get_by_role("button", name="Take the photo away").click(no_wait_after=True)
    expect(page.get_by_text("is gone")).to_be_visible()


def shifts(page):
    """Everything that moved since the page began, once two frames have been drawn."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return page.evaluate("() => window.shifts")


def drawn(image):
    """The file that a browser chose and has drawn."""
    image.evaluate("(image) => image.complete || new Promise((done) => image.addEventListener('load', done))")
    assert image.evaluate("(image) => image.naturalWidth") > 0
    return image.evaluate("(image) => image.currentSrc")


def test_a_photo_is_with_the_guest_at_the_next_look_and_nothing_jumps(muse, staff_context, new_guest):
    page = staff_context()
    guest = new_guest()
    guest.page.add_init_script(WATCH_SHIFTS)
    guest.open("/menu/cortado")
    expect(guest.page.locator(".item-picture svg")).to_be_visible()
    upload(page, muse, "cortado", "A cortado in a small glass, seen from the side")
    expect(page.get_by_role("img", name="A cortado in a small glass")).to_be_visible()

    guest.open("/menu")
    row = guest.page.locator("[data-item]", has=guest.page.get_by_role("link", name="Cortado", exact=True))
    thumb = row.get_by_role("img", name="A cortado in a small glass")
    thumb.scroll_into_view_if_needed()
    assert drawn(thumb).endswith("-320.webp")
    box = row.locator(".picture").bounding_box()
    assert abs(box["width"] * 3 - box["height"] * 4) < 4
    assert shifts(guest.page) == []

    row.get_by_role("link", name="Cortado", exact=True).click()
    large = guest.page.get_by_role("dialog").get_by_role("img", name="A cortado in a small glass")
    assert drawn(large).endswith("-640.webp")
    # The sheet came by the guest's own tap; what moved without one is counted.
    assert shifts(guest.page) == []
    guest.open("/menu/cortado")
    assert drawn(guest.page.get_by_role("img", name="A cortado in a small glass")).endswith("-640.webp")
    assert shifts(guest.page) == []

    for screen in (guest.page, page):
        assert faults(screen, screen.url) == []
    guest.open("/menu")
    assert faults(guest.page, "menu with a photo") == []

    take_away(page, muse, "cortado")
    guest.open("/menu/cortado")
    expect(guest.page.locator(".item-picture svg")).to_be_visible()
    expect(guest.page.locator(".item-picture img")).to_have_count(0)


def test_before_the_photo_has_come_its_colours_stand_in_its_place(muse, staff_context, new_guest):
    upload(staff_context(), muse, "espresso", "An espresso")
    guest = new_guest()
    guest.page.add_init_script(WATCH_SHIFTS)
    waiting = []
    guest.page.route("**/media/*", lambda route: waiting.append(route))
    guest.page.goto(muse.customer + "/menu/espresso", wait_until="domcontentloaded")
    tint = guest.page.locator(".item-picture .photo-tint")
    expect(tint).to_be_visible()
    assert drawn(tint).startswith("data:image/webp")
    before = guest.page.locator(".item-picture").bounding_box()
    for route in waiting:
        route.continue_()
    assert drawn(guest.page.get_by_role("img", name="An espresso")).endswith("-640.webp")
    assert guest.page.locator(".item-picture").bounding_box() == before
    assert shifts(guest.page) == []


def test_without_javascript_a_photo_goes_up_and_away(muse, staff_context, new_guest):
    page = staff_context(java_script_enabled=False)
    upload(page, muse, "cappuccino", "A cappuccino")
    guest = new_guest(java_script_enabled=False)
    guest.open("/menu/cappuccino")
    expect(guest.page.get_by_role("img", name="A cappuccino")).to_be_visible()
    take_away(page, muse, "cappuccino")
    guest.open("/menu/cappuccino")
    expect(guest.page.locator(".item-picture svg")).to_be_visible()


def test_what_is_no_photo_is_explained_beside_its_field(muse, staff_context, complaints):
    complaints.expect("status of 422")
    page = staff_context()
    page.goto(f"{muse.admin}/menu/items/latte/photo")
    page.get_by_label("What is to be seen").fill("A latte")
    heavy = {"name": "heavy.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff" + bytes(9_000_000)}
    page.get_by_label("photo", exact=False).first.set_input_files(heavy)
    expect(page.locator("#photo-error")).to_contain_text("at most 8 MB")
    wrong = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"<!doctype html><script>alert(1)</script>"}
    page.get_by_label("photo", exact=False).first.set_input_files(wrong)
    expect(page.locator("#photo-error")).to_be_hidden()
    page.get_by_role("button", name="Publish now").click()
    expect(page.locator("#photo-error")).to_contain_text("not a JPEG, PNG or WebP")
    expect(page.get_by_label("What is to be seen")).to_have_value("A latte")
