// Keeps the open sheet true, and says in it what has changed since it was opened.
import { money } from "/assets/js/money.js";

function showOption(input, option, price) {
  const label = input.closest(".choice");
  const wasGone = label.classList.contains("is-gone"), isGone = !option.available;
  if (wasGone === isGone && Number(input.dataset.priceMinor) === option.priceMinor) return [];
  const wasChosen = input.checked;
  label.classList.toggle("is-gone", isGone);
  input.disabled = isGone;
  if (isGone) input.checked = false;
  input.dataset.priceMinor = option.priceMinor;
  label.querySelector(".hint, .money")?.remove();
  const words = isGone ? "sold out" : option.priceMinor ? `+${price(option.priceMinor)}` : "";
  if (words) label.append(Object.assign(document.createElement("span"), { className: isGone ? "hint" : "money", textContent: words }));
  if (wasGone === isGone) return [`${option.name} is ${words || "without extra charge"} now.`];
  if (!isGone) return [`${option.name} is back.`];
  return [`${option.name} is sold out${wasChosen ? " and no longer chosen" : ""}.`];
}

// True if there was anything to say.
export function tellSheet(form, item, isGone, currency) {
  const article = form.closest("#item");
  const price = (minor) => money(minor, currency, article.dataset.locale);
  const add = form.querySelector("[data-label]");
  const said = [];
  // Not disabled: who is just about to press it keeps the focus.
  if ((add.getAttribute("aria-disabled") === "true") !== isGone) {
    add.setAttribute("aria-disabled", isGone);
    said.push(`${item.name} is ${isGone ? (item.notice ? "sold out now" : "not served now") : "back"}.`);
  }
  if (Number(article.dataset.priceMinor) !== item.priceMinor) {
    article.dataset.priceMinor = item.priceMinor;
    article.querySelector(".item-price").textContent = price(item.priceMinor);
    said.push(`${item.name} is ${price(item.priceMinor)} now.`);
  }
  for (const option of item.modifierGroups.flatMap((group) => group.options)) {
    const input = [...form.querySelectorAll("[data-group] input")].find((each) => each.value === option.id);
    if (input) said.push(...showOption(input, option, price));
  }
  if (!said.length) return false;
  form.dispatchEvent(new Event("input"));
  form.querySelector("[data-news]").textContent = said.join(" ");
  return true;
}
