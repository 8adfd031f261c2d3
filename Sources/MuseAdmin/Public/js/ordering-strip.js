// Keeps the strip true on every screen: another one may have paused ordering, or the pause has ended by itself.
const PERIOD_MS = 10000;

export default function orderingStrip(strip) {
  let known = null;
  setInterval(async () => {
    const answer = await fetch("/api/venue", { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) return;
    const { state, until, addedMinutes } = await answer.json();
    const now = [state, until, addedMinutes].join();
    if (known !== null && known !== now) {
      const page = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
      if (!page?.ok) return;
      const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("[data-ordering]");
      if (fresh) {
        strip.className = fresh.className;
        strip.replaceChildren(...fresh.childNodes);
      }
    }
    known = now;
  }, PERIOD_MS);
}
