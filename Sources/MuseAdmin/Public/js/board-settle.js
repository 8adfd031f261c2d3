// Brings the board to what the news says, card by card: kept cards stay where they are, changed ones change in place, new ones come at the end.
function drawn(markup) {
  const box = document.createElement("template");
  box.innerHTML = markup;
  return box.content.firstElementChild;
}

function place(id, markup, list) {
  const old = document.getElementById(`order-${id}`);
  const isHere = old !== null && list.contains(old);
  if (markup === undefined) {
    if (isHere || !old) return;
    list.append(old);
    return old;
  }
  const card = drawn(markup);
  if (isHere && old.dataset.version === card.dataset.version) return;
  // What one just reached by keyboard keeps the focus.
  const held = old?.contains(document.activeElement) ? document.activeElement : undefined;
  const index = held && old !== held ? [...old.querySelectorAll("a, button")].indexOf(held) : -1;
  if (isHere) old.replaceWith(card);
  else {
    old?.remove();
    card.classList.add("is-new");
    list.append(card);
  }
  if (held) (index >= 0 ? card.querySelectorAll("a, button")[index] ?? card : card).focus({ preventScroll: isHere });
  return isHere ? undefined : card;
}

// The cards that came into a column now.
export function settle(board, news) {
  board.dataset.nowMs = Date.parse(news.at);
  const arrived = [];
  const wanted = new Set(news.columns.flatMap((column) => column.ids.map((id) => `order-${id}`)));
  for (const card of board.querySelectorAll("[data-card]")) if (!wanted.has(card.id)) leave(card);
  for (const column of news.columns) {
    const section = board.querySelector(`[data-column="${column.state}"]`);
    const list = section?.querySelector("[data-cards]");
    if (!list) continue;
    for (const id of column.ids) {
      const card = place(id, news.cards[id], list);
      if (card) arrived.push(card);
    }
    section.querySelector("[data-count]").textContent = column.ids.length;
  }
  return arrived;
}

// Who stood on a card that goes stands on its neighbour.
function leave(card) {
  const next = card.nextElementSibling ?? card.previousElementSibling;
  const held = card.contains(document.activeElement);
  card.remove();
  if (held) (next ?? document.getElementById("main")).focus({ preventScroll: true });
}

// Panels that are open stay open, and focus stays where it is.
export function settleSides(place, markup) {
  const open = [...place.querySelectorAll("details[open]")].map((fold) => fold.dataset.fold);
  const held = place.contains(document.activeElement) ? [...place.querySelectorAll("summary, button")].indexOf(document.activeElement) : -1;
  place.innerHTML = markup;
  for (const fold of place.querySelectorAll("details")) fold.open = open.includes(fold.dataset.fold);
  if (held >= 0) [...place.querySelectorAll("summary, button")][held]?.focus({ preventScroll: true });
}
