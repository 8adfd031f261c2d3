// Mounts the behaviours a page asks for by data-module="name other-name"; each is loaded when first needed.
const mounted = new WeakMap();

export function mount(behaviours, root = document) {
  const asked = [...root.querySelectorAll("[data-module]")];
  if (root.dataset?.module) asked.push(root);
  for (const element of asked) {
    const done = mounted.get(element) ?? new Set();
    mounted.set(element, done);
    for (const name of element.dataset.module.split(" ")) {
      if (!behaviours[name] || done.has(name)) continue;
      done.add(name);
      behaviours[name](element).then((module) => module.default(element));
    }
  }
}

// A behaviour that puts new markup on the page dispatches "content-added" on it.
export function start(behaviours) {
  mount(behaviours);
  document.addEventListener("content-added", (event) => mount(behaviours, event.target));
}
