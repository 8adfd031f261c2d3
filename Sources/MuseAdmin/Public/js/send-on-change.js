// Filters that are picked apply at once; what is typed waits for Enter.
export default function sendOnChange(form) {
  form.addEventListener("change", (event) => {
    if (event.target.matches("select, input[type=date]")) form.requestSubmit();
  });
}
