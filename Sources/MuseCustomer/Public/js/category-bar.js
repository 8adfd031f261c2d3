// Marks the category one is reading and keeps its name in view.
export default function categoryBar(nav) {
  const links = new Map([...nav.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
  const seen = new Set();
  const mark = () => {
    const [id] = [...links.keys()].filter((key) => seen.has(key));
    for (const [key, link] of links) {
      if (key !== id) link.removeAttribute("aria-current");
      else if (!link.hasAttribute("aria-current")) {
        link.setAttribute("aria-current", "true");
        // Who walks through the bar by keyboard keeps the link in sight that has the focus.
        if (!nav.contains(document.activeElement)) nav.scrollTo({ left: link.offsetLeft - nav.clientWidth / 2 + link.clientWidth / 2 });
      }
    }
  };
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) entry.isIntersecting ? seen.add(entry.target.id) : seen.delete(entry.target.id);
    if (seen.size) mark();
  }, { rootMargin: "-25% 0px -60% 0px" });
  for (const id of links.keys()) {
    const section = document.getElementById(id);
    if (section) observer.observe(section);
  }
}
