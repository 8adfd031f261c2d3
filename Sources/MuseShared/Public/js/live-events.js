// Follows a server-sent stream. When the stream can't be had, asks `poll` every few seconds instead and keeps trying the stream.
// `changed` is called for each sign that something may be new; `alive` with true or false as the connection comes and goes.
export function follow({ stream, poll, changed, alive, pollEvery = 5000, quietAfter = 40000 }) {
  let source, timer, watchdog, ended = false;
  const heard = () => {
    alive(true);
    clearInterval(timer);
    timer = undefined;
    clearTimeout(watchdog);
    watchdog = setTimeout(restart, quietAfter);
  };
  const ask = async () => {
    try {
      const answer = await fetch(poll, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      alive(true);
      changed();
    } catch { alive(false); }
  };
  function open() {
    if (ended) return;
    source = new EventSource(stream);
    source.addEventListener("open", () => { heard(); changed(); });
    for (const name of ["message", "order", "orders", "ping"]) {
      source.addEventListener(name, () => { heard(); if (name !== "ping") changed(); });
    }
    source.addEventListener("error", () => {
      alive(false);
      timer ??= setInterval(ask, pollEvery);
      // A stream that was refused for good is not tried again by the browser.
      if (source.readyState === EventSource.CLOSED) setTimeout(open, 15000);
    });
  }
  function restart() { source.close(); alive(false); open(); }
  function stop() { ended = true; source?.close(); clearInterval(timer); clearTimeout(watchdog); }
  addEventListener("online", ask);
  addEventListener("offline", () => alive(false));
  document.addEventListener("visibilitychange", () => { if (!document.hidden && !ended) ask(); });
  open();
  return stop;
}
