/* The SCORM run-time: one item at a time in the frame, the library's API where the item looks for it, every commit told to the page. */
"use strict";
const IS_12 = told.standard === "scorm12";
const NAME = IS_12 ? "API" : "API_1484_11";
const SOON_MS = 400;
let kept = {};
let learner = {};
let mode = "normal";
let current = null;
let api = null;
let timer = null;

/* What the library would send to a server goes to the page, which keeps it until our server has it. */
const service = {
  processHttpRequest(_url, commit, _immediate, _log, _listen, meta) {
    hand(commit.runtimeData ?? commit, commit.totalTimeSeconds, Boolean(meta?.isTerminateCommit));
    return { result: "true", errorCode: 0 };
  },
  updateSettings() {},
};

function hand(data, claimed, ended) {
  if (!current) return;
  clearTimeout(timer);
  timer = null;
  const cmi = data.cmi ?? data;
  kept[current.key] = { cmi, ended };
  Wire.say("commit", { item: current.key, content: { cmi, ended }, claimed_s: Number(claimed) || 0 });
}

/* The activity tree of a 2004 manifest is not given to the library: it wants one API for all items, and here every item has its own, as its
   state has. What an item asks for (continue, previous, a choice) is followed; the manifest's rules of order are a proposal, never a lock. */
function settings() {
  return { autocommit: true, autocommitSeconds: 5, lmsCommitUrl: "kept", httpService: service, renderCommonCommitFields: true, dataCommitFormat: "json", mastery_override: true, logLevel: 5, sendFullCommit: true, autoProgress: false };
}

const resumes = (before) => before && (!before.ended || (IS_12 ? before.cmi.core?.exit : before.cmi.exit) === "suspend" || (IS_12 ? before.cmi.core?.exit : before.cmi.exit) === "logout");

/* What this item is told at its start; only what it left behind suspended comes back, as the standard says. */
function beginning12(item, before) {
  const core = { ...(before?.cmi.core ?? {}), student_id: learner.id, student_name: learner.name, credit: mode === "normal" ? "credit" : "no-credit", lesson_mode: mode, entry: before ? (resumes(before) ? "resume" : "") : "ab-initio", total_time: total(before) };
  delete core.session_time;
  delete core.exit;
  delete core.score?._children;
  return { ...(before?.cmi ?? {}), core, launch_data: item.launch_data, student_data: { mastery_score: item.mastery, max_time_allowed: item.max_time, time_limit_action: item.time_limit_action } };
}

function beginning2004(item, before) {
  const goes = resumes(before) ? { ...before.cmi } : {};
  delete goes.session_time;
  delete goes.exit;
  return { ...goes, learner_id: learner.id, learner_name: learner.name, credit: mode === "normal" ? "credit" : "no-credit", mode, entry: resumes(before) ? "resume" : "ab-initio", launch_data: item.launch_data, max_time_allowed: item.max_time, time_limit_action: item.time_limit_action, scaled_passing_score: item.mastery, completion_threshold: item.completion_threshold, total_time: before?.cmi.total_time };
}
const total = (before) => before?.cmi.core?.total_time;
function lean(value) {
  if (Array.isArray(value)) return value.map(lean);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).filter(([name, one]) => !name.startsWith("_") && one !== undefined && one !== "" && one !== null).map(([name, one]) => [name, lean(one)]));
}

function makeApi(item) {
  const made = IS_12 ? new window.Scorm12API(settings()) : new window.Scorm2004API(settings());
  made.loadFromJSON(lean(IS_12 ? beginning12(item, kept[item.key]) : beginning2004(item, kept[item.key])));
  const [set, end] = IS_12 ? ["LMSSetValue.cmi.*", "LMSFinish"] : ["SetValue.cmi.*", "Terminate"];
  made.on(set, () => { timer ??= setTimeout(() => { timer = null; if (api === made && made.isInitialized()) made.commit?.("") ?? made.lmsCommit(""); }, SOON_MS); });
  made.on(end, () => Wire.say("ended", { item: item.key }));
  const turn = (by) => setTimeout(() => Wire.say("turn", { by }), 0);
  made.on("SequenceNext", () => turn(1));
  made.on("SequencePrevious", () => turn(-1));
  ["SequenceChoice", "SequenceJump"].forEach((name) => made.on(name, (...given) => {
    const target = told.items.find((one) => given.includes(one.key));
    if (target) setTimeout(() => Wire.say("turn", { to: target.key }), 0);
  }));
  return made;
}

/* The frame is emptied first, so that the item before can say good-bye to the API it knows. */
function open(key) {
  const item = told.items.find((one) => one.key === key) ?? told.items[0];
  const before = frame.getAttribute("src");
  const go = () => {
    finish();
    current = item;
    window.API = window.API_1484_11 = undefined;
    if (item.kind === "sco") { api = makeApi(item); window[NAME] = api; } else Wire.say("commit", { item: item.key, content: { viewed: true }, claimed_s: 0 });
    frame.src = told.root + item.href;
    Wire.say("opened", { item: item.key });
  };
  if (!before || before === "about:blank") { go(); return; }
  frame.addEventListener("load", go, { once: true });
  frame.src = "about:blank";
}

/* An item that went away without a word: what it told is handed on as it stands. */
function finish() {
  if (api && api.isInitialized?.()) { if (IS_12) api.lmsFinish(""); else api.lmsFinish?.("") ?? api.Terminate(""); }
  api = null;
}

Wire.hear.start = (given) => { kept = given.kept; learner = given.learner; mode = given.mode; open(given.item); };
Wire.hear.open = (given) => open(given.item);
window.addEventListener("pagehide", finish);
Wire.say("ready");
