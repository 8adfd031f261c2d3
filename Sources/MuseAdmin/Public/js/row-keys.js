// Up and down walk through the rows of a table, from wherever nothing else wants these keys; Enter follows the row's
// link as everywhere. From the search field, down leads to what was found.
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

export default function rowKeys(table) {
  document.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const from = event.target;
    const isSearch = from.matches("input[type=search]");
    if (from !== document.body && from.id !== "main" && !table.contains(from) && !isSearch) return;
    const links = [...table.querySelectorAll(".row-link")];
    const at = links.indexOf(document.activeElement);
    if (at < 0 && step < 0) return;
    const next = at < 0 ? links[0] : links[at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}
