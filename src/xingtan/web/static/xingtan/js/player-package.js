/* The player of a package: our own beats while somebody is active in it, its reports kept on this computer until the server has them. */
import { Beats, data, spoken } from "./player-beats.js";
import { PackageFrame, told } from "./package-frame.js";

const PREFIX = "xingtan.package.";
const SOON_MS = 300;
const AGAIN_MS = 5000;
const IDLE_S = 60; // so long may somebody read without a sign
const ASLEEP_S = 10; // looks come every second; after a longer gap the machine slept
const key = `${PREFIX}${told.account}.${told.unit}.${told.attempt}`;
const beats = new Beats();
const kept = Object.fromEntries(Object.entries(told.kept).map(([item, one]) => [item, one.content]));
const bases = Object.fromEntries(Object.entries(told.kept).map(([item, one]) => [item, one.version]));
let waiting = shelf();
let claimed = 0;
let timer = null;
let isSending = false;
let isForced = false;
let isAsking = false;

/* Reports that the server has not acknowledged, by item: {base, content}. */
function shelf() {
  try { return JSON.parse(localStorage.getItem(key)) ?? {}; } catch { return {}; }
}
function store() {
  try { if (Object.keys(waiting).length) localStorage.setItem(key, JSON.stringify(waiting)); else localStorage.removeItem(key); } catch { /* full or forbidden */ }
}
Object.entries(waiting).forEach(([item, one]) => { kept[item] = one.content; });

function commit({ item, content, claimed_s }) {
  kept[item] = content;
  claimed = Math.max(claimed, claimed_s || 0);
  waiting[item] = { base: waiting[item]?.base ?? bases[item] ?? 0, content };
  store();
  plan(SOON_MS);
}

function plan(ms) { clearTimeout(timer); timer = setTimeout(send, ms); }

async function post(address, content) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": told.csrf };
  return fetch(address, { method: "POST", credentials: "same-origin", headers, body: JSON.stringify(content), keepalive: JSON.stringify(content).length < 60000 });
}

async function send() {
  if (isSending || (isAsking && !isForced) || !Object.keys(waiting).length) return;
  isSending = true;
  let again = SOON_MS;
  const [sent, forced] = [structuredClone(waiting), isForced];
  try {
    const response = await post(told.report, { attempt: told.attempt, items: sent, claimed_s: Math.round(claimed), is_forced: forced });
    if (response.status === 409) conflict(await response.json());
    else if (!response.ok) throw new Error(String(response.status));
    else acknowledged(sent, forced, await response.json());
  } catch { say("waiting"); again = AGAIN_MS; }
  isSending = false;
  if (Object.keys(waiting).length) plan(again);
}

function acknowledged(sent, forced, answer) {
  if (forced) isForced = false;
  Object.assign(bases, answer.versions);
  Object.entries(sent).forEach(([item, one]) => {
    if (JSON.stringify(waiting[item]?.content) === JSON.stringify(one.content)) delete waiting[item];
    else if (waiting[item]) waiting[item].base = bases[item];
  });
  store();
  outcome(answer);
}

/* Another device went on meanwhile: nothing more is sent until the person has chosen. */
function conflict(answer) {
  isAsking = true;
  document.getElementById("package-conflict").hidden = false;
  document.getElementById("package-conflict-text").textContent = answer.sentence;
}
document.getElementById("package-here").addEventListener("click", () => {
  [isAsking, isForced] = [false, true];
  document.getElementById("package-conflict").hidden = true;
  plan(0);
});
document.getElementById("package-there").addEventListener("click", () => { waiting = {}; store(); location.reload(); });

/* What the server made of the report, in its words. */
function outcome(answer) {
  const card = document.getElementById("package-outcome");
  card.dataset.state = answer.state;
  document.querySelectorAll("#package-said [data-state]").forEach((one) => { one.hidden = one.dataset.state !== answer.state; });
  document.getElementById("package-score").textContent = answer.score ?? "–";
  document.getElementById("package-again").hidden = !answer.is_complete;
  Object.entries(answer.items).forEach(([item, state]) => { const row = document.querySelector(`[data-item="${CSS.escape(item)}"]`); if (row) row.dataset.state = state; });
  say("kept");
}
function say(state) { document.getElementById("package-kept").dataset.state = state; document.querySelectorAll("#package-kept [data-state]").forEach((one) => { one.hidden = one.dataset.state !== state; }); }

/* cmi5: every opening is a launch that the server prepares; what was reported there is asked for. */
async function launch(item) {
  try {
    const response = await post(told.launch, { attempt: told.attempt, item });
    if (response.ok) line.say(started ? "open" : "start", { item, ...(await response.json()) });
    started = true;
  } catch { say("waiting"); }
}
let started = false;
async function ask() {
  try { const response = await fetch(told.report, { headers: { Accept: "application/json" } }); if (response.ok) outcome(await response.json()); } catch { /* asked again soon */ }
}

/* Seconds in which the page is on the screen and something was done in the frame of late go to the first seconds not yet learned; seconds
   without a sign of anybody are told as such, and a gap after which the machine slept is not told at all. */
let isRunning = false;
let since = performance.now();
let pieces = [];
function read(from, to, isVisible, isActive) {
  const last = pieces[pieces.length - 1];
  const isAlike = last && last.isVisible === isVisible && last.isActive === isActive;
  if (isAlike && last.to === from) last.to = to;
  else if (isAlike && !isActive) last.to = Math.min(last.to + to - from, data.length_s);
  else pieces.push({ from, to, isVisible, isActive });
}
function look(isVisible = !document.hidden) {
  let left = Math.floor((performance.now() - since) / 1000);
  since += left * 1000;
  if (!isRunning || (isVisible && left > ASLEEP_S)) return;
  const isActive = beats.isActive(IDLE_S);
  while (left > 0) {
    const from = beats.nextGap();
    if (from >= data.length_s) break;
    const after = beats.covered.indexOf(1, from);
    const to = Math.min(from + left, after < 0 ? data.length_s : after);
    read(from, to, isVisible, isActive);
    if (!isVisible || !isActive) break;
    beats.covered.fill(1, from, to);
    left -= to - from;
  }
}
beats.onCollect(() => {
  look();
  pieces.forEach((piece) => beats.add(piece.from, piece.to, 1, piece.isVisible, piece.isActive));
  if (pieces.length) data.position_s = pieces[pieces.length - 1].to;
  pieces = [];
});
document.addEventListener("visibilitychange", () => { look(document.hidden); if (document.hidden) send(); });
setInterval(() => { if (!document.hidden) look(); }, 1000);

const line = new PackageFrame({
  ready: () => (told.standard === "cmi5" ? launch(told.item) : line.say("start", { item: told.item, kept, learner: told.learner, mode: "normal", activity: told.activity })),
  opened: () => { isRunning = true; beats.touch(); },
  active: () => beats.touch(),
  ...(told.standard === "cmi5" ? { opening: launch } : { commit }),
});
if (told.standard === "cmi5") setInterval(ask, AGAIN_MS);
window.addEventListener("online", send);
window.addEventListener("pagehide", send);
if (Object.keys(waiting).length) plan(SOON_MS);
document.getElementById("package-length").textContent = spoken(data.length_s);
