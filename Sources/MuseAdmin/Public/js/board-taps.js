// A tap is never lost: it is kept before it is sent, waits without a connection, and goes out in order when the server can be reached again.
import { add, newID, read, remove, sendAll } from "/assets/js/board-queue.js";

const LAST = "muse-board-last-tap";
const MOST_CONFLICTS = 5;

export function catchTaps(page) {
  const note = page.querySelector("[data-queue]");
  const conflicts = page.querySelector("[data-conflicts]");
  const undo = page.querySelector("[data-undo]");
  let sending = false, again = false;

  const last = () => { try { return JSON.parse(sessionStorage.getItem(LAST)); } catch { return null; } };
  function remember(tap) {
    tap ? sessionStorage.setItem(LAST, JSON.stringify(tap)) : sessionStorage.removeItem(LAST);
    undo.hidden = !tap;
    if (tap) undo.textContent = `Undo: ${tap.what}`;
  }

  function show() {
    const taps = read();
    note.hidden = taps.length === 0;
    note.textContent = taps.length === 1 ? "1 tap waits for the connection" : `${taps.length} taps wait for the connection`;
    for (const card of page.querySelectorAll("[data-card]")) {
      const mine = taps.filter((tap) => tap.card === card.id);
      card.classList.toggle("is-waiting", mine.length > 0);
      const place = card.querySelector("[data-waits]");
      place.hidden = mine.length === 0;
      place.textContent = `${mine.map((tap) => tap.said).join(", ")} … waits`;
    }
  }

  function explain(tap, why) {
    const item = document.createElement("li");
    const done = document.createElement("button");
    item.textContent = `${tap.what}: ${why}`;
    done.type = "button";
    done.className = "button button-quiet";
    done.textContent = "Understood";
    done.addEventListener("click", () => { item.remove(); conflicts.hidden = !conflicts.children.length; });
    item.append(done);
    conflicts.append(item);
    while (conflicts.children.length > MOST_CONFLICTS) conflicts.firstElementChild.remove();
    conflicts.hidden = false;
  }

  async function flush() {
    if (sending) return void (again = true);
    sending = true;
    do {
      again = false;
      const end = await sendAll((tap, { outcome, why }) => {
        if (outcome === "refused") {
          explain(tap, why);
          if (last()?.id === tap.id) remember();
        }
        show();
      });
      // The sign-in comes first; what waits is still here afterwards.
      if (end === "out") return location.reload();
    } while (again);
    sending = false;
    show();
  }

  function tap(url, fields, card, what, said) {
    const one = { id: newID(), url, card, what, said, fields: [...fields] };
    one.fields.push(["tap", one.id]);
    add(one);
    show();
    flush();
    return one;
  }

  page.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-tap]");
    if (!form) return;
    event.preventDefault();
    const card = form.closest("[data-card]")?.id;
    const fields = [...new FormData(form, event.submitter)];
    // A second touch of the same thing is the same tap.
    const same = JSON.stringify(fields);
    if (read().some((one) => one.card === card && one.url === form.action && JSON.stringify(one.fields.slice(0, -1)) === same)) return;
    remember(tap(form.action, fields, card, form.dataset.what, (event.submitter?.innerText ?? "").split("\n").pop().trim()));
  });

  undo.addEventListener("click", () => {
    const before = last();
    remember();
    if (!before) return;
    // What has not been sent was never done.
    if (!sending && read().some((one) => one.id === before.id)) {
      remove(before.id);
      return show();
    }
    tap(`/api/board/taps/${before.id}/undo`, [], before.card, `Undo of ${before.what}`, "Undo");
  });

  addEventListener("online", flush);
  addEventListener("storage", show);
  remember(last());
  show();
  flush();
  return { flush, show, undo: () => undo.hidden || undo.click() };
}
