// Minus and plus beside a number field; the field stays the truth.
export default function stepper(element) {
  const input = element.querySelector("input");
  const show = () => {
    for (const button of element.querySelectorAll("[data-step]")) {
      const next = Number(input.value) + Number(button.dataset.step);
      button.disabled = next < Number(input.min) || next > Number(input.max);
    }
  };
  element.addEventListener("click", (event) => {
    const step = event.target.closest("[data-step]")?.dataset.step;
    if (!step) return;
    input.value = Math.min(Number(input.max), Math.max(Number(input.min), Number(input.value) + Number(step)));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    show();
  });
  input.addEventListener("input", show);
  show();
}
