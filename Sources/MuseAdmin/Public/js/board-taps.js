// A tap is never lost: without a connection it waits here, survives a reload, and goes out in order when the server can be reached again.
import { toast } from "/assets/js/toast.js";

const KEY = "muse-board-taps";
const read = () => { try { return JSON.parse(localStorage.getItem(KEY)) ?? []; } catch { return []; } };
const write = (taps) => localStorage.setItem(KEY, JSON.stringify(taps));

export function catchTaps(page, refresh) {
  const note = page.querySelector("[data-queue]");
  let sending = false;

  function show() {
    const taps = read();
    note.hidden = taps.length === 0;
    note.textContent = taps.length === 1 ? "1 tap waits for the connection" : `${taps.length} taps wait for the connection`;
    for (const card of page.querySelectorAll("[data-card]")) {
      card.classList.toggle("is-waiting", taps.some((tap) => tap.card === card.id));
    }
  }

  // True once the server has answered, also with a refusal: then the tap is over.
  async function send(tap) {
    let answer;
    try {
      answer = await fetch(tap.url, { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(tap.fields) });
    } catch { return false; }
    if (answer.status >= 500 || answer.status === 429) return false;
    if (!answer.ok) {
      const problem = await answer.json().catch(() => ({}));
      toast(problem.detail ?? problem.title ?? "This order has moved on meanwhile.");
    }
    return true;
  }

  async function flush() {
    if (sending) return;
    sending = true;
    while (read().length) {
      const [tap, ...rest] = read();
      if (!(await send(tap))) break;
      write(read().length > rest.length ? read().slice(1) : rest);
      show();
      refresh();
    }
    sending = false;
    show();
  }

  page.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-move]");
    if (!form) return;
    event.preventDefault();
    const card = form.closest("[data-card]").id;
    const taps = read();
    if (taps.some((tap) => tap.card === card)) return;
    write([...taps, { card, url: form.action, fields: [...new FormData(form)] }]);
    show();
    flush();
  });
  addEventListener("online", flush);
  show();
  flush();
  return { flush };
}
