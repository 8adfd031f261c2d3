// Narrows the printed menu while one types: every word must be somewhere in the item, accents and case don't matter.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export default function menuSearch(element) {
  const input = element.querySelector("input");
  const card = document.querySelector(element.dataset.items);
  const none = document.getElementById("menu-none");
  const items = [...card.querySelectorAll("[data-item]")].map((item) => ({
    item,
    text: plain(`${item.innerText} ${item.closest("section").querySelector("h2").textContent}`),
  }));
  input.addEventListener("input", () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const { item, text } of items) {
      item.hidden = !words.every((word) => text.includes(word));
      if (!item.hidden) found += 1;
    }
    for (const section of card.querySelectorAll("section")) {
      section.hidden = !section.querySelector("[data-item]:not([hidden])");
    }
    none.hidden = found > 0;
    none.textContent = found ? "" : `Nothing called “${input.value.trim()}” today. Try another word, or clear the search.`;
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    input.value = "";
    input.dispatchEvent(new Event("input"));
  });
}
