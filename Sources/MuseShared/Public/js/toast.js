// Says one sentence at the foot of the window, also to screen readers, then leaves.
export function toast(message) {
  const place = document.getElementById("toasts");
  if (!place || !message) return;
  const box = document.createElement("p");
  box.className = "toast";
  box.textContent = message;
  place.replaceChildren(box);
  setTimeout(() => box.remove(), 4000);
}
