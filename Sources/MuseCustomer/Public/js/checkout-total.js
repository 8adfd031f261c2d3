// The tip changes the total in the summary and on the button at once; the server computes it again.
import { minor, money } from "/assets/js/money.js";

export default function checkoutTotal(form) {
  const { currency, locale, stepMinor } = form.dataset;
  const amount = form.querySelector("#tip-amount");
  const tipOf = () => {
    const choice = form.querySelector("input[name=tip]:checked");
    if (!choice) return 0;
    if (choice.value === "other") return minor(amount.value || "0", currency, locale) || 0;
    const step = Number(stepMinor || 1);
    return Math.round((Number(form.dataset.tipBaseMinor) * Number(choice.dataset.percent || 0)) / (100 * step)) * step;
  };
  const show = () => {
    const tip = tipOf();
    const total = Number(form.dataset.baseMinor) + tip;
    const text = money(total, currency, locale);
    form.elements.expectedTotalMinor.value = total;
    form.querySelector("[data-pay] [data-total]").textContent = text;
    form.querySelector(".sums-total td").textContent = text;
    const row = form.querySelector("[data-row=tip]");
    if (row) {
      row.hidden = tip === 0;
      row.querySelector("td").textContent = money(tip, currency, locale);
    }
  };
  form.addEventListener("change", (event) => {
    show();
    if (event.target.name === "tip" && event.target.value === "other") amount.focus();
    if (event.target.name === "slot") form.querySelector("input[name=at][value=later]").checked = true;
  });
  form.addEventListener("input", show);
  addEventListener("pageshow", show);
  show();
}
