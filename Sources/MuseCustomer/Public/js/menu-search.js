// Narrows the printed menu while one types: every word must be in the item, its tags or its choices; accents and case don't
// matter. “Nut free” and “no milk” leave out what contains that. What is contained is never found by its name alone:
// who types “nuts” with an allergy must not be led to them.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/-/g, " ");
const one = (word) => (word.length > 3 ? word.replace(/s$/, "") : word);

const ALLERGENS = ["gluten", "crustacean", "egg", "fish", "peanut", "soybean", "milk", "nut", "celery", "mustard", "sesame", "sulphite", "lupin", "mollusc"];
// What people call them, and what else is meant by it.
const ALSO = {
  nut: ["almond", "cashew", "pecan", "pistachio"], dairy: ["milk"], lactose: ["milk"], gluten: ["wheat", "barley", "rye", "oat", "spelt"],
  wheat: ["gluten"], soy: ["soybean"], soya: ["soybean"], sulfite: ["sulphite"], shellfish: ["crustacean", "mollusc"], seafood: ["fish", "crustacean", "mollusc"],
};
const WITHOUT = /\b(?:no|non|without|free (?:of|from)) (\S+)|(\S+) free\b/g;

function read(typed) {
  const avoided = [], named = [];
  const rest = plain(typed).replace(/\s+/g, " ").replace(WITHOUT, (all, after, before) => {
    const word = one(after ?? before);
    if (!ALLERGENS.includes(word) && !ALSO[word]) return all;
    avoided.push(word);
    named.push(after ?? before);
    return " ";
  });
  return { avoided, named, words: rest.split(" ").filter(Boolean) };
}

const holds = (contained, word) => [word, ...(ALSO[word] ?? [])].some((each) => contained.includes(each));

function sentence(found, typed, { named, words }) {
  if (named.length && found) return `${found === 1 ? "1 thing does" : `${found} things do`} not list ${named.join(" or ")}. Tell us about an allergy before you order.`;
  if (found) return found === 1 ? "1 thing found." : `${found} things found.`;
  const word = words.find((each) => ALLERGENS.includes(one(each)));
  return `Nothing called “${typed.trim()}” today. ${word ? `To leave out what contains it, search for “no ${word}”.` : "Try another word, or clear the search."}`;
}

export default function menuSearch(element) {
  const input = element.querySelector("input");
  const bar = element.closest(".menu-bar");
  const card = document.querySelector(element.dataset.items);
  const said = document.getElementById("menu-found");
  const items = [...card.querySelectorAll("[data-item]")].map((item) => {
    const told = [...item.querySelectorAll("h3, .menu-description, .menu-tags > :not(.menu-allergens)"), item.closest("section").querySelector("h2")];
    return {
      item,
      text: plain([...told.map((place) => place.textContent), item.dataset.choices ?? ""].join(" ")),
      contained: plain(item.querySelector(".menu-allergens")?.textContent ?? ""),
    };
  });

  function show() {
    const asked = read(input.value);
    const isAsked = asked.words.length + asked.avoided.length > 0;
    let found = 0, first;
    for (const { item, text, contained } of items) {
      item.hidden = !asked.words.every((word) => text.includes(word)) || asked.avoided.some((word) => holds(contained, word));
      if (item.hidden) continue;
      found += 1;
      first ??= item;
    }
    for (const section of card.querySelectorAll("section")) {
      section.hidden = !section.querySelector("[data-item]:not([hidden])");
      const link = bar.querySelector(`a[href="#${section.id}"]`);
      if (link) link.parentElement.hidden = section.hidden;
    }
    said.className = found && !asked.avoided.length ? "unseen" : found ? "menu-found small" : "menu-none";
    said.textContent = isAsked ? sentence(found, input.value, asked) : "";
    if (!isAsked || !first) return;
    const { top, bottom } = first.getBoundingClientRect();
    if (top < bar.getBoundingClientRect().bottom || bottom > innerHeight) first.scrollIntoView({ block: "start" });
  }

  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    input.value = "";
    show();
  });
  // What was typed while this came.
  if (input.value) show();
}
