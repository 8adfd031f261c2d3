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
  if (missing && !text) {
    text = document.createElement("p");
    text.className = "error";
    group.querySelector("legend").after(text);
  }
  if (missing) text.textContent = `${group.dataset.name}: choose ${min === 1 ? "one" : min}.`;
  else text?.remove();
  return missing;
}

export default function itemPrice(item) {
  const form = item.querySelector("form");
  if (!form) return;
  const { priceMinor, currency, locale } = item.dataset;
  const groups = [...form.querySelectorAll("[data-group]")];
  const show = () => {
    groups.forEach(limit);
    const options = [...form.querySelectorAll("[data-group] input:checked")].reduce((sum, input) => sum + Number(input.dataset.priceMinor), 0);
    const quantity = Math.max(1, Number(form.elements.quantity.value) || 1);
    form.querySelector("[data-total]").textContent = `· ${money((Number(priceMinor) + options) * quantity, currency, locale)}`;
  };
  form.addEventListener("change", (event) => {
    show();
    const group = event.target.closest("[data-group]");
    if (group?.querySelector(".error")) complain(group);
  });
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    const wrong = groups.filter(complain);
    if (!wrong.length) return;
    event.preventDefault();
    wrong[0].scrollIntoView({ block: "center" });
    wrong[0].querySelector("input:not(:disabled)")?.focus();
  });
  show();
}
