// Adding to the cart without leaving the menu. When anything is unusual the form is sent the plain way, so that the page
// explains it; without a connection the page stays, and with it all that was chosen.
import { showCart } from "/assets/js/show-cart.js";
import { toast } from "/assets/js/toast.js";

function sayOffline(form) {
  const words = "No connection. Nothing was added, your choices are still here.";
  const news = form.querySelector("[data-news]");
  news ? (news.textContent = words) : toast(words);
}

export default function cartForms(root) {
  root.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-add]");
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    const button = form.querySelector("button:not([type=button])");
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body }).catch(() => {});
    button.removeAttribute("aria-busy");
    if (!answer) return sayOffline(form);
    if (!answer.ok) return form.submit();
    const cart = await answer.json();
    showCart(cart);
    form.closest("dialog")?.close("added");
    toast(cart.message);
  });
}
