// Keeps what is typed at the checkout in this tab, so that a page that was lost loses nothing; forgotten once it is paid.
// A card's number is never typed on our pages.
const KEY = "checkout";
const FIELDS = ["name", "email", "phone", "note", "tip", "tipAmount", "slot", "at"];

// A browser may refuse to keep anything: then nothing is kept.
const quietly = (act) => { try { return act(); } catch { return undefined; } };

function restore(form, name, value) {
  const field = form.elements[name];
  if (!field || field.value === value) return;
  if (field.options && ![...field.options].some((option) => option.value === value && !option.disabled)) return;
  field.value = value;
  const place = field instanceof RadioNodeList ? [...field].find((radio) => radio.checked) : field;
  place?.dispatchEvent(new Event("input", { bubbles: true }));
}

export default function keepCheckout(element) {
  if (!element.matches("form")) return quietly(() => sessionStorage.removeItem(KEY));
  const form = element;
  const isFresh = ["name", "email", "phone", "note"].every((name) => !form.elements[name]?.value);
  const kept = isFresh ? quietly(() => JSON.parse(sessionStorage.getItem(KEY))) ?? {} : {};
  for (const name of FIELDS) if (kept[name]) restore(form, name, kept[name]);
  form.addEventListener("input", () => quietly(() => {
    const typed = FIELDS.map((name) => [name, form.elements[name]?.value]).filter(([, value]) => value);
    sessionStorage.setItem(KEY, JSON.stringify(Object.fromEntries(typed)));
  }));
}
