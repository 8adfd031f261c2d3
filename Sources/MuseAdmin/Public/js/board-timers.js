// Minutes since paid, and late by word, colour and place, between two looks at the server; by the server's clock, not the tablet's.
const skews = new WeakMap();

function words(minutes) {
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function tick(board) {
  const known = skews.get(board);
  if (known?.from !== board.dataset.nowMs) skews.set(board, { from: board.dataset.nowMs, skew: Number(board.dataset.nowMs) - Date.now() });
  const now = Date.now() + (skews.get(board).skew || 0);
  for (const column of board.querySelectorAll("[data-column]")) {
    let lateCards = 0;
    const cards = [...column.querySelectorAll("[data-card]")];
    for (const card of cards) {
      card.querySelector("[data-age]").textContent = words(Math.max(0, Math.floor((now - Number(card.dataset.paidMs)) / 60000)));
      const left = Number(card.dataset.promisedMs) - now;
      const late = left < 0 && column.dataset.column !== "ready";
      card.classList.toggle("is-late", late);
      card.classList.toggle("is-soon", !late && left < 180000 && column.dataset.column !== "ready");
      const strip = card.querySelector("[data-late]");
      strip.hidden = !late;
      lateCards += late ? 1 : 0;
      if (late) strip.textContent = `Late by ${words(Math.max(1, Math.ceil(-left / 60000)))}`;
    }
    const count = column.querySelector("[data-late-count]");
    count.hidden = lateCards === 0;
    count.textContent = `${lateCards} late`;
    column.querySelector("[data-none]").hidden = cards.length > 0;
  }
}
