// Keeps the receipt true: each sign from the server fetches the page again and takes its live part.
import { keepFresh } from "/assets/js/freshness.js";
import { follow } from "/assets/js/live-events.js";
import { toast } from "/assets/js/toast.js";

const RETRY_MS = 3000;

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
      const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("order-live");
      const before = live();
      if (next && next.dataset.state !== before.dataset.state) {
        const swap = () => before.replaceWith(document.adoptNode(next));
        document.startViewTransition && !matchMedia("(prefers-reduced-motion: reduce)").matches ? document.startViewTransition(swap) : swap();
        toast(next.querySelector(".receipt-state")?.textContent);
      } else if (next) {
        before.replaceWith(document.adoptNode(next));
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
  stop = follow({
    stream: receipt.dataset.stream,
    poll: receipt.dataset.poll,
    changed: refresh,
    // A stream that lives proves nothing while the page itself can't be fetched.
    alive: (yes) => (yes && !failing ? fresh.confirm() : fresh.doubt()),
  });
}
