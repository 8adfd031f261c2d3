// The screen on the wall: follows the lists, marks what became ready just now, keeps the screen awake, and comes back by itself after days without a network.
import { keepFresh } from "/assets/js/freshness.js";
import { follow } from "/assets/js/live-events.js";

const CALLED_MS = 20000;
// A wall is never reloaded by anyone, so it takes new styles and scripts by itself.
const RELOAD_MS = 6 * 3600 * 1000;

export default function pickupBoard(page) {
  const lists = document.getElementById("pickup-lists");
  const fresh = keepFresh(() => page.querySelector("[data-freshness]"), 25000, "Not up to date since");
  const began = Date.now();
  const numbers = () => new Set([...lists.querySelectorAll(".pickup-ready [data-pickup]")].map((entry) => entry.dataset.pickup));

  function show({ markup }) {
    if (markup === lists.dataset.markup) return;
    const before = numbers();
    lists.dataset.markup = markup;
    lists.innerHTML = markup;
    for (const entry of lists.querySelectorAll(".pickup-ready [data-pickup]")) {
      if (before.has(entry.dataset.pickup)) continue;
      entry.classList.add("is-called");
      setTimeout(() => entry.classList.remove("is-called"), CALLED_MS);
    }
  }

  let isAlive = false;
  follow({
    stream: page.dataset.stream,
    poll: page.dataset.poll,
    quietAfter: 25000,
    changed: (news) => news && show(news),
    alive: (yes) => {
      isAlive = yes;
      yes ? fresh.confirm() : fresh.doubt();
    },
  });
  setInterval(() => { if (isAlive && Date.now() - began > RELOAD_MS) location.reload(); }, 60000);

  const wake = () => navigator.wakeLock?.request("screen").catch(() => {});
  document.addEventListener("visibilitychange", () => { if (!document.hidden) wake(); });
  wake();
}
