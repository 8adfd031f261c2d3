// In the cart a changed quantity is sent by itself, after a short pause so that three taps make one request.
export default function quantityForm(form) {
  let timer;
  form.addEventListener("change", () => {
    clearTimeout(timer);
    timer = setTimeout(() => form.requestSubmit(), 450);
  });
}
