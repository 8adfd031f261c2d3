import { start } from "/assets/js/mount.js";

start({
  "ordering-strip": () => import("/assets/js/ordering-strip.js"),
  board: () => import("/assets/js/board.js"),
  "busy-form": () => import("/assets/js/busy-form.js"),
  "focus-first": () => import("/assets/js/focus-first.js"),
  "gallery-dialog": () => import("/assets/js/gallery-dialog.js"),
  "photo-form": () => import("/assets/js/photo-form.js"),
  "print-page": () => import("/assets/js/print-page.js"),
  "reload-part": () => import("/assets/js/reload-part.js"),
  "row-keys": () => import("/assets/js/row-keys.js"),
  "sort-list": () => import("/assets/js/sort-list.js"),
  "send-on-change": () => import("/assets/js/send-on-change.js"),
  "sold-out-board": () => import("/assets/js/sold-out-board.js"),
  stepper: () => import("/assets/js/stepper.js"),
});
