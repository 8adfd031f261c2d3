// Up and down walk through the rows of a table; Enter follows the row's link as everywhere.
export default function rowKeys(table) {
  table.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const links = [...table.querySelectorAll(".row-link")];
    const next = links[links.indexOf(document.activeElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}
