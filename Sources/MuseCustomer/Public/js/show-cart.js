// Puts a new count and total into every place that shows the cart.
export function showCart({ count, total, words }) {
  for (const place of document.querySelectorAll("[data-cart]")) {
    const value = { count, total, words: words ?? (Number(count) === 1 ? "1 item" : `${count} items`) }[place.dataset.cart];
    place.textContent = Number(count) > 0 ? value : "";
  }
  const bar = document.getElementById("cart-bar");
  if (!bar) return;
  bar.hidden = !(Number(count) > 0);
  bar.classList.remove("just-added");
  void bar.offsetWidth;
  bar.classList.add("just-added");
}
