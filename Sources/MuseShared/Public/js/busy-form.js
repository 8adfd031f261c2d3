// A form that is on its way can't be sent twice by an impatient thumb. Coming back by history frees it again.
export default function busyForm(form) {
  let sent;
  form.addEventListener("submit", (event) => {
    if (sent) return event.preventDefault();
    sent = event.submitter ?? form.querySelector("button:not([type=button])");
    sent.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", () => {
    sent?.removeAttribute("aria-busy");
    sent = undefined;
  });
}
