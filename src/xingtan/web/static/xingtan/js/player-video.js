/* The film: what was played is told as stretches of whole seconds; a jump, a stall, a new speed or a hidden page begins a new stretch. */
import { Beats, data } from "./player-beats.js";

const fastest = data.fastest_centi / 100;
const film = window.videojs("film", {
  language: document.documentElement.lang.startsWith("zh") ? "zh-CN" : "en",
  playbackRates: [0.75, 1, 1.25, 1.5, 2, 3, 4].filter((rate) => rate <= fastest),
  html5: { nativeTextTracks: false },
  controlBar: { pictureInPictureToggle: data.picture_in_picture },
});
const beats = new Beats();
const stretch = { from: 0, to: 0, rate: 1, isVisible: true, isOpen: false };
const isSeen = () => !document.hidden || Boolean(data.picture_in_picture && document.pictureInPictureElement);

function cut() {
  if (!stretch.isOpen) return;
  const isEnd = data.length_s - stretch.to < 1.05;
  const from = Math.floor(stretch.from);
  const to = isEnd ? data.length_s : Math.floor(stretch.to);
  beats.add(from, to, stretch.rate, stretch.isVisible);
  stretch.from = Math.max(to, stretch.from);
  data.position_s = to;
}

function begin() {
  Object.assign(stretch, { from: film.currentTime(), to: film.currentTime(), rate: film.playbackRate(), isVisible: isSeen(), isOpen: true });
}

function end() {
  cut();
  stretch.isOpen = false;
}

film.on("playing", () => { if (!stretch.isOpen) begin(); });
film.on("timeupdate", () => {
  if (!stretch.isOpen || film.seeking()) return;
  const at = film.currentTime();
  if (at < stretch.to - 0.3 || at > stretch.to + 3 * stretch.rate + 1) { cut(); begin(); return; }
  stretch.to = at;
  mark(at);
});
/* Waiting for the line is not playing: the stretch ends where the picture stands, and the next begins with it. */
film.on("waiting", end);
film.on("seeking", end);
film.on("seeked", () => { if (!film.paused()) begin(); });
film.on("ratechange", () => {
  if (film.playbackRate() > fastest) { film.playbackRate(fastest); return; }
  cut();
  if (!film.paused()) begin();
});
film.on("pause", () => { if (stretch.isOpen && !film.seeking()) stretch.to = Math.max(stretch.to, film.currentTime()); end(); beats.tick(); });
film.on("ended", () => { if (stretch.isOpen) stretch.to = film.currentTime(); end(); beats.tick(); });
beats.onCollect(cut);
document.addEventListener("visibilitychange", () => { if (stretch.isOpen) { cut(); begin(); } });

film.ready(() => {
  const at = data.position_s >= data.length_s - 1 ? 0 : data.position_s;
  if (at) film.one("loadedmetadata", () => film.currentTime(at));
});

document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select, button, a, dialog, [contenteditable]") || event.ctrlKey || event.metaKey || event.altKey) return;
  const acts = {
    " ": () => (film.paused() ? film.play() : film.pause()),
    ArrowLeft: () => film.currentTime(Math.max(film.currentTime() - 5, 0)),
    ArrowRight: () => film.currentTime(Math.min(film.currentTime() + 5, film.duration())),
    m: () => film.muted(!film.muted()),
    f: () => (film.isFullscreen() ? film.exitFullscreen() : film.requestFullscreen()),
    c: turnCaptions,
  };
  const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (act) { event.preventDefault(); act(); }
});

function turnCaptions() {
  const tracks = Array.from(film.textTracks()).filter((track) => track.kind === "captions");
  const on = tracks.findIndex((track) => track.mode === "showing");
  tracks.forEach((track, place) => { track.mode = place === on + 1 ? "showing" : "disabled"; });
}

const chapters = [...document.querySelectorAll(".x-chapters li")];
chapters.forEach((chapter) => chapter.querySelector("button").addEventListener("click", () => { film.currentTime(Number(chapter.dataset.at)); film.play(); }));

function mark(at) {
  chapters.forEach((chapter, place) => {
    const from = Number(chapter.dataset.at);
    const to = place + 1 < chapters.length ? Number(chapters[place + 1].dataset.at) : data.length_s;
    const isOn = at >= from && at < to;
    chapter.classList.toggle("x-on", isOn);
    chapter.classList.toggle("x-done", beats.covered.subarray(from, to).every(Boolean));
    if (isOn) chapter.setAttribute("aria-current", "true"); else chapter.removeAttribute("aria-current");
  });
}
mark(data.position_s);
beats.onAnswer((answer) => {
  mark(film.currentTime());
  if (answer.prompt && answer.prompt.left_s === 0 && !film.paused()) film.pause(); // nobody answered: what is played now would not count
});
