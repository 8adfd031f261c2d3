// Rows that are moved by their handles: dragged with a pointer, or with the arrow keys. A list with a data-url sends its order.
import { toast } from "/assets/js/toast.js";

export default function sortList(list) {
  const rows = () => [...list.children];
  let sent = rows().map((row) => row.dataset.row).join();

  async function send() {
    const ids = rows().map((row) => row.dataset.row);
    if (!list.dataset.url || ids.join() === sent) return;
    sent = ids.join();
    rows().forEach((row, place) => {
      const steps = row.querySelectorAll("[name=by]");
      steps.forEach((step) => (step.disabled = place === (step.value < 0 ? 0 : ids.length - 1)));
    });
    const answer = await fetch(list.dataset.url, {
      method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ kind: list.dataset.kind, ids }),
    }).catch(() => null);
    if (answer?.ok) return toast("The order waits in the draft.");
    const problem = await answer?.json().catch(() => null);
    toast(problem?.detail ?? "The order could not be saved. Load the page again.");
  }

  list.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || !event.target.matches("[data-handle]")) return;
    event.preventDefault();
    const row = event.target.closest("[data-row]");
    const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    step < 0 ? other.before(row) : other.after(row);
    event.target.focus();
    send();
  });

  list.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-handle]");
    if (!handle || event.button) return;
    const row = handle.closest("[data-row]");
    handle.setPointerCapture(event.pointerId);
    row.classList.add("is-dragged");
    const move = ({ clientY }) => {
      const over = rows().find((other) => other !== row && clientY >= other.getBoundingClientRect().top && clientY < other.getBoundingClientRect().bottom);
      if (!over) return;
      // The others are moved around it: a row that is taken out of the page lets go of the pointer.
      const isBelow = rows().indexOf(over) > rows().indexOf(row);
      for (let other; other !== over;) {
        other = isBelow ? row.nextElementSibling : row.previousElementSibling;
        isBelow ? row.before(other) : row.after(other);
      }
    };
    const end = () => {
      handle.removeEventListener("pointermove", move);
      row.classList.remove("is-dragged");
      send();
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("lostpointercapture", end, { once: true });
  });
}
