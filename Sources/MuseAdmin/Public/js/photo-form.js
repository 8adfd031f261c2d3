// Says at once that a photo is too heavy, instead of after a minute of uploading it.
export default function photoForm(form) {
  const input = form.elements.photo;
  const words = document.getElementById("photo-error");
  input.addEventListener("change", () => {
    const [file] = input.files;
    const isTooHeavy = file && file.size > Number(form.dataset.mostBytes);
    words.hidden = !isTooHeavy;
    input.toggleAttribute("aria-invalid", isTooHeavy);
    if (!isTooHeavy) return;
    words.textContent = `“${file.name}” has ${(file.size / 1048576).toFixed(1)} MB. Choose one of at most 8 MB.`;
    input.setAttribute("aria-invalid", "true");
    input.value = "";
  });
}
