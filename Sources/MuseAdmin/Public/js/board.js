// The live board: follows the order stream, takes the fresh board from the page itself and settles it in without moving anything under a finger.
import { settle } from "/assets/js/board-settle.js";
import { bell } from "/assets/js/board-sound.js";
import { catchTaps } from "/assets/js/board-taps.js";
import { tick } from "/assets/js/board-timers.js";
import { keepFresh } from "/assets/js/freshness.js";
import { follow } from "/assets/js/live-events.js";

const RESTING_MS = 900;
const RETRY_MS = 3000;

export default function board(page) {
  const place = document.getElementById("board");
  const fresh = keepFresh(() => page.querySelector("[data-freshness]"), 30000, "STALE since");
  const ring = bell(page.querySelector("[data-sound]"));
  let touched = 0, down = false, waiting, running = false, again = false, failing = false;
  for (const name of ["pointerdown", "pointermove"]) place.addEventListener(name, () => (touched = Date.now()), { passive: true });
  place.addEventListener("pointerdown", () => (down = true));
  for (const name of ["pointerup", "pointercancel"]) addEventListener(name, () => (down = false));

  function show(next) {
    clearTimeout(waiting);
    if (down || Date.now() - touched < RESTING_MS) {
      waiting = setTimeout(() => show(next), 300);
      return;
    }
    if (settle(place, next).some((card) => card.closest("[data-column=paid]"))) ring();
    tick(place);
  }

  async function refresh() {
    if (running) return void (again = true);
    running = true;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (answer.redirected) return location.assign(answer.url);
      if (!answer.ok) throw new Error(String(answer.status));
      const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("board");
      if (next) show(document.adoptNode(next));
      failing = false;
      fresh.confirm();
    } catch {
      failing = true;
      fresh.doubt();
      setTimeout(refresh, RETRY_MS);
    }
    running = false;
    if (again) { again = false; refresh(); }
  }

  const taps = catchTaps(page, refresh);
  follow({
    stream: page.dataset.stream,
    poll: page.dataset.poll,
    changed: refresh,
    alive: (yes) => {
      if (!yes) return fresh.doubt();
      // A stream that lives proves nothing while the board itself can't be fetched.
      if (!failing) fresh.confirm();
      taps.flush();
    },
  });
  setInterval(() => tick(place), 5000);
  tick(place);
}
