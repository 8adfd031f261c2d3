// Arrow keys go from card to card; with the focus on a card, keys tap it. The board says so itself, under “Keys”.
function neighbour(board, card, key) {
  const columns = [...board.querySelectorAll("[data-column]")].map((column) => [...column.querySelectorAll("[data-card]")]);
  if (!card) return columns.flat()[0];
  const at = columns.findIndex((cards) => cards.includes(card));
  const row = columns[at].indexOf(card);
  if (key === "ArrowDown") return columns[at][row + 1];
  if (key === "ArrowUp") return columns[at][row - 1];
  const side = key === "ArrowRight" ? columns.slice(at + 1) : columns.slice(0, at).reverse();
  const cards = side.find((cards) => cards.length);
  return cards?.[Math.min(row, cards.length - 1)];
}

export function listenToKeys(page, board, undo) {
  // Nothing has the focus at first: then the keys reach the document alone.
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("details")) return;
    if (event.target !== document.body && !page.contains(event.target)) return;
    const card = document.activeElement?.closest("[data-card]");
    const { key } = event;
    if (key.startsWith("Arrow")) {
      const next = neighbour(board, card, key);
      if (!next) return;
      event.preventDefault();
      next.focus();
      return next.scrollIntoView({ block: "nearest" });
    }
    if (!card) return;
    const isOnCard = document.activeElement === card;
    const target = {
      Enter: isOnCard && card.querySelector("[data-move]"),
      Backspace: card.querySelector("[data-back]"),
    }[key] || (/^[1-9]$/.test(key) && card.querySelectorAll(".ticket-line")[Number(key) - 1]);
    if (key.toLowerCase() === "u") undo();
    else if (target) target.click();
    else return;
    event.preventDefault();
  });
}
