// The total follows what one chooses: the tip at once, everything else as soon as the server has priced it again.
import { minor, money } from "/assets/js/money.js";

const PAUSE_MS = 250;
const PRICED = ["tip", "tipAmount", "promoCode", "at", "slot"];

export default function checkoutTotal(form) {
  const { currency, locale, stepMinor } = form.dataset;
  const amount = form.querySelector("#tip-amount");
  const sums = () => form.querySelector("#checkout-sums");
  let timer, asking;

  function tipOf(base) {
    const choice = form.querySelector("input[name=tip]:checked");
    if (choice?.value === "other") return minor(amount.value || "0", currency, locale) || 0;
    const step = Number(stepMinor || 1);
    return Math.round((base * Number(choice?.dataset.percent || 0)) / (100 * step)) * step;
  }

  function show() {
    const tip = tipOf(Number(form.dataset.tipBaseMinor));
    const text = money(Number(form.dataset.baseMinor) + tip, currency, locale);
    form.querySelector("[data-pay] [data-total]").textContent = text;
    sums().querySelector(".sums-total td").textContent = text;
    const row = sums().querySelector("[data-row=tip]");
    if (!row) return;
    row.hidden = tip === 0;
    row.querySelector("td").textContent = money(tip, currency, locale);
  }

  // The server's page with the same form: its words and figures take the place of ours, and what is typed stays.
  function take(page) {
    const { baseMinor, tipBaseMinor } = page.querySelector("form[data-base-minor]").dataset;
    Object.assign(form.dataset, { baseMinor, tipBaseMinor });
    for (const id of ["tip-said", "promo-said", "checkout-sums", "pay-note"]) {
      const [ours, theirs] = [document.getElementById(id), page.getElementById(id)];
      if (ours.innerHTML !== theirs.innerHTML) ours.replaceChildren(...document.adoptNode(theirs).childNodes);
    }
    for (const id of ["tip-amount", "promo-code"]) {
      for (const name of ["aria-invalid", "aria-describedby"]) {
        const value = page.getElementById(id).getAttribute(name);
        value === null ? document.getElementById(id).removeAttribute(name) : document.getElementById(id).setAttribute(name, value);
      }
    }
    const [ours, theirs] = [form.querySelectorAll(".segment .money"), page.querySelectorAll(".segment .money")];
    ours.forEach((place, index) => (place.textContent = theirs[index]?.textContent ?? place.textContent));
    form.querySelector("[data-pay]").replaceChildren(...document.adoptNode(page.querySelector("[data-pay]")).childNodes);
  }

  async function quote() {
    clearTimeout(timer);
    const body = new URLSearchParams(new FormData(form));
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch("/api/quotes", { method: "POST", body, headers: { Accept: "text/html" }, signal: asking.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (page.getElementById("checkout-sums")) take(page);
      else if (answer.redirected) location.assign(answer.url);
    } catch {
      // Without an answer the figures of the page stand; the order itself is priced again before anything is charged.
    }
  }

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(quote, PAUSE_MS);
  };
  form.addEventListener("input", (event) => {
    show();
    if (PRICED.includes(event.target.name)) soon();
  });
  form.addEventListener("change", (event) => {
    if (event.target.name === "tip" && event.target.value === "other") amount.focus();
    if (event.target.name === "slot") form.querySelector("input[name=at][value=later]").checked = true;
  });
  form.querySelector("[data-apply]").addEventListener("click", (event) => {
    event.preventDefault();
    quote();
  });
  form.querySelector("#promo-code").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    quote();
  });
  addEventListener("pageshow", (event) => {
    show();
    if (event.persisted) soon();
  });
  show();
}
