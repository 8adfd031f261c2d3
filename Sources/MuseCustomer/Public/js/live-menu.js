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

function showRow(row, item) {
  const foot = row.querySelector(".menu-foot");
  const old = foot.querySelector(".menu-back, .menu-add")?.closest("form, a, p");
  const hadFocus = foot.contains(document.activeElement);
  const now = item.available ? control(item)
    : Object.assign(document.createElement("p"), { className: "menu-back small", textContent: item.notice ?? item.servedWords ?? "Sold out for now" });
  old ? old.replaceWith(now) : foot.append(now);
  row.classList.toggle("is-sold-out", !item.available);
  if (hadFocus) (now.matches("a") ? now : now.querySelector("button") ?? row.querySelector("h3 a")).focus({ preventScroll: true });
}

export default function liveMenu() {
  const look = async (news) => {
    const menu = news?.categories ? news : await fetch("/api/menu").then((answer) => answer.json(), () => undefined);
    const said = [];
    const form = document.querySelector("#item form");
    const { tellSheet } = form ? await import("/assets/js/sheet-news.js") : {};
    for (const item of menu?.categories.flatMap((category) => category.items) ?? []) {
      const row = document.getElementById(`item-${item.id}`);
      if (!row) continue;
      const isTold = form?.elements.itemId.value === item.id && tellSheet(form, item, !item.available, menu.currency);
      if (row.classList.contains("is-sold-out") === item.available) {
        showRow(row, item);
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
