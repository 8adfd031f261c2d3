// Opens the specimen of a sheet in the gallery.
export default function galleryDialog(button) {
  const dialog = document.getElementById(button.getAttribute("aria-controls"));
  button.addEventListener("click", () => dialog.showModal());
}
