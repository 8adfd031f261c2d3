// Changes the open cart without leaving it. What is changed is sent by itself, after a short pause so that three taps make
// one request; nobody goes on to the checkout before it has arrived. What is removed can be put back.
import { announce, toast } from "/assets/js/toast.js";

const PAUSE_MS = 450;

export default function cartChanges(main) {
  const waiting = new Map();
  let running = Promise.resolve(), busy = 0, going = 0;

  const bodyOf = (form) => new URLSearchParams(new FormData(form));

  function show(page, focusID) {
    const focused = document.activeElement;
    const hadFocus = main.contains(focused) || focused === document.body;
    main.replaceChildren(...document.adoptNode(page.getElementById("main")).childNodes);
    for (const count of document.querySelectorAll("[data-cart=count]")) count.textContent = page.querySelector("[data-cart=count]").textContent;
    main.dispatchEvent(new Event("content-added", { bubbles: true }));
    if (!hadFocus) return;
    const [, index] = focusID?.match(/-(\d+)$/) ?? [];
    const found = [focusID, `quantity-${index}`].map((id) => document.getElementById(id)).find((place) => place && !place.disabled);
    (found ?? main).focus({ preventScroll: true });
    if (focusID === "promo-code") found.value = focused.value;
  }

  async function page(address, options) {
    const answer = await fetch(address, { ...options, headers: { Accept: "text/html" } });
    if (!answer.ok) {
      location.reload();
      throw new Error(String(answer.status));
    }
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  // Where a line was there is now the way back to it, and the focus.
  function offerBack(line, place, fields) {
    const box = document.createElement(main.querySelector(".lines") ? "li" : "div");
    box.className = "line-removed";
    box.innerHTML = '<p></p><button type="button" class="button button-quiet" id="put-back">Put it back</button>';
    box.firstChild.textContent = `${line} is no longer in your cart.`;
    box.lastChild.addEventListener("click", () => queue(() => putBack(fields)));
    const list = main.querySelector(".lines") ?? main;
    list.insertBefore(box, list.children[place] ?? null);
    box.lastChild.focus({ preventScroll: true });
  }

  async function putBack(fields) {
    const answer = await fetch("/cart/lines", { method: "POST", body: fields, headers: { Accept: "application/json" } });
    if (!answer.ok) return location.reload();
    show(await page("/cart"));
    const lines = main.querySelectorAll(".line");
    lines[lines.length - 1]?.querySelector(".stepper input")?.focus();
    sayTotal();
  }

  function sayTotal(before = "") {
    const total = main.querySelector(".sums-total td")?.textContent;
    announce(`${before}${total ? `The total is ${total}.` : "Your cart is empty."}`);
  }

  async function send(form) {
    const line = form.closest(".line");
    const body = bodyOf(form);
    const place = [...main.querySelectorAll(".line")].indexOf(line);
    const [name, before] = [line.querySelector("h2").textContent, line.querySelector("[name=quantity][id]")?.defaultValue];
    const focusID = document.activeElement?.id;
    const answer = await page(form.action, { method: "POST", body });
    // A later change is on its way: its answer shows both.
    if (waiting.size) return;
    show(answer, focusID);
    if (body.get("quantity") !== "0") return sayTotal();
    const { item, options, note } = line.dataset;
    if (!item || !before) return sayTotal(`${name} is no longer in your cart. `);
    const fields = new URLSearchParams({ itemId: item, quantity: before, note });
    for (const id of options.split(",").filter(Boolean)) fields.append("option.again", id);
    offerBack(name, Math.max(0, place), fields);
    sayTotal(`${name} is no longer in your cart. `);
  }

  // One after the other; the answer is whether it arrived.
  function queue(job) {
    busy += 1;
    main.setAttribute("aria-busy", "true");
    running = running.then(job).then(() => true, (error) => {
      if (!(error instanceof TypeError)) return false;
      for (const input of main.querySelectorAll("[name=quantity][id]")) input.value = input.defaultValue;
      toast("No connection. Your cart is as it was.");
      return false;
    }).finally(() => {
      busy -= 1;
      if (!busy) main.removeAttribute("aria-busy");
    });
    return running;
  }

  function sendSoon(form) {
    clearTimeout(waiting.get(form));
    waiting.delete(form);
    const goes = form.elements.quantity.value === "0";
    if (goes) going += 1;
    return queue(() => send(form)).finally(() => { if (goes) going -= 1; });
  }

  function flush() {
    for (const form of [...waiting.keys()]) sendSoon(form);
    return running;
  }

  const isOurs = (form) => form?.matches(".line-acts form");
  main.addEventListener("change", ({ target }) => {
    const { form } = target;
    if (!isOurs(form)) return;
    if (going) return void (target.value = target.defaultValue);
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(flush, PAUSE_MS));
  });
  main.addEventListener("submit", (event) => {
    if (!isOurs(event.target)) return;
    event.preventDefault();
    clearTimeout(waiting.get(event.target));
    waiting.delete(event.target);
    flush();
    sendSoon(event.target);
  });
  document.addEventListener("click", (event) => {
    // Lines are told by their place: while one goes, the others can't be touched.
    if (going && event.target.closest(".line-acts button")) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const link = event.target.closest("a[href]");
    if (!link || !(busy || waiting.size) || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    link.setAttribute("aria-busy", "true");
    flush().then((arrived) => {
      link.removeAttribute("aria-busy");
      if (arrived) location.assign(link.href);
    });
  }, true);
  addEventListener("pagehide", () => {
    for (const form of waiting.keys()) fetch(form.action, { method: "POST", body: bodyOf(form), keepalive: true }).catch(() => {});
    waiting.clear();
  });
}
