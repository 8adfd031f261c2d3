// After a refused form the summary of what is wrong takes the focus; its links go to the fields. Where the one thing to
// mend is known, the page itself has given the focus there.
export default function focusFirst(element) {
  if (!document.querySelector("[autofocus][aria-invalid]") || element.querySelectorAll("a").length > 1) element.focus({ preventScroll: false });
  element.addEventListener("click", (event) => {
    const target = document.getElementById(event.target.hash?.slice(1) ?? "");
    if (!target) return;
    event.preventDefault();
    target.scrollIntoView({ block: "center" });
    (target.matches("input, select, textarea") ? target : target.querySelector("input, select, textarea") ?? target).focus();
  });
}
