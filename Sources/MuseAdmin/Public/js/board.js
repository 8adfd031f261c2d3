// The live board: hears what changed and settles it in without moving anything under a finger.
import { listenToKeys } from "/assets/js/board-keys.js";
import { settle, settleSides } from "/assets/js/board-settle.js";
import { bell } from "/assets/js/board-sound.js";
import { catchTaps } from "/assets/js/board-taps.js";
import { tick } from "/assets/js/board-timers.js";
import { keepFresh } from "/assets/js/freshness.js";
import { follow } from "/assets/js/live-events.js";

const RESTING_MS = 700;
const LONGEST_TOUCH_MS = 8000;

export default function board(page) {
  const place = document.getElementById("board");
  const sides = document.getElementById("board-sides");
  const fresh = keepFresh(() => page.querySelector("[data-freshness]"), 15000, "STALE since");
  const ring = bell(page.querySelector("[data-sound]"));
  const taps = catchTaps(page);
  const waiting = [];
  let touched = 0, down = 0, timer;
  place.addEventListener("pointerdown", () => (down = touched = Date.now()));
  for (const name of ["pointerup", "pointercancel"]) addEventListener(name, () => { if (down) touched = Date.now(); down = 0; });
  // A cloth that lies on the screen is no finger.
  const isTouched = () => (down ? Date.now() - down < LONGEST_TOUCH_MS : Date.now() - touched < RESTING_MS);

  function settleAll() {
    clearTimeout(timer);
    if (isTouched()) return void (timer = setTimeout(settleAll, 150));
    let isNew = false;
    for (const news of waiting.splice(0)) {
      const arrived = settle(place, news);
      isNew ||= arrived.some((card) => card.dataset.state === "paid" || page.classList.contains("is-station"));
      if (news.sides !== undefined) settleSides(sides, news.sides);
    }
    if (isNew) ring();
    taps.show();
    tick(page, place);
  }

  function hear(news) {
    waiting.push(news);
    settleAll();
  }

  follow({
    stream: page.dataset.stream,
    poll: page.dataset.poll,
    quietAfter: 12000,
    changed: (news) => news && hear(news),
    // Signed out: the page itself leads to the sign-in.
    refused: () => location.reload(),
    alive: (yes) => {
      if (!yes) return fresh.doubt();
      fresh.confirm();
      taps.flush();
    },
  });
  listenToKeys(page, place, taps.undo);
  setInterval(() => tick(page, place), 1000);
  addEventListener("hashchange", () => tick(page, place));
  tick(page, place);
}
