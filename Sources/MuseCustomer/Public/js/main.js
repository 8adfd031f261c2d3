import { start } from "/assets/js/mount.js";

start({
  "busy-form": () => import("/assets/js/busy-form.js"),
  "cart-forms": () => import("/assets/js/cart-forms.js"),
  "category-bar": () => import("/assets/js/category-bar.js"),
  "checkout-total": () => import("/assets/js/checkout-total.js"),
  "focus-first": () => import("/assets/js/focus-first.js"),
  "gallery-dialog": () => import("/assets/js/gallery-dialog.js"),
  "item-price": () => import("/assets/js/item-price.js"),
  "item-sheet": () => import("/assets/js/item-sheet.js"),
  "menu-search": () => import("/assets/js/menu-search.js"),
  "order-live": () => import("/assets/js/order-live.js"),
  "pickup-board": () => import("/assets/js/pickup-board.js"),
  "print-page": () => import("/assets/js/print-page.js"),
  "quantity-form": () => import("/assets/js/quantity-form.js"),
  "stepper": () => import("/assets/js/stepper.js"),
});
