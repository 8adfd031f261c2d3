// Keeps the open menu true: an 86, a return or a new price is there within a second, and nothing moves, loses focus or is forgotten.
import { follow } from "/assets/js/live-events.js";
import { money } from "/assets/js/money.js";
import { toast } from "/assets/js/toast.js";

function control(item) {
  const needsChoice = item.modifierGroups.some((group) => group.min > 0);
  const made = document.createElement(needsChoice ? "a" : "form");
  const name = Object.assign(document.createElement("span"), { className: "unseen", textContent: needsChoice ? ` for ${item.name}` : ` ${item.name}` });
  if (needsChoice) {
    Object.assign(made, { className: "button button-quiet menu-add", href: `/menu/${item.id}`, textContent: "Choose" }).append(name);
    made.dataset.sheet = "";
    return made;
  }
  Object.assign(made, { method: "post", action: "/cart/lines" }).dataset.add = "";
  made.innerHTML = '<input type="hidden" name="itemId"><input type="hidden" name="quantity" value="1"><button class="button button-quiet menu-add">Add</button>';
  made.elements.itemId.value = item.id;
  made.lastChild.append(name);
  return made;
}

// What is not served at this hour can be ordered for a later one, within the times on offer.
const isAhead = (item, until) => !item.available && !item.notice && Date.parse(item.returnsAt) <= Date.parse(until);
const stateOf = (item, until) => item.available ? "" : isAhead(item, until) ? "is-ahead" : "is-sold-out";
const shownState = (row) => ["is-ahead", "is-sold-out"].find((name) => row.classList.contains(name)) ?? "";

function showRow(row, item, state) {
  const foot = row.querySelector(".menu-foot");
  const hadFocus = foot.contains(document.activeElement);
  for (const old of foot.querySelectorAll(".menu-back, .menu-add")) old.closest("form, a, p").remove();
  const words = Object.assign(document.createElement("p"), {
    className: "menu-back small",
    textContent: `${item.notice ?? item.servedWords ?? "Sold out for now"}${state === "is-ahead" ? ", order ahead" : ""}`,
  });
  foot.append(...(state ? [words] : []), ...(state === "is-sold-out" ? [] : [control(item)]));
  row.classList.toggle("is-ahead", state === "is-ahead");
  row.classList.toggle("is-sold-out", state === "is-sold-out");
  if (hadFocus) (foot.querySelector("a.menu-add, .menu-add") ?? row.querySelector("h3 a")).focus({ preventScroll: true });
}

export default function liveMenu(main) {
  const look = async (news) => {
    const menu = news?.categories ? news : await fetch("/api/menu").then((answer) => answer.json(), () => undefined);
    const said = [];
    const form = document.querySelector("#item form");
    const { tellSheet } = form ? await import("/assets/js/sheet-news.js") : {};
    for (const item of menu?.categories.flatMap((category) => category.items) ?? []) {
      const row = document.getElementById(`item-${item.id}`);
      if (!row) continue;
      const state = stateOf(item, main.dataset.aheadUntil);
      const isTold = form?.elements.itemId.value === item.id && tellSheet(form, item, state === "is-sold-out", menu.currency);
      if (shownState(row) !== state) {
        showRow(row, item, state);
        if (!isTold) said.push(`${item.name} is ${item.available ? "back" : item.notice ? "sold out" : "not served now"}.`);
      }
      const place = row.querySelector(".menu-line .money");
      const price = money(item.priceMinor, menu.currency, "en-US");
      if (place.textContent !== price) {
        place.textContent = price;
        if (!isTold) said.push(`${item.name} is ${price} now.`);
      }
    }
    toast(said.join(" "));
  };
  follow({ stream: "/api/menu/stream", poll: "/api/menu", changed: look, alive() {} });
}
