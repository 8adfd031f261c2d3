// Tells how old a live region is, and says so loudly once it can't be trusted.
export function keepFresh(find, staleAfterMs = 45000) {
  let confirmed = Date.now();
  const show = () => {
    const place = find();
    if (!place) return;
    const stale = Date.now() - confirmed > staleAfterMs;
    if (stale !== (place.dataset.stale === "true")) {
      place.dataset.stale = stale;
      const time = new Date(confirmed).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
      place.textContent = stale ? `Not up to date since ${time}. Trying again.` : `Updated ${time}`;
    }
  };
  setInterval(show, 1000);
  return { confirm() { confirmed = Date.now(); show(); }, loosen() { confirmed = Math.min(confirmed, Date.now() - staleAfterMs + 4000); } };
}
