/* The reader: one page at a time; while a page is on the screen its own stretch of the unit is read, second by second. */
import { Beats, data, spoken } from "./player-beats.js";

const reader = document.getElementById("reader");
const pdfjs = await import(reader.dataset.pdfjs);
pdfjs.GlobalWorkerOptions.workerSrc = reader.dataset.worker;
const sheet = document.getElementById("sheet");
const beats = new Beats();
const starts = data.pages.reduce((found, seconds) => [...found, found[found.length - 1] + seconds], [0]);
let page = Math.max(starts.findIndex((start, place) => data.position_s >= start && data.position_s < starts[place + 1]), 0);
let since = performance.now();
let drawing = null;
let idle = false;
const ASLEEP_S = 10; // looks come every second; after a longer gap the machine slept
const LEAST_S = 60; // so long may a reader sit still on a short page

const pdf = await pdfjs.getDocument({ url: data.media, cMapUrl: reader.dataset.cmaps, cMapPacked: true, standardFontDataUrl: reader.dataset.fonts, useWasm: false }).promise;

/* Stretches read since the last post; touching ones of one kind are one. */
let pieces = [];
function read(from, to, isVisible, isActive) {
  const last = pieces[pieces.length - 1];
  const isAlike = last && last.isVisible === isVisible && last.isActive === isActive;
  if (isAlike && last.to === from) last.to = to;
  else if (isAlike && !isActive) last.to = Math.min(last.to + to - from, data.length_s); // nothing is read: only how long it was
  else pieces.push({ from, to, isVisible, isActive });
}

/* The whole seconds since the last look go to the first seconds of this page that are not read yet; a page that is read, but of which the
   server has not counted all (two players at once), is read again. A page on which nothing is done for as long as it takes to read it, and
   the time of a closed lid, are not read. */
function look(isVisible = !document.hidden) {
  let left = Math.floor((performance.now() - since) / 1000);
  since += left * 1000;
  const [start, end] = [starts[page], starts[page + 1]];
  if (isVisible && left > ASLEEP_S) return;
  const isActive = beats.isActive(Math.max(end - start, LEAST_S));
  idle = isVisible && !isActive;
  while (left > 0) {
    const from = beats.nextGap(start);
    if (from >= end) break;
    const after = beats.covered.indexOf(1, from);
    const to = Math.min(from + left, end, after < 0 ? end : after);
    read(from, to, isVisible, isActive);
    if (!isVisible || !isActive) break;
    beats.covered.fill(1, from, to);
    left -= to - from;
  }
  if (left > 0 && isVisible && isActive && !beats.beats.length && beats.learned < beats.covered.reduce((total, one) => total + one, 0)) read(start, Math.min(start + left, end), true, true);
}

function cut() {
  look();
  pieces.forEach((piece) => beats.add(piece.from, piece.to, 1, piece.isVisible, piece.isActive));
  if (pieces.length) data.position_s = pieces[pieces.length - 1].to;
  pieces = [];
}
beats.onCollect(cut);
document.addEventListener("visibilitychange", () => look(document.hidden));

async function draw() {
  const shown = await pdf.getPage(page + 1);
  const width = Math.min(reader.clientWidth - 32, 860);
  const viewport = shown.getViewport({ scale: (width / shown.getViewport({ scale: 1 }).width) * window.devicePixelRatio });
  drawing?.cancel();
  sheet.width = viewport.width;
  sheet.height = viewport.height;
  drawing = shown.render({ canvas: sheet, canvasContext: sheet.getContext("2d"), viewport });
  try { await drawing.promise; } catch (stopped) { if (stopped.name !== "RenderingCancelledException") throw stopped; }
  const text = await shown.getTextContent();
  document.getElementById("sheet-text").textContent = text.items.map((item) => item.str).join("");
  tell();
}

function tell() {
  document.getElementById("page-number").textContent = data.words.page.replace("%(page)s", page + 1).replace("%(pages)s", pdf.numPages);
  const left = beats.covered.subarray(starts[page], starts[page + 1]).filter((second) => !second).length;
  document.getElementById("page-left").textContent = idle ? data.words.idle : left ? data.words.page_left.replace("%(time)s", spoken(left)) : data.words.page_done;
  document.getElementById("back").disabled = page === 0;
  document.getElementById("on").disabled = page + 1 >= Math.min(pdf.numPages, data.pages.length);
}

function turn(by) {
  const next = page + by;
  if (next < 0 || next >= Math.min(pdf.numPages, data.pages.length)) return;
  cut();
  page = next;
  since = performance.now();
  draw();
}

document.getElementById("back").addEventListener("click", () => turn(-1));
document.getElementById("on").addEventListener("click", () => turn(1));
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select, dialog, [contenteditable]")) return;
  const by = { ArrowLeft: -1, PageUp: -1, ArrowRight: 1, PageDown: 1 }[event.key];
  if (by) { event.preventDefault(); turn(by); }
});
window.addEventListener("resize", draw);
setInterval(() => { if (!document.hidden) { look(); tell(); } }, 1000);
beats.onAnswer(tell);
await draw();
reader.dataset.ready = "true";
