// The taps that have not reached the server yet, in their order; they survive a reload and are shared by all boards of this browser.
const KEY = "muse-board-taps";

export const read = () => { try { return JSON.parse(localStorage.getItem(KEY)) ?? []; } catch { return []; } };
const write = (taps) => localStorage.setItem(KEY, JSON.stringify(taps));
export const add = (tap) => write([...read(), tap]);
export const remove = (id) => write(read().filter((tap) => tap.id !== id));

// Unlike randomUUID it is there on a tablet that reaches the board by plain HTTP.
export function newID() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// What became of a tap: "sent", "refused" with why, "out" when the session is over, or undefined while the server can't be reached.
async function send(tap) {
  let answer;
  try {
    answer = await fetch(tap.url, { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(tap.fields) });
  } catch { return; }
  if (answer.status >= 500 || answer.status === 429) return;
  if (answer.status === 401) return { outcome: "out" };
  if (answer.ok) return { outcome: "sent" };
  const problem = await answer.json().catch(() => ({}));
  return { outcome: "refused", why: problem.detail ?? problem.title ?? "The order has moved on meanwhile." };
}

// One board of a browser sends at a time, or two could send the same tap side by side; that would count once, but be told twice.
const alone = (work) => (navigator.locks ? navigator.locks.request(KEY, work) : work());

// Sends what waits, the oldest first, and tells each outcome. Stops at the first that can't be sent.
export function sendAll(tell) {
  return alone(async () => {
    for (let tap = read()[0]; tap; tap = read()[0]) {
      const done = await send(tap);
      if (!done || done.outcome === "out") return done?.outcome;
      remove(tap.id);
      tell(tap, done);
    }
  });
}
