// Brings the page's main part up to date while somebody looks at it, unless they are about to do something there.
const every = 10000;

export default function reloadPart(element) {
  const timer = setInterval(async () => {
    if (!element.isConnected) return clearInterval(timer);
    if (document.hidden || element.contains(document.activeElement)) return;
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer?.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(element.id);
    if (!fresh) return;
    element.replaceChildren(...fresh.childNodes);
    element.dispatchEvent(new CustomEvent("content-added", { bubbles: true }));
  }, every);
}
