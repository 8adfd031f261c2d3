// Adding to the cart without leaving the menu. When anything is unusual the form is sent the plain way, so that the page explains it.
import { showCart } from "/assets/js/show-cart.js";
import { toast } from "/assets/js/toast.js";

export default function cartForms(root) {
  root.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-add]");
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    const button = form.querySelector("button:not([type=button])");
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(new FormData(form)),
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const cart = await answer.json();
      showCart(cart);
      form.closest("dialog")?.close();
      toast(cart.message);
    } catch {
      form.submit();
    } finally {
      button.removeAttribute("aria-busy");
    }
  });
}
