export default function printPage(button) {
  button.addEventListener("click", () => print());
}
