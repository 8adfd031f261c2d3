// Opens an item's page as a sheet from below; without this, or when it can't be fetched, the link leads to the page itself.
let sheet;

function makeSheet(root) {
  sheet = document.createElement("dialog");
  sheet.className = "sheet";
  sheet.setAttribute("aria-labelledby", "item-name");
  sheet.innerHTML = '<div class="sheet-close"><button type="button" aria-label="Close">×</button></div><div class="sheet-body"></div>';
  sheet.addEventListener("click", (event) => {
    if (event.target === sheet || event.target.closest(".sheet-close button")) sheet.close();
  });
  sheet.addEventListener("close", () => sheet.lastElementChild.replaceChildren());
  root.append(sheet);
}

export default function itemSheet(root) {
  root.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-sheet]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    try {
      const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const item = page.getElementById("item");
      if (!item) throw new Error("no item on the page");
      if (!sheet) makeSheet(root);
      sheet.lastElementChild.replaceChildren(document.adoptNode(item));
      sheet.showModal();
      sheet.scrollTop = 0;
      item.querySelector("h1").focus();
      item.dispatchEvent(new Event("content-added", { bubbles: true }));
    } catch {
      location.assign(link.href);
    }
  });
}
