// Minutes since paid, due soon and late by word, colour and place, between two looks at the server; by the server's clock, not the tablet's.
const SOON_MS = 180000;
let known, skew = 0;

function words(minutes) {
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function show(card, now) {
  card.querySelector("[data-age]").textContent = words(Math.max(0, Math.floor((now - Number(card.dataset.paidMs)) / 60000)));
  const left = Number(card.dataset.promisedMs) - now;
  const isMade = card.dataset.state === "ready";
  const late = left < 0 && !isMade;
  const soon = left >= 0 && left < SOON_MS && !isMade;
  card.classList.toggle("is-late", late);
  card.classList.toggle("is-soon", soon);
  const strip = card.querySelector("[data-due]");
  strip.hidden = !late && !soon;
  if (late) strip.textContent = `Late by ${words(Math.max(1, Math.floor(-left / 60000)))}`;
  if (soon) strip.textContent = `Due in ${words(Math.ceil(left / 60000))}`;
  return late;
}

// How many are late, always at the same place of the board; each touch leads to the next of them.
function tell(place, cards) {
  place.hidden = cards.length === 0;
  if (place.hidden) return;
  const link = place.firstElementChild;
  const at = cards.findIndex((card) => `#${card.id}` === location.hash);
  link.href = `#${cards[(at + 1) % cards.length].id}`;
  const words = `${cards.length} late`;
  if (link.textContent !== words) link.textContent = words;
}

export function tick(page, board) {
  if (known !== board.dataset.nowMs) {
    known = board.dataset.nowMs;
    skew = Number(known) - Date.now();
  }
  const now = Date.now() + skew;
  const late = [];
  for (const column of board.querySelectorAll("[data-column]")) {
    const cards = [...column.querySelectorAll("[data-card]")];
    const mine = cards.filter((card) => show(card, now));
    late.push(...mine);
    const count = column.querySelector("[data-late-count]");
    count.hidden = mine.length === 0;
    count.textContent = `${mine.length} late`;
    column.querySelector("[data-none]").hidden = cards.length > 0;
  }
  tell(page.querySelector("[data-late]"), late);
}
