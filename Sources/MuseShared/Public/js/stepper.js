// Minus and plus beside a number field; the field stays the truth, and never holds what can't be had.
export default function stepper(element) {
  const input = element.querySelector("input");
  let last = input.value;
  const within = (number) => Math.min(Number(input.max), Math.max(Number(input.min), number));
  const show = () => {
    for (const button of element.querySelectorAll("[data-step]")) {
      const next = Number(input.value) + Number(button.dataset.step);
      button.disabled = next < Number(input.min) || next > Number(input.max);
    }
  };
  element.addEventListener("click", (event) => {
    const step = event.target.closest("[data-step]")?.dataset.step;
    if (!step) return;
    input.value = within(Number(input.value) + Number(step));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", () => {
    // What is no number at all reads as empty.
    input.value = input.value === "" ? last : within(Math.round(Number(input.value)));
    last = input.value;
    show();
  });
  input.addEventListener("input", show);
  show();
}
