// Tells how old a live region is, and says so loudly once it can't be trusted.
const DOUBT_MS = 4000;

export function keepFresh(find, staleAfterMs = 45000, staleWords = "Not up to date since") {
  let confirmed = Date.now();
  let doubted;
  const show = () => {
    const place = find();
    if (!place) return;
    const now = Date.now();
    const stale = now - confirmed > staleAfterMs || (doubted !== undefined && now - doubted > DOUBT_MS);
    const time = new Date(confirmed).toLocaleTimeString("en-US", { timeZone: place.dataset.zone });
    const words = stale ? `${staleWords} ${time}. Trying again.` : `Updated ${time}`;
    place.dataset.stale = stale;
    // That all is well, every few seconds, is nothing to read aloud.
    place.setAttribute("aria-live", stale ? "polite" : "off");
    if (place.textContent !== words) place.textContent = words;
  };
  setInterval(show, 1000);
  return {
    confirm() { confirmed = Date.now(); doubted = undefined; show(); },
    doubt() { doubted ??= Date.now(); },
  };
}
