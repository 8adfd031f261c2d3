// Brings the shown board to the fetched one card by card: kept cards stay where they are, changed ones change in place, new ones come at the end.
export function settle(shown, fetched) {
  shown.dataset.nowMs = fetched.dataset.nowMs;
  const arrived = [];
  const wanted = new Map([...fetched.querySelectorAll("[data-card]")].map((card) => [card.id, card]));
  for (const card of shown.querySelectorAll("[data-card]")) {
    if (!wanted.has(card.id)) card.remove();
  }
  for (const column of fetched.querySelectorAll("[data-column]")) {
    const target = shown.querySelector(`[data-column="${column.dataset.column}"]`);
    if (!target) continue;
    const list = target.querySelector("[data-cards]");
    for (const card of column.querySelectorAll("[data-card]")) {
      const old = document.getElementById(card.id);
      if (!old || !list.contains(old)) {
        old?.remove();
        card.classList.add("is-new");
        list.append(card);
        arrived.push(card);
      } else if (old.dataset.version !== card.dataset.version) {
        // The button one just reached by keyboard keeps the focus.
        const held = old.contains(document.activeElement);
        old.replaceWith(card);
        if (held) card.querySelector("button")?.focus();
      }
    }
    target.querySelector("[data-count]").textContent = column.querySelector("[data-count]").textContent;
  }
  return arrived;
}
