// Two soft strokes for a new order. Off until someone turns it on, because a browser wants a tap before it may sound.
const KEY = "muse-board-sound";

export function bell(button) {
  let context;
  let on = false;
  const show = () => {
    button.setAttribute("aria-pressed", String(on));
    button.lastElementChild.textContent = on ? "on" : "off";
  };
  const stroke = (at, pitch) => {
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(0.35, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.9);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + 1);
  };
  const ring = () => {
    if (!on || !context) return;
    stroke(context.currentTime, 659);
    stroke(context.currentTime + 0.28, 880);
  };
  const wake = () => {
    context ??= new AudioContext();
    context.resume();
  };
  button.addEventListener("click", () => {
    on = !on;
    localStorage.setItem(KEY, on ? "on" : "off");
    if (on) { wake(); ring(); }
    show();
  });
  // The choice of yesterday holds, with the first tap anywhere.
  if (localStorage.getItem(KEY) === "on") {
    on = true;
    addEventListener("pointerdown", wake, { once: true });
  }
  show();
  return ring;
}
