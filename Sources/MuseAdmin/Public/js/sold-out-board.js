// The 86 board by thumb and by keyboard: type to find, walk with the arrows, and a tap changes its row and nothing else.
import { toast } from "/assets/js/toast.js";

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function find(root) {
  const input = root.querySelector("#board-search");
  input.addEventListener("input", () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const section of root.querySelectorAll(".eighty-six")) {
      const name = section.querySelector("h2").textContent;
      for (const row of section.querySelectorAll("li[id]")) {
        const text = plain(`${row.querySelector("b").textContent} ${name}`);
        row.hidden = !words.every((word) => text.includes(word));
        found += !row.hidden;
      }
      section.hidden = !section.querySelector("li[id]:not([hidden])");
    }
    root.querySelector("#board-none").textContent = found ? "" : `Nothing called “${input.value.trim()}”.`;
  });
  return input;
}

async function mark(root, form, submitter) {
  const row = form.closest("li");
  const data = new URLSearchParams(new FormData(form, submitter));
  const answer = await fetch(form.action, { method: "POST", headers: { Accept: "text/html" }, body: data });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(row.id);
  if (!fresh) throw new Error("no such row");
  row.replaceWith(document.adoptNode(fresh));
  fresh.querySelector("[data-tap]").focus({ preventScroll: true });
  root.querySelector("#board-summary").textContent = page.getElementById("board-summary").textContent;
  toast(page.querySelector(".flash")?.textContent.trim());
}

export default function soldOutBoard(root) {
  const input = find(root);
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter?.getAttribute("aria-busy") === "true") return;
    event.submitter?.setAttribute("aria-busy", "true");
    // When anything is unusual the form is sent the plain way, so that the page explains it.
    mark(root, event.target, event.submitter).catch(() => {
      const sent = event.submitter;
      if (sent?.name) event.target.append(Object.assign(document.createElement("input"), { type: "hidden", name: sent.name, value: sent.value }));
      event.target.submit();
    });
  });
  root.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.target.closest("[type=time]")) return;
    const taps = [...root.querySelectorAll("li[id]:not([hidden]) [data-tap]")].filter((tap) => !tap.closest("[hidden]"));
    const at = taps.indexOf(event.target.closest("li")?.querySelector("[data-tap]"));
    event.preventDefault();
    (taps[at + step] ?? (step < 0 ? input : taps.at(-1)))?.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.matches("input, textarea")) return;
    event.preventDefault();
    input.select();
  });
}
