"""The kitchen's boards: several screens, taps, and the hour in which the network is gone."""

import re
import sqlite3
import time

import pytest
import requests
from playwright.sync_api import expect

from pages import card
from running_muse import eventually

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


# Where the head's controls are: left, top and right edge of those that are seen, by their place in the document.
PLACES = """() => Object.fromEntries(
  [...document.querySelectorAll(".board-head :is(nav a, .board-late a, .ordering > form button, summary, [data-undo], [data-sound])")]
    .map((one, index) => [index, one])
    .filter(([, one]) => one.checkVisibility({ visibilityProperty: true }))
    .map(([index, one]) => [index, one.getBoundingClientRect()])
    .map(([index, box]) => [index, [box.left, box.top, box.right].map(Math.round)]))"""


def freshness(page):
    return page.locator("[data-freshness]")


@pytest.fixture
def new_board(muse, new_context, signed_in):
    """Opens one more screen of the kitchen, each in a browser of its own."""

    def make(path="/board", **options):
        context = new_context(**({"viewport": {"width": 1280, "height": 800}, "storage_state": signed_in} | options))
        context.add_init_script(SILENT_BELL)
        page = context.new_page()
        page.goto(muse.admin + path)
        return page

    return make


@pytest.fixture
def takes_orders(muse, new_context, signed_in):
    """Whatever a test does to ordering, the next one can order."""
    yield
    desk = new_context(storage_state=signed_in).request
    for path, wish in (("pause", {"pause": "resume"}), ("delay", {"minutes": "0"})):
        headers = {"Origin": muse.admin, "Accept": "application/json"}
        assert desk.post(f"{muse.admin}/api/ordering/{path}", form=wish, headers=headers).ok


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


def test_a_card_comes_by_itself_with_a_sound_and_goes_by_taps(order, new_board, new_context):
    board = new_board()
    sound = board.get_by_role("button", name="Sound")
    sound.click()
    expect(sound).to_have_attribute("aria-pressed", "true")
    before = board.evaluate("window.strokes")
    tea = order()
    mine = card(board, tea.number)
    expect(column(board, "paid").locator(mine)).to_be_visible()
    assert board.evaluate("window.strokes") > before
    guest = new_context().new_page()
    guest.goto(tea.link)

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
    expect(guest.locator("#order-live")).to_have_attribute("data-state", "ready")
    board.get_by_role("button", name=re.compile("^Undo: Assam")).click()
    expect(column(board, "paid").locator(mine)).to_be_visible()
    expect(guest.locator("#order-live")).to_have_attribute("data-state", "paid")

    for button, state in (("Start", "preparing"), ("Ready", "ready")):
        mine.get_by_role("button", name=button).click()
        expect(column(board, state).locator(mine)).to_be_visible()
    mine.get_by_role("button", name="Collected").click()
    expect(mine).to_have_count(0)

    # Handed over too early: called back from the list of the last ones.
    board.locator("[data-fold=finished] summary").click()
    board.get_by_role("button", name=f"Recall, order {tea.number}", exact=True).click()
    expect(column(board, "ready").locator(mine)).to_be_visible()
    assert board.evaluate("window.strokes") == silent


def test_a_tap_on_one_screen_is_seen_on_the_other_within_a_second(order, new_board):
    here, there, tea = new_board(), new_board(), order()
    expect(card(there, tea.number)).to_be_visible()
    seen = """number => new Promise((seen) => {
      const is = () => [...document.querySelectorAll("[data-column=preparing] [data-card] h3 a")]
        .some((link) => link.lastChild.textContent === number);
      new MutationObserver(() => is() && seen(Date.now())).observe(document.body, { subtree: true, childList: true });
      if (is()) seen(Date.now());
    })"""
    there.evaluate(f"number => {{ window.seen = ({seen})(number); }}", tea.number)
    tapped = here.evaluate(
        """number => {
          const link = [...document.querySelectorAll("[data-card] h3 a")].find((a) => a.lastChild.textContent === number);
          link.closest("[data-card]").querySelector("[data-move]").click();
          return Date.now();
        }""",
        tea.number,
    )
    took = there.evaluate("() => window.seen") - tapped
    assert took < 1000, f"{took} ms"
    expect(column(here, "preparing").locator(card(here, tea.number))).to_be_visible()


def test_late_is_told_by_word_colour_and_place(muse, order, new_board):
    board, tea = new_board(), order()
    mine = card(board, tea.number)
    expect(mine).to_be_visible()
    due, late = mine.locator("[data-due]"), board.locator("[data-late] a")
    expect(due).to_be_hidden()
    before = int((late.inner_text() or "0").split()[0]) if late.is_visible() else 0
    now = int(time.time() * 1000)
    change(muse, "UPDATE orders SET promised_at_ms = ? WHERE id = ?", (now + 90_000, tea.id))
    expect(due).to_have_text("Due in 2 min")
    expect(mine).to_have_class(re.compile("is-soon"))
    change(muse, "UPDATE orders SET promised_at_ms = ? WHERE id = ?", (now - 125_000, tea.id))
    expect(due).to_have_text("Late by 2 min")
    expect(mine).to_have_class(re.compile("is-late"))
    expect(late).to_have_text(f"{before + 1} late")
    # Each touch leads to the next late one, and after the last to the first.
    for _ in range(before + 1):
        late.click()
        if board.evaluate("location.hash") == f"#order-{tea.id}":
            break
    expect(mine).to_be_in_viewport()
    mine.get_by_role("button", name="Start").click()
    expect(column(board, "preparing").locator(mine)).to_have_class(re.compile("is-late"))


def test_a_station_has_its_own_lines_and_both_screens_agree(order, new_board):
    everything, oven, bar = new_board(), new_board("/board?station=oven"), new_board("/board?station=bar")
    guest = order("Evelyn Boyd", [("black-tea", 1), ("croissant", 3)])
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


def test_without_a_connection_it_says_so_and_keeps_every_tap(order, new_board, complaints):
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    complaints.expect("status of 409")
    board, other = new_board(), new_board()
    first, second = (order().number for _ in range(2))
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


def test_taps_survive_a_reload_while_the_service_is_away(muse, order, new_board, complaints):
    complaints.expect("ERR_CONNECTION_REFUSED")
    complaints.expect("ERR_INCOMPLETE_CHUNKED_ENCODING")
    board, guest = new_board(), order()
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


def test_the_board_is_worked_by_keyboard(order, new_board):
    guest, board = order("Annie Easley"), new_board(viewport={"width": 1024, "height": 768})
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


def test_targets_are_large_and_the_head_is_one_row_that_nothing_moves(muse, order, new_board, takes_orders):
    tea = order()
    board = new_board()
    mine = card(board, tea.number)
    for width, height in ((1280, 800), (1024, 768)):
        board.set_viewport_size({"width": width, "height": height})
        board.reload()
        expect(mine).to_be_visible()
        before = board.evaluate(PLACES)
        # All that comes and goes in the head is there now: late, undo, added minutes, a pause.
        change(muse, "UPDATE orders SET promised_at_ms = ? WHERE id = ?", (int(time.time() * 1000) - 125_000, tea.id))
        expect(board.locator("[data-late] a")).to_be_visible()
        mine.get_by_role("button", name="Start").click()
        expect(board.locator("[data-undo]")).to_be_visible()
        strip = board.locator("[data-ordering]")
        strip.get_by_role("button", name="+10 min").click()
        expect(strip.get_by_role("button", name="+10 min")).to_contain_text("10 to")
        strip.get_by_role("button", name="Pause").click()
        expect(strip.get_by_role("button", name="Resume")).to_contain_text("paused to")
        after = board.evaluate(PLACES)
        assert {name: after[name] for name in before} == before
        assert len({top for _, top, _ in after.values()}) == 1, "the head has more than one row"
        assert all(right <= width for _, _, right in after.values())
        small = board.evaluate(
            """() => [...document.querySelectorAll("#main button, #main summary, #main a")]
              .filter((one) => one.checkVisibility({ visibilityProperty: true }))
              .map((one) => [one.innerText, one.getBoundingClientRect()])
              .filter(([, box]) => box.width < 48 || box.height < 48).map(([text, box]) => `${text} ${box.width}x${box.height}`)"""
        )
        assert not small, small
        assert board.evaluate("document.documentElement.scrollWidth") <= width
        strip.get_by_role("button", name="Resume").click()
        strip.get_by_role("button", name="−10").click()
        expect(strip.get_by_role("button", name="−10")).to_be_hidden()
        mine.get_by_role("button", name="Undo").click()
        expect(column(board, "paid").locator(mine)).to_be_visible()


def test_without_javascript_forms_do_what_taps_do(muse, order, new_context, signed_in, takes_orders):
    tea = order()
    page = new_context(
        java_script_enabled=False, viewport={"width": 1280, "height": 800}, storage_state=signed_in
    ).new_page()
    page.goto(muse.admin + "/board")
    mine = card(page, tea.number)
    mine.get_by_role("button", name="Start").click()
    expect(column(page, "preparing").locator(mine)).to_be_visible()
    mine.get_by_role("button", name="Assam").click()
    expect(column(page, "ready").locator(mine)).to_be_visible()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text(re.compile("Ordering is paused until"))).to_be_visible()
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_text("Orders are taken again.")).to_be_visible()
