// Keeps the receipt true. What is only a new place in the queue comes with the sign and is written in; whatever else
// happens to the order fetches the page again and takes its live part.
import { keepFresh } from "/assets/js/freshness.js";
import { follow } from "/assets/js/live-events.js";
import { toast } from "/assets/js/toast.js";

const RETRY_MS = 3000;

// A text that is as it was is not said again by a screen reader.
function say(place, words) {
  if (place.textContent !== words) place.textContent = words;
}

export default function orderLive(receipt) {
  const live = () => document.getElementById("order-live");
  if (live().dataset.final === "true") return;
  const fresh = keepFresh(() => live().querySelector("[data-freshness]"));
  let running = false, again = false, failing = false, stop = () => {};
  async function refresh() {
    if (running) return void (again = true);
    running = true;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.getElementById("order-live");
      const before = live();
      const swap = () => {
        const focused = before.contains(document.activeElement) && document.activeElement;
        before.replaceWith(document.adoptNode(next));
        if (focused) (document.getElementById(focused.id) ?? document.getElementById("main")).focus({ preventScroll: true });
        document.title = page.title;
        next.dispatchEvent(new Event("content-added", { bubbles: true }));
      };
      if (next && next.dataset.state !== before.dataset.state) {
        document.startViewTransition && !matchMedia("(prefers-reduced-motion: reduce)").matches ? document.startViewTransition(swap) : swap();
        toast(next.querySelector(".receipt-state")?.textContent);
      } else if (next) {
        swap();
      }
      failing = false;
      fresh.confirm();
      if (next?.dataset.final === "true") stop();
    } catch {
      failing = true;
      fresh.doubt();
      setTimeout(refresh, RETRY_MS);
    }
    running = false;
    if (again) { again = false; refresh(); }
  }
  function hear(news) {
    const here = live();
    if (running || failing || news?.stateWords === undefined || news.revision !== here.dataset.revision) return refresh();
    say(here.querySelector(".receipt-state"), news.stateWords);
    say(here.querySelector(".receipt-detail"), news.stateDetail ?? "");
    fresh.confirm();
  }
  stop = follow({
    stream: receipt.dataset.stream,
    poll: receipt.dataset.poll,
    changed: hear,
    // A stream that lives proves nothing while the page itself can't be fetched.
    alive: (yes) => (yes && !failing ? fresh.confirm() : fresh.doubt()),
  });
}
