// Opens an item's page as a sheet from below; without this, or when it can't be shown, the link leads to the page itself.
// The phone's Back closes it, and what was chosen is still there when the same item is opened again.
import { toast } from "/assets/js/toast.js";

const chosen = new Map();
let sheet, row;

function keep() {
  const form = sheet.querySelector("form");
  if (!form) return;
  const id = form.elements.itemId.value;
  sheet.returnValue === "added" ? chosen.delete(id) : chosen.set(id, [...new FormData(form)]);
}

function restore(form) {
  for (const [name, value] of chosen.get(form?.elements.itemId.value) ?? []) {
    for (const field of form.elements) {
      if (field.name !== name || field.disabled) continue;
      if (!field.matches("[type=radio], [type=checkbox]")) field.value = value;
      else if (field.value === value) field.checked = true;
    }
  }
}

function makeSheet(root) {
  sheet = document.createElement("dialog");
  sheet.className = "sheet";
  sheet.setAttribute("aria-labelledby", "item-name");
  sheet.innerHTML = '<div class="sheet-close"><button type="button" aria-label="Close">×</button></div><div class="sheet-body"></div><div class="toasts" role="status"></div>';
  sheet.addEventListener("click", (event) => {
    if (event.target === sheet || event.target.closest(".sheet-close button")) sheet.close();
  });
  sheet.addEventListener("close", () => {
    keep();
    sheet.querySelector(".sheet-body").replaceChildren();
    // What opened it may be gone: the item is sold out by now.
    if (document.activeElement === document.body) row?.querySelector("h3 a").focus({ preventScroll: true });
  });
  root.append(sheet);
}

function show(root, item) {
  if (!sheet) makeSheet(root);
  sheet.returnValue = "";
  sheet.querySelector(".sheet-body").replaceChildren(document.adoptNode(item));
  restore(item.querySelector("form"));
  sheet.showModal();
  // An entry of its own for Back to take away. It stays when the sheet is closed otherwise: going back by ourselves
  // would stop a tap on a link that comes right after.
  if (!history.state?.sheet) {
    history.replaceState({ beneath: true }, "");
    history.pushState({ sheet: true }, "");
  }
  sheet.scrollTop = 0;
  item.querySelector("h1").focus();
  item.dispatchEvent(new Event("content-added", { bubbles: true }));
}

export default function itemSheet(root) {
  addEventListener("popstate", ({ state }) => {
    if (!state?.beneath) return;
    history.replaceState(null, "");
    sheet?.open ? sheet.close() : history.back();
  });
  root.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-sheet]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    row = link.closest("[data-item]");
    const sign = row?.querySelector(".menu-add") ?? link;
    if (sign.getAttribute("aria-busy")) return;
    sign.setAttribute("aria-busy", "true");
    const answer = await fetch(link.href, { headers: { Accept: "text/html" } }).catch(() => {});
    const text = answer?.ok ? await answer.text().catch(() => "") : "";
    sign.removeAttribute("aria-busy");
    const item = new DOMParser().parseFromString(text, "text/html").getElementById("item");
    if (item) show(root, item);
    else answer ? location.assign(link.href) : toast("No connection. Try again in a moment.");
  });
}
