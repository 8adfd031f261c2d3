// Says one sentence at the foot of the window, also to screen readers, then leaves. While a sheet is open it is said
// inside it: what lies behind is neither seen nor read.
const place = () => document.querySelector("dialog[open] .toasts") ?? document.getElementById("toasts");

export function toast(message) {
  if (!message) return;
  const box = document.createElement("p");
  box.className = "toast";
  box.textContent = message;
  place()?.replaceChildren(box);
  setTimeout(() => box.remove(), 4000);
}

// The same for what eyes see anyway.
export function announce(message) {
  const words = Object.assign(document.createElement("p"), { className: "unseen", textContent: message });
  place()?.replaceChildren(words);
  setTimeout(() => words.remove(), 4000);
}
