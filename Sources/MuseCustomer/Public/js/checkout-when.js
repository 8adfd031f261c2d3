// The times show with “Later” alone, and what does not show is not sent. Without this the list has an entry of its own for
// as soon as possible, and a chosen time counts whatever the buttons say.
export default function checkoutWhen(part) {
  const later = part.querySelector("[name=at][value=later]");
  const slot = part.querySelector("[name=slot]");
  if (!later || !slot) return;
  slot.querySelector("option[value='']")?.remove();
  const show = () => { slot.disabled = !later.checked; };
  part.addEventListener("input", show);
  part.addEventListener("change", show);
  addEventListener("pageshow", show);
  show();
}
