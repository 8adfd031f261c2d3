// A form that is on its way can't be sent twice by an impatient thumb. Coming back by history frees it again.
// With data-probe it is sent only once the server has answered there: without a connection the page stays as it is.
import { toast } from "/assets/js/toast.js";

const PROBE_MS = 10000;

export default function busyForm(form) {
  let sent, reached = false;
  const free = () => {
    sent?.removeAttribute("aria-busy");
    sent = undefined;
    reached = false;
  };
  form.addEventListener("submit", async (event) => {
    if (reached) return;
    if (sent || form.dataset.probe) event.preventDefault();
    if (sent) return;
    const submitter = event.submitter ?? form.querySelector("button:not([type=button])");
    sent = submitter;
    sent.setAttribute("aria-busy", "true");
    if (!form.dataset.probe) return;
    try {
      await fetch(form.dataset.probe, { cache: "no-store", signal: AbortSignal.timeout(PROBE_MS) });
    } catch {
      free();
      return toast(form.dataset.offline);
    }
    reached = true;
    form.requestSubmit(submitter);
  });
  addEventListener("pageshow", free);
}
