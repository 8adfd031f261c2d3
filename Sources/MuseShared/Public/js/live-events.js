// Follows a server-sent stream. When the stream can't be had, asks `poll` every few seconds instead and keeps trying the stream, for days if need be.
// `changed` is called for each sign that something may be new, with what came along; `alive` with true or false as the connection comes and goes;
// `refused` when the server answers that this is not for us any more.
const NEWS = ["message", "menu", "order", "orders", "board", "pickup"];
const parsed = (text) => { try { return JSON.parse(text); } catch { return undefined; } };

export function follow({ stream, poll, changed, alive, refused, pollEvery = 5000, quietAfter = 40000 }) {
  let source, timer, watchdog, ended = false;
  const watch = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(restart, quietAfter);
  };
  const heard = () => {
    alive(true);
    clearInterval(timer);
    timer = undefined;
    watch();
  };
  const ask = async () => {
    try {
      const answer = await fetch(poll, { headers: { Accept: "application/json" } });
      if (answer.status === 401) refused?.();
      if (!answer.ok) throw new Error(String(answer.status));
      const news = await answer.json();
      alive(true);
      changed(news);
    } catch { alive(false); }
  };
  function open() {
    if (ended) return;
    // Also a connection that opens and never says a word is tried again.
    watch();
    source = new EventSource(stream);
    source.addEventListener("open", () => { heard(); changed(); });
    for (const name of NEWS) source.addEventListener(name, (event) => { heard(); changed(parsed(event.data)); });
    source.addEventListener("ping", heard);
    source.addEventListener("error", () => {
      alive(false);
      timer ??= setInterval(ask, pollEvery);
      // A stream that was refused for good is not tried again by the browser; the watchdog does.
    });
  }
  function hangUp() {
    source.close();
    alive(false);
    timer ??= setInterval(ask, pollEvery);
  }
  function restart() {
    hangUp();
    open();
  }
  function stop() { ended = true; source?.close(); clearInterval(timer); clearTimeout(watchdog); }
  // Without a network the stream is over, though the browser may take minutes to notice.
  addEventListener("offline", () => ended || source.readyState === EventSource.CLOSED || hangUp());
  addEventListener("online", () => ended || restart());
  document.addEventListener("visibilitychange", () => { if (!document.hidden && !ended) ask(); });
  open();
  return stop;
}
