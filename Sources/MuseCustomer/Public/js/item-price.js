// The button says what adding costs while one chooses, and groups refuse too much or too little before the server has to.
import { money } from "/assets/js/money.js";

function checked(group) { return [...group.querySelectorAll("input:checked")]; }

function limit(group) {
  const max = Number(group.dataset.max);
  const boxes = [...group.querySelectorAll("input[type=checkbox]")];
  if (!max || !boxes.length) return;
  const full = checked(group).length >= max;
  for (const box of boxes) {
    if (!box.closest(".is-gone")) box.disabled = full && !box.checked;
  }
}

function complain(group) {
  const min = Number(group.dataset.min);
  const missing = checked(group).length < min;
  let text = group.querySelector(".error");
  if (!missing) {
    text?.remove();
    group.removeAttribute("aria-describedby");
    return false;
  }
  if (!text) {
    text = Object.assign(document.createElement("p"), { className: "error", id: `${group.id}-error`, role: "alert" });
    group.querySelector("legend").after(text);
  }
  text.textContent = `${group.dataset.name}: choose ${min === 1 ? "one" : min}.`;
  group.setAttribute("aria-describedby", text.id);
  return true;
}

export default function itemPrice(item) {
  const form = item.querySelector("form");
  if (!form) return;
  const { currency, locale } = item.dataset;
  const groups = [...form.querySelectorAll("[data-group]")];
  const show = () => {
    groups.forEach(limit);
    const options = [...form.querySelectorAll("[data-group] input:checked")].reduce((sum, input) => sum + Number(input.dataset.priceMinor), 0);
    const quantity = Math.max(1, Number(form.elements.quantity.value) || 1);
    form.querySelector("[data-total]").textContent = `· ${money((Number(item.dataset.priceMinor) + options) * quantity, currency, locale)}`;
  };
  form.addEventListener("change", (event) => {
    show();
    const group = event.target.closest("[data-group]");
    if (group?.querySelector(".error")) complain(group);
  });
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    // Sold out while one chose: why is said beside the button.
    if (form.querySelector("[data-label]").getAttribute("aria-disabled") === "true") return event.preventDefault();
    const wrong = groups.filter(complain);
    if (!wrong.length) return;
    event.preventDefault();
    wrong[0].scrollIntoView({ block: "center" });
    // The group itself: it is read with its name and what is wrong, and Tab goes on to its choices.
    wrong[0].focus({ preventScroll: true });
  });
  show();
}
