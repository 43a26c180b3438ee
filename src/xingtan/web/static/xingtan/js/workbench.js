/* The workbench's text: colours, lines, saving by itself, jumping between text and reading. Without it, the form saves and everything is there. */
(function () {
  "use strict";
  const bench = document.querySelector("[data-bench]");
  if (!bench) return;
  const form = document.getElementById("bench");
  const area = form.querySelector("textarea");
  const paper = form.querySelector("[data-lines]");
  const scroller = form.querySelector("[data-scroll]");
  const told = form.querySelector("[data-told]");
  const place = form.querySelector("[data-place]");
  const QUIET = 1500;
  const AGAIN = 8000;
  const KEY = `xingtan.pack.${bench.dataset.key}`;
  let saved = area.value;
  let timer = 0;
  let busy = null;
  let stuck = false;
  let leaving = false;
  let shown = [];

  const TOKEN = /(#.*$)|("(?:\\.|[^"\\])*"|'[^']*')|(\b(?:true|false)\b|\b[0-9][0-9_:-]*\b)/g;
  function coloured(text) {
    const code = document.createElement("code");
    const piece = (words, name) => {
      if (!words) return;
      const span = document.createElement("span");
      if (name) span.className = name;
      span.textContent = words;
      code.append(span);
    };
    if (/^\s*\[.*\]\s*(#.*)?$/.test(text)) { piece(text, "wb-k1"); return code; }
    let at = 0;
    const from = Math.max(text.indexOf("=") + 1, 0);
    TOKEN.lastIndex = /^\s*#/.test(text) ? 0 : from;
    for (let found = TOKEN.exec(text); found; found = TOKEN.exec(text)) {
      piece(text.slice(at, found.index), "");
      piece(found[0], found[1] ? "wb-k4" : found[2] ? "wb-k2" : "wb-k3");
      at = found.index + found[0].length;
    }
    piece(text.slice(at), "");
    return code;
  }

  function row(text) {
    const line = document.createElement("div");
    line.className = "wb-l";
    line.append(document.createElement("i"), coloured(text));
    return line;
  }

  // Only the lines that changed are drawn anew.
  function draw() {
    const lines = area.value.split("\n");
    let first = 0;
    while (first < lines.length && first < shown.length && lines[first] === shown[first]) first += 1;
    let last = 0;
    while (last < lines.length - first && last < shown.length - first && lines[lines.length - 1 - last] === shown[shown.length - 1 - last]) last += 1;
    for (let at = shown.length - last - 1; at >= first; at -= 1) paper.children[at].remove();
    const before = paper.children[first] || null;
    for (let at = first; at < lines.length - last; at += 1) paper.insertBefore(row(lines[at]), before);
    for (let at = first; at < lines.length; at += 1) paper.children[at].firstChild.textContent = String(at + 1);
    shown = lines;
  }

  const numbers = (text) => (text || "").split(" ").filter(Boolean).map(Number);
  let wrong = [];
  function mark() {
    const marks = document.querySelector("[data-marks]");
    wrong = [...new Set(numbers(marks.dataset.wrong))].sort((a, b) => a - b);
    const changed = new Set(numbers(marks.dataset.changed));
    const bad = new Set(wrong);
    [...paper.children].forEach((line, at) => {
      line.classList.toggle("wb-er", bad.has(at + 1));
      line.classList.toggle("wb-md", changed.has(at + 1));
    });
    form.elements.revision.value = marks.dataset.revision;
  }

  const lineAt = (offset) => area.value.slice(0, offset).split("\n").length;
  function caret() {
    const before = area.value.slice(0, area.selectionStart);
    const line = before.split("\n").length;
    place.textContent = place.dataset.word.replace("%l", line).replace("%c", before.length - before.lastIndexOf("\n"));
    paper.querySelectorAll(".wb-now").forEach((one) => one.classList.remove("wb-now"));
    if (paper.children[line - 1]) paper.children[line - 1].classList.add("wb-now");
    return line;
  }

  function ruleOf(line) {
    let best = null;
    document.querySelectorAll(".wb-rule[data-line]").forEach((rule) => { if (Number(rule.dataset.line) <= line) best = rule; });
    return best;
  }
  function read(line, { scroll = true } = {}) {
    const reading = document.querySelector("[data-reading]");
    const rule = ruleOf(line);
    reading.querySelectorAll(".wb-here").forEach((one) => one.classList.remove("wb-here"));
    if (!rule) return;
    rule.classList.add("wb-here");
    if (scroll) reading.scrollTop = rule.offsetTop - 30;
  }

  function go(line, { focus = true } = {}) {
    const lines = area.value.split("\n");
    const target = Math.min(Math.max(line, 1), lines.length);
    const start = lines.slice(0, target - 1).reduce((sum, one) => sum + one.length + 1, 0);
    if (focus) area.focus({ preventScroll: true });
    area.setSelectionRange(start, start + lines[target - 1].length);
    const drawn = paper.children[target - 1];
    if (drawn) scroller.scrollTop = drawn.offsetTop - scroller.clientHeight / 3;
    caret();
    read(target);
  }

  function take(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    page.querySelectorAll("[data-live]").forEach((part) => {
      const old = document.getElementById(part.id);
      const top = old ? old.scrollTop : 0;
      if (old) { old.replaceWith(part); part.scrollTop = top; }
    });
    const count = page.getElementById("wb-count");
    const here = form.querySelector("[data-count]");
    if (count && here) { here.textContent = count.textContent; }
    mark();
    if (here) { here.className = wrong.length ? "x-stop" : "x-ok"; }
    read(caret(), { scroll: false });
  }

  function keep() { try { window.localStorage.setItem(KEY, JSON.stringify({ text: area.value, revision: form.elements.revision.value })); } catch { /* a full shelf keeps nothing */ } }
  function forget() { try { window.localStorage.removeItem(KEY); } catch { /* nothing was kept */ } }

  async function save(kind) {
    window.clearTimeout(timer);
    if (busy) await busy;
    if (area.readOnly || stuck || area.value === saved) return area.value === saved;
    busy = send(kind);
    const done = await busy;
    busy = null;
    if (done && area.value !== saved) timer = window.setTimeout(() => save("auto"), QUIET);
    return done;
  }
  async function send(kind) {
    const sending = area.value;
    const body = new FormData(form);
    body.set("kind", kind);
    told.textContent = told.dataset.saving;
    keep();
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Workbench": "live" }, redirect: "error" });
      const html = await answer.text();
      if (answer.ok) {
        saved = sending;
        told.textContent = "";
        forget();
        document.getElementById("wb-refusal").replaceChildren();
        take(html);
        return true;
      }
      if (answer.status === 409 || answer.status === 422) {
        stuck = true;
        told.textContent = told.dataset.unsaved;
        const page = new DOMParser().parseFromString(html, "text/html");
        document.getElementById("wb-refusal").replaceChildren(...page.body.children);
        window.scrollTo(0, 0);
        return false;
      }
    } catch { /* told below */ }
    told.textContent = told.dataset.kept;
    timer = window.setTimeout(() => save("auto"), AGAIN);
    return false;
  }

  area.addEventListener("input", () => {
    draw();
    caret();
    told.textContent = told.dataset.unsaved;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => save("auto"), QUIET);
  });
  area.addEventListener("click", () => read(caret()));
  area.addEventListener("keyup", (event) => { if (event.key.startsWith("Arrow") || event.key.startsWith("Page")) read(caret()); });
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" || event.shiftKey || area.readOnly || !event.altKey) return;
    event.preventDefault();
    document.execCommand("insertText", false, "  ");
  });

  // The reading follows the first line that is seen.
  let following = 0;
  scroller.addEventListener("scroll", () => {
    window.clearTimeout(following);
    following = window.setTimeout(() => {
      const top = scroller.scrollTop + 8;
      const lines = [...paper.children];
      let low = 0;
      let high = lines.length - 1;
      while (low < high) { const middle = (low + high + 1) >> 1; if (lines[middle].offsetTop <= top) low = middle; else high = middle - 1; }
      const here = caret();
      const seen = lines[here - 1] && lines[here - 1].offsetTop >= scroller.scrollTop && lines[here - 1].offsetTop < scroller.scrollTop + scroller.clientHeight;
      read(seen ? here : low + 1);
    }, 80);
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-line]");
    if (!link || !bench.contains(link) || event.target.closest("a[href]:not([data-line]), summary, button")) return;
    if (window.getSelection && String(window.getSelection())) return;
    event.preventDefault();
    go(Number(link.dataset.line));
  });

  document.addEventListener("keydown", (event) => {
    const control = event.ctrlKey || event.metaKey;
    if (event.key === "F8" && wrong.length) {
      event.preventDefault();
      const here = lineAt(area.selectionStart);
      const next = event.shiftKey ? [...wrong].reverse().find((line) => line < here) || wrong[wrong.length - 1] : wrong.find((line) => line > here) || wrong[0];
      go(next);
    } else if (control && event.key.toLowerCase() === "s") {
      event.preventDefault();
      save("manual");
    } else if (control && event.key === "Enter") {
      const trial = document.querySelector("[data-trial]");
      if (trial) { event.preventDefault(); save("manual").then((done) => { if (done) { leaving = true; trial.requestSubmit(); } }); }
    }
  });

  // What another form does, it does with what is typed.
  document.addEventListener("submit", (event) => {
    if (event.target === form || event.defaultPrevented) { leaving = true; return; }
    if (event.target.method !== "post" || area.value === saved || stuck) return;
    event.preventDefault();
    event.target.dataset.sent = "";
    save("manual").then((done) => { if (done) { leaving = true; event.target.submit(); } });
  });
  window.addEventListener("beforeunload", (event) => { if (!leaving && area.value !== saved) { keep(); event.preventDefault(); } });

  form.classList.add("wb-js");
  paper.replaceChildren();
  draw();
  mark();
  const wanted = Number(new URLSearchParams(window.location.search).get("line"));
  if (wanted) go(wanted); else if (wrong.length) go(wrong[0], { focus: false }); else caret();
  try {
    const kept = JSON.parse(window.localStorage.getItem(KEY) || "null");
    if (kept && !area.readOnly && kept.revision === form.elements.revision.value && kept.text !== area.value) { area.value = kept.text; area.dispatchEvent(new Event("input")); } else forget();
  } catch { /* nothing was kept */ }
})();
