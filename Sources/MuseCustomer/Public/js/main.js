import { start } from "/assets/js/mount.js";

// Following the kitchen can wait until the page can be read and used: whoever is still there then wants to be told.
const settled = () => new Promise((done) => setTimeout(done, 1500));

// The search is fetched when somebody turns to it.
const touched = (element) => new Promise((done) => element.addEventListener("focusin", done, { once: true }));

start({
  "busy-form": () => import("/assets/js/busy-form.js"),
  "cart-changes": () => import("/assets/js/cart-changes.js"),
  "cart-forms": () => import("/assets/js/cart-forms.js"),
  "category-bar": () => import("/assets/js/category-bar.js"),
  "checkout-total": () => import("/assets/js/checkout-total.js"),
  "checkout-when": () => import("/assets/js/checkout-when.js"),
  "focus-first": () => import("/assets/js/focus-first.js"),
  "gallery-dialog": () => import("/assets/js/gallery-dialog.js"),
  "live-checkout": () => import("/assets/js/live-checkout.js"),
  "item-price": () => import("/assets/js/item-price.js"),
  "item-sheet": () => import("/assets/js/item-sheet.js"),
  "keep-checkout": () => import("/assets/js/keep-checkout.js"),
  "live-cart": () => import("/assets/js/live-cart.js"),
  "live-menu": () => settled().then(() => import("/assets/js/live-menu.js")),
  "menu-search": (element) => touched(element).then(() => import("/assets/js/menu-search.js")),
  "order-live": () => import("/assets/js/order-live.js"),
  "pickup-board": () => import("/assets/js/pickup-board.js"),
  "print-page": () => import("/assets/js/print-page.js"),
  "stepper": () => import("/assets/js/stepper.js"),
});
