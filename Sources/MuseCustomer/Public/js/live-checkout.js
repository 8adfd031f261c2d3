// Keeps the open checkout true: what is gone or costs something else is said within a second, beside what can be done. What was typed stays.
import { follow } from "/assets/js/live-events.js";
import { toast } from "/assets/js/toast.js";

const order = (root) => root.querySelector("#checkout-order");
const goneOf = (root) => [...root.querySelectorAll(".checkout-gone")];
const linesOf = (root) => order(root).querySelector(".sums").textContent;
// The tip is added to the total by another behaviour: what the server said of the order is compared, not what is shown.
const sign = (form) => [form.dataset.baseMinor, linesOf(form), ...goneOf(form).map((part) => part.textContent)].join();

function nothingLeft(form) {
  if (document.getElementById("checkout-none")) return;
  const notice = Object.assign(document.createElement("div"), { className: "notice notice-warning", id: "checkout-none" });
  notice.innerHTML = '<p>Nothing in your cart can be ordered now. <a href="/cart">See the cart</a></p>';
  order(form).prepend(notice);
  form.querySelector("button[data-pay]").disabled = true;
  toast("Nothing in your cart can be ordered now.");
}

function take(form, fresh) {
  const known = new Set(goneOf(form).map((part) => part.textContent));
  const total = form.dataset.baseMinor;
  Object.assign(form.dataset, { baseMinor: fresh.dataset.baseMinor, tipBaseMinor: fresh.dataset.tipBaseMinor });
  const focused = order(form).contains(document.activeElement);
  order(form).replaceWith(document.adoptNode(order(fresh)));
  form.querySelector("button[data-pay]").disabled = false;
  form.dispatchEvent(new Event("input"));
  if (focused) form.querySelector("button[data-pay]").focus({ preventScroll: true });
  const news = goneOf(form).filter((part) => !known.has(part.textContent)).map((part) => part.querySelector("p").textContent);
  if (!news.length && total !== form.dataset.baseMinor) news.push(`The total is ${form.querySelector("[data-pay] [data-total]").textContent} now.`);
  toast(news.join(" "));
}

export default function liveCheckout(form) {
  // The answer to a try to pay may name what no other page does: the last portion. It stays until something new is said.
  let known = goneOf(form).length ? undefined : sign(form);
  const look = async () => {
    const answer = await fetch("/checkout", { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    // With nothing left to order the checkout leads back to the cart; leaving what was typed is the guest's to decide.
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("form[data-base-minor]");
    if (!fresh) {
      known = "";
      return nothingLeft(form);
    }
    const before = known;
    known = sign(fresh);
    if (before !== undefined && before !== known) take(form, fresh);
  };
  follow({ stream: "/api/menu/stream", poll: "/api/menu", changed: () => look().catch(() => {}), alive() {} });
}
