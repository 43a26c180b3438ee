/* On the content host: the line to the page that opened this run-time, and signs of somebody being there. */
"use strict";
const told = JSON.parse(document.getElementById("told").textContent);
const frame = document.getElementById("content");
/* Packages climb from parent to parent until they meet an API; here the climb ends, because the page above is of another origin and answers
   every look with an error. `parent` may be replaced. */
const page = window.parent;
window.parent = window;
const Wire = {
  hear: {},
  say(kind, more) { page.postMessage(Object.assign({ xingtan: 1, kind }, more), told.origin); },
};
window.addEventListener("message", (event) => {
  if (event.source !== page || event.origin !== told.origin || event.data?.xingtan !== 1) return;
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
  let inside;
  try { inside = place.document; } catch { return; }
  if (inside && !watched.has(inside)) {
    watched.add(inside);
    SIGNS.forEach((name) => inside.addEventListener(name, sign, { capture: true, passive: true }));
  }
  for (let at = 0; at < place.frames.length; at += 1) watch(place.frames[at]);
}
setInterval(() => watch(window), 1000);
watch(window);
