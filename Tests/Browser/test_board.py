"""The kitchen's boards: several screens, taps, and the hour in which the network is gone."""

import re
import sqlite3
import time

import pytest
import requests
from playwright.sync_api import expect

from pages import card
from running_muse import OWNER, eventually

# Counts the strokes of the bell instead of sounding them.
SILENT_BELL = """
window.strokes = 0;
window.AudioContext = class {
  currentTime = 0; destination = {};
  resume() {}
  createOscillator() { return { frequency: {}, connect: (to) => to, start: () => window.strokes++, stop() {} }; }
  createGain() { return { gain: { setValueAtTime() {}, exponentialRampToValueAtTime() {} }, connect: (to) => to }; }
};
"""


def freshness(page):
    return page.locator("[data-freshness]")


@pytest.fixture
def new_board(muse, new_context):
    """Opens one more screen of the kitchen, each in a browser of its own."""

    def make(path="/board", **options):
        context = new_context(**({"viewport": {"width": 1280, "height": 800}} | options))
        context.add_init_script(SILENT_BELL)
        page = context.new_page()
        page.goto(muse.admin + "/board")
        page.get_by_label("Work email").fill(OWNER)
        page.get_by_label("Password").fill(muse.password)
        page.get_by_role("button", name="Sign in").click()
        expect(page).to_have_url(muse.admin + "/board")
        if path != "/board":
            page.goto(muse.admin + path)
        return page

    return make


def column(page, state):
    return page.locator(f"[data-column={state}]")


def change(muse, *statement):
    """What time or another program does to an order."""
    with sqlite3.connect(muse.folder / "muse.db", timeout=10) as database:
        database.execute(*statement)
        database.execute("UPDATE cache_versions SET version = version + 1 WHERE name = 'orders'")
    database.close()


def is_up(site):
    try:
        return requests.get(site + "/healthz", timeout=2).ok
    except requests.ConnectionError:
        return False


def test_a_card_comes_by_itself_with_a_sound_and_goes_by_taps(muse, new_guest, new_board):
    board, guest = new_board(), new_guest()
    sound = board.get_by_role("button", name="Sound")
    sound.click()
    expect(sound).to_have_attribute("aria-pressed", "true")
    before = board.evaluate("window.strokes")
    guest.order_tea("Ada Lovelace")
    mine = card(board, guest.number)
    expect(column(board, "paid").locator(mine)).to_be_visible()
    assert board.evaluate("window.strokes") > before

    # Muted it stays mute, also for the next who opens the board.
    sound.click()
    board.reload()
    expect(board.get_by_role("button", name="Sound")).to_have_attribute("aria-pressed", "false")
    silent = board.evaluate("window.strokes")

    # One line, one tap: the order is begun and made. The last tap can be taken back whole.
    line = mine.get_by_role("button", name="Assam")
    line.click()
    expect(column(board, "ready").locator(mine)).to_be_visible()
    expect(line).to_have_attribute("aria-pressed", "true")
    expect(guest.page.locator("#order-live")).to_have_attribute("data-state", "ready")
    board.get_by_role("button", name=re.compile("^Undo: Assam")).click()
    expect(column(board, "paid").locator(mine)).to_be_visible()
    expect(guest.page.locator("#order-live")).to_have_attribute("data-state", "paid")

    for button, state in (("Start", "preparing"), ("Ready", "ready")):
        mine.get_by_role("button", name=button).click()
        expect(column(board, state).locator(mine)).to_be_visible()
    mine.get_by_role("button", name="Collected").click()
    expect(mine).to_have_count(0)

    # Handed over too early: called back from the list of the last ones.
    board.locator("[data-fold=finished] summary").click()
    board.get_by_role("button", name=f"Recall, order {guest.number}", exact=True).click()
    expect(column(board, "ready").locator(mine)).to_be_visible()
    assert board.evaluate("window.strokes") == silent


def test_late_is_told_by_word_colour_and_place(muse, new_guest, new_board):
    board, guest = new_board(), new_guest()
    guest.order_tea()
    mine = card(board, guest.number)
    expect(mine).to_be_visible()
    order = mine.get_attribute("id").removeprefix("order-")
    due = mine.locator("[data-due]")
    expect(due).to_be_hidden()
    now = int(time.time() * 1000)
    change(muse, "UPDATE orders SET promised_at_ms = ? WHERE id = ?", (now + 90_000, order))
    expect(due).to_have_text("Due in 2 min")
    expect(mine).to_have_class(re.compile("is-soon"))
    change(muse, "UPDATE orders SET promised_at_ms = ? WHERE id = ?", (now - 125_000, order))
    expect(due).to_have_text("Late by 2 min")
    expect(mine).to_have_class(re.compile("is-late"))
    board.locator("[data-late]").get_by_role("link", name=guest.number, exact=True).click()
    expect(mine).to_be_in_viewport()
    mine.get_by_role("button", name="Start").click()
    expect(column(board, "preparing").locator(mine)).to_have_class(re.compile("is-late"))


def test_a_station_has_its_own_lines_and_both_screens_agree(muse, new_guest, new_board):
    guest = new_guest()
    guest.page.request.post(
        f"{muse.customer}/cart/lines",
        form={"itemId": "croissant", "quantity": "3"},
        headers={"Origin": muse.customer, "Accept": "application/json"},
    )
    everything, oven, bar = new_board(), new_board("/board?station=oven"), new_board("/board?station=bar")
    guest.order_tea("Evelyn Boyd")
    mine = card(oven, guest.number)
    expect(mine).to_contain_text("croissant")
    expect(mine).not_to_contain_text("Assam")
    expect(mine).to_contain_text("Bar: 1 to do")
    expect(card(bar, guest.number)).not_to_contain_text("croissant")
    mine.get_by_role("button", name=re.compile("One more")).click()
    expect(card(everything, guest.number)).to_contain_text("1 of 3")
    expect(column(oven, "preparing").locator(mine)).to_be_visible()
    everything.locator("[data-fold=all-day] summary").click()
    expect(everything.get_by_role("region", name="All day")).to_contain_text(re.compile(r"2\s*Butter croissant"))
    mine.get_by_role("button", name="Oven done").click()
    expect(mine).to_have_count(0)
    card(bar, guest.number).get_by_role("button", name="Done, order ready").click()
    expect(card(bar, guest.number)).to_have_count(0)
    expect(column(everything, "ready").locator(card(everything, guest.number))).to_be_visible()


def test_without_a_connection_it_says_so_and_keeps_every_tap(muse, new_guest, new_board, complaints):
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    complaints.expect("status of 409")
    board, other = new_board(), new_board()
    guests = [new_guest() for _ in range(2)]
    for guest in guests:
        guest.order_tea()
    first, second = (guest.number for guest in guests)
    expect(card(board, second)).to_be_visible()
    board.context.set_offline(True)
    expect(freshness(board)).to_contain_text(re.compile(r"STALE since \d+:\d\d"))
    for number in (first, second):
        card(board, number).get_by_role("button", name="Start").click()
    expect(board.get_by_text("2 taps wait for the connection")).to_be_visible()
    expect(card(board, first)).to_contain_text("Start … waits")
    # Taken back before it was sent, and tapped again.
    board.locator("[data-undo]").click()
    expect(board.get_by_text("1 tap waits for the connection")).to_be_visible()
    card(board, second).get_by_role("button", name="Start").click()
    # Meanwhile somebody else goes on with the second.
    for button, state in (("Start", "preparing"), ("Ready", "ready")):
        card(other, second).get_by_role("button", name=button).click()
        expect(column(other, state).locator(card(other, second))).to_be_visible()
    board.context.set_offline(False)
    expect(column(board, "preparing").locator(card(board, first))).to_be_visible()
    expect(column(board, "ready").locator(card(board, second))).to_be_visible()
    expect(freshness(board)).to_contain_text("Updated")
    expect(board.get_by_text("taps wait")).to_be_hidden()
    told = board.locator("[data-conflicts] li")
    expect(told).to_contain_text(f"Start, order {second}: It is now: ready.")
    told.get_by_role("button", name="Understood").click()
    expect(told).to_have_count(0)
    assert board.evaluate("localStorage.getItem('muse-board-taps')") == "[]"


def test_taps_survive_a_reload_while_the_service_is_away(muse, new_guest, new_board, complaints):
    complaints.expect("ERR_CONNECTION_REFUSED")
    complaints.expect("ERR_INCOMPLETE_CHUNKED_ENCODING")
    board, guest = new_board(), new_guest()
    guest.order_tea()
    expect(card(board, guest.number)).to_be_visible()
    muse.stop("admin")
    try:
        expect(freshness(board)).to_contain_text("STALE since")
        card(board, guest.number).get_by_role("button", name="Start").click()
        expect(board.get_by_text("1 tap waits")).to_be_visible()
    finally:
        muse.start("admin", "MuseAdmin", "serve", SES_ENDPOINT="http://127.0.0.1:9")
    eventually(lambda: is_up(muse.admin))
    board.reload()
    expect(column(board, "preparing").locator(card(board, guest.number))).to_be_visible()
    expect(board.locator("[data-queue]")).to_be_hidden()


def test_the_board_is_worked_by_keyboard(muse, new_guest, new_board):
    guest, board = new_guest(), new_board(viewport={"width": 1024, "height": 768})
    guest.order_tea("Annie Easley")
    mine, keys = card(board, guest.number), board.keyboard
    expect(mine).to_be_visible()
    for _ in range(60):
        keys.press("ArrowDown")
        if mine.evaluate("card => card === document.activeElement"):
            break
    expect(mine).to_be_focused()
    keys.press("Enter")
    expect(column(board, "preparing").locator(mine)).to_be_visible()
    expect(mine).to_be_focused()
    keys.press("1")
    expect(column(board, "ready").locator(mine)).to_be_visible()
    keys.press("u")
    expect(column(board, "preparing").locator(mine)).to_be_visible()
    expect(mine).to_be_focused()
    keys.press("Backspace")
    expect(column(board, "paid").locator(mine)).to_be_visible()


def test_targets_are_large_and_everything_fits_a_tablet(muse, new_guest, new_board):
    guest = new_guest()
    guest.order_tea()
    for width, height in ((1280, 800), (1024, 768)):
        board = new_board(viewport={"width": width, "height": height})
        expect(card(board, guest.number)).to_be_visible()
        small = board.evaluate(
            """() => [...document.querySelectorAll("#main button, #main summary, #main a")]
              .filter((one) => one.checkVisibility({ visibilityProperty: true }))
              .map((one) => [one.innerText, one.getBoundingClientRect()])
              .filter(([, box]) => box.width < 48 || box.height < 48).map(([text, box]) => `${text} ${box.width}x${box.height}`)"""
        )
        assert not small, small
        assert board.evaluate("document.documentElement.scrollWidth") <= width


def test_without_javascript_forms_do_what_taps_do(muse, new_guest, new_context):
    guest = new_guest()
    guest.order_tea()
    page = new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800}).new_page()
    page.goto(muse.admin + "/board")
    page.get_by_label("Work email").fill(OWNER)
    page.get_by_label("Password").fill(muse.password)
    page.get_by_role("button", name="Sign in").click()
    mine = card(page, guest.number)
    mine.get_by_role("button", name="Start").click()
    expect(column(page, "preparing").locator(mine)).to_be_visible()
    mine.get_by_role("button", name="Assam").click()
    expect(column(page, "ready").locator(mine)).to_be_visible()
