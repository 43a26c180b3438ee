/* On the content host: the line to the page that opened this run-time, and signs of somebody being there. */
"use strict";
const told = JSON.parse(document.getElementById("told").textContent);
const frame = document.getElementById("content");
const Wire = {
  hear: {},
  say(kind, more) { window.parent.postMessage(Object.assign({ xingtan: 1, kind }, more), told.origin); },
};
window.addEventListener("message", (event) => {
  if (event.source !== window.parent || event.origin !== told.origin || event.data?.xingtan !== 1) return;
  Wire.hear[event.data.kind]?.(event.data);
});

/* Pointer, keys, scrolling and playing media inside the package; told at most every two seconds. */
const SIGNS = ["pointermove", "pointerdown", "keydown", "wheel", "scroll", "touchmove", "input", "timeupdate"];
const QUIET_MS = 2000;
const watched = new WeakSet();
let toldAt = 0;
function sign() {
  const now = performance.now();
  if (now - toldAt < QUIET_MS) return;
  toldAt = now;
  Wire.say("active");
}
function watch(place) {
  let page;
  try { page = place.document; } catch { return; }
  if (page && !watched.has(page)) {
    watched.add(page);
    SIGNS.forEach((name) => page.addEventListener(name, sign, { capture: true, passive: true }));
  }
  for (let at = 0; at < place.frames.length; at += 1) watch(place.frames[at]);
}
setInterval(() => watch(window), 1000);
watch(window);
