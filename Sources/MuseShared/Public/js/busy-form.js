// A form that is on its way can't be sent twice by an impatient thumb. Coming back by history frees it again.
export default function busyForm(form) {
  const button = form.querySelector("button:not([type=button])");
  form.addEventListener("submit", (event) => {
    if (button.getAttribute("aria-busy") === "true") return event.preventDefault();
    button.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", () => button.removeAttribute("aria-busy"));
}
