// Keeps the open cart true: what is sold out or costs something else now is said beside its line within a second.
import { follow } from "/assets/js/live-events.js";
import { toast } from "/assets/js/toast.js";

// What a guest reads of a part; other behaviours change its attributes, never its words.
const words = (part) => `${part.className} ${part.textContent.replace(/\s+/g, " ")}`;
const parts = (root) => new Map([...root.querySelectorAll(".line, .summary")].map((part) => [part.id ? `#${part.id}` : ".summary", words(part)]));

function take(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement : undefined;
  const typed = focused?.matches("input") ? focused.value : undefined;
  old.replaceWith(fresh);
  const next = focused && ((focused.id && document.getElementById(focused.id)) || fresh.querySelector("button, a"));
  next?.focus({ preventScroll: true });
  if (typed !== undefined && next?.matches("input")) next.value = typed;
  fresh.dispatchEvent(new Event("content-added", { bubbles: true }));
}

export default function liveCart(main) {
  let known = parts(main);
  // What the guest changed here is known.
  main.addEventListener("content-added", (event) => { if (event.target === main) known = parts(main); });
  const look = async () => {
    const answer = await fetch("/cart", { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("main");
    // What is being changed here brings its own answer.
    if (main.ariaBusy === "true") return;
    const now = parts(page);
    // Another tab has changed the cart itself: its lines are others now.
    if (now.size !== known.size) return location.reload();
    for (const [place, text] of now) {
      if (known.get(place) === text) continue;
      const fresh = document.adoptNode(page.querySelector(place));
      take(main.querySelector(place), fresh);
      if (place !== ".summary") toast(fresh.querySelector(".notice, .line-ahead")?.textContent.trim() ?? `${fresh.querySelector("h2").textContent} can be ordered.`);
    }
    known = now;
  };
  if (known.size) follow({ stream: "/api/menu/stream", poll: "/api/menu", changed: () => look().catch(() => {}), alive() {} });
}
