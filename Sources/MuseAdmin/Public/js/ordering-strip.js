// Pausing and slowing in place: a tap is answered where it was made, and the strip stays true on every screen, since
// another one may have paused ordering, or the pause has ended by itself.
import { toast } from "/assets/js/toast.js";

const PERIOD_MS = 10000;
const ASK = { headers: { Accept: "application/json" } };

export default function orderingStrip(strip) {
  let known = null;
  const state = ({ state, until, addedMinutes }) => [state, until, addedMinutes].join();

  async function redraw() {
    const page = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!page?.ok) return;
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("[data-ordering]");
    if (!fresh) return;
    const controls = () => [...strip.querySelectorAll("button, summary")];
    const held = controls().indexOf(document.activeElement);
    strip.className = fresh.className;
    strip.replaceChildren(...fresh.childNodes);
    if (held >= 0) controls()[held]?.focus({ preventScroll: true });
  }

  async function send(form) {
    const buttons = strip.querySelectorAll("button");
    const body = new URLSearchParams(new FormData(form));
    for (const button of buttons) button.setAttribute("aria-disabled", "true");
    // Not kept for later, as taps on orders are: a pause that begins in half an hour is nobody's wish.
    const answer = await fetch(form.action, { method: "POST", body, ...ASK }).catch(() => null);
    const told = await answer?.json().catch(() => null);
    for (const button of buttons) button.removeAttribute("aria-disabled");
    if (!answer || answer.status >= 500) return toast("There is no connection, so nothing was changed. Tap again when it is back.");
    if (!answer.ok) return toast([told?.title, told?.detail].filter(Boolean).join(" "));
    known = state(told);
    await redraw();
  }

  strip.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!event.submitter?.hasAttribute("aria-disabled")) send(event.target);
  });

  setInterval(async () => {
    const answer = await fetch("/api/venue", ASK).catch(() => null);
    if (!answer?.ok) return;
    const now = state(await answer.json());
    if (known !== null && known !== now) await redraw();
    known = now;
  }, PERIOD_MS);
}
