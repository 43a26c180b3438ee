/* The queue by keyboard: J K move, Enter or space opens, N opens a batch's next sample, X ticks, A passes, R and a digit return,
   U undoes, S draws a sample.
   Decisions are sent one after the other while the reviewer is at the next entry already, whose evidence is fetched before it is
   asked for. Without script the page works as plain forms. */
(function () {
  "use strict";
  const list = document.querySelector("[data-queue]");
  const panel = document.getElementById("queue-panel");
  if (!list || !panel) return;
  const said = document.querySelector("[data-said]");
  const rows = () => [...list.querySelectorAll("tr[data-row]")];
  const open = () => rows().filter((row) => !row.classList.contains("x-decided"));
  const current = () => list.querySelector("tr.x-current");
  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]").value;
  const panels = new Map();
  const decided = [];
  let sending = Promise.resolve();
  let returning = false;

  const tell = (text, stop) => { if (said) { said.textContent = text; said.classList.toggle("x-stop", Boolean(stop)); } };

  function address(row) {
    const found = new URL(window.location.href);
    found.searchParams.set("entry", row.dataset.row);
    return found;
  }

  function fetched(row) {
    if (list.dataset.look) return post(list.dataset.look, { entry: row.dataset.row }).then((answer) => answer.text());
    if (!panels.has(row.dataset.row)) {
      const wanted = address(row);
      wanted.searchParams.set("panel", "1");
      panels.set(row.dataset.row, fetch(wanted).then((answer) => (answer.ok ? answer.text() : "")));
    }
    return panels.get(row.dataset.row);
  }

  function post(where, values) {
    const body = new URLSearchParams({ csrfmiddlewaretoken: token(), ...values });
    return fetch(where, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
  }

  async function show(row, looked) {
    rows().forEach((other) => { other.classList.remove("x-current"); other.removeAttribute("aria-current"); });
    row.classList.add("x-current");
    row.setAttribute("aria-current", "true");
    row.scrollIntoView({ block: "nearest" });
    if (list.dataset.look && !looked) return;
    window.history.replaceState(null, "", address(row));
    const text = await fetched(row);
    if (text && row.classList.contains("x-current")) panel.innerHTML = text;
    if (list.dataset.look) opened(row);
    const after = open()[open().indexOf(row) + 1];
    if (after && !list.dataset.look) fetched(after).catch(() => {});
  }

  function opened(row) {
    const cell = row.querySelector("[data-opened-cell]");
    if (!cell || !cell.querySelector("form")) return;
    cell.textContent = "✓";
    const count = list.querySelector("[data-opened]");
    if (count) count.textContent = String(Number(count.textContent) + 1);
    const left = list.querySelectorAll("[data-opened-cell] form").length;
    const unopened = list.querySelector("[data-unopened]");
    if (unopened) { unopened.hidden = left === 0; unopened.querySelector("b").textContent = String(left); }
    const pass = list.querySelector("[data-pass-batch]");
    if (pass) pass.disabled = left > 0;
    const next = list.querySelector("[data-next-sample]");
    if (next) next.hidden = left === 0;
  }

  // The next of a batch's sample that is still closed, after the current one or from the top.
  function nextSample() {
    const shut = rows().filter((row) => row.querySelector("[data-opened-cell] form"));
    const after = rows().indexOf(current());
    const row = shut.find((one) => rows().indexOf(one) > after) || shut[0];
    if (row) show(row, true).then(() => panel.scrollIntoView({ block: "nearest" })).catch(() => {});
    else tell(list.dataset.allOpened || "");
  }

  // A sample is opened in its place: its form need not load a page.
  list.addEventListener("submit", (event) => {
    const row = event.target.closest("[data-opened-cell]") ? event.target.closest("tr[data-row]") : null;
    if (!row || !list.dataset.look) return;
    event.preventDefault();
    event.target.dataset.sent = "";
    show(row, true).then(() => panel.scrollIntoView({ block: "nearest" })).catch(() => {});
  });
  const next = list.querySelector("[data-next-sample]");
  if (next) { next.hidden = !list.querySelector("[data-opened-cell] form"); next.addEventListener("click", nextSample); }

  function step(by) {
    const all = open();
    const at = all.indexOf(current());
    return all[Math.min(all.length - 1, Math.max(0, at + by))];
  }

  function decide(outcome, code, words) {
    const row = current();
    const form = panel.querySelector("form[data-one]");
    if (!row || !form || row.classList.contains("x-decided")) return;
    const values = { tab: form.elements.tab.value, year: form.elements.year.value, ids: row.dataset.row, outcome };
    if (outcome === "returned") Object.assign(values, { reason_code: code || "", reason: words || "" });
    const all = open();
    const at = all.indexOf(row);
    const next = all[at + 1] || all[at - 1];
    mark(row, outcome);
    decided.push(row);
    const where = form.getAttribute("action");
    sending = sending.then(() => post(where, values)).then(async (answer) => {
      const told = await answer.json().catch(() => ({ said: "" }));
      tell(told.said, !answer.ok);
      if (!answer.ok) unmark(row, told.said);
    }).catch(() => unmark(row, ""));
    if (next) show(next).catch(() => {});
    else sending.then(() => { if (open().length === 0 && !list.dataset.look) window.location.reload(); });
  }

  function mark(row, outcome) {
    row.classList.add("x-decided", outcome === "returned" ? "x-decided-returned" : "x-decided-passed");
    const box = row.querySelector("input[data-tick]");
    if (box) { box.checked = false; box.disabled = true; }
  }

  function unmark(row, why) {
    row.classList.remove("x-decided", "x-decided-returned", "x-decided-passed");
    const box = row.querySelector("input[data-tick]");
    if (box) box.disabled = false;
    const at = decided.indexOf(row);
    if (at >= 0) decided.splice(at, 1);
    if (why) row.title = why;
  }

  function undo() {
    const row = decided[decided.length - 1];
    if (!row || !list.dataset.undo) return;
    sending = sending.then(() => post(list.dataset.undo, { ids: row.dataset.row })).then(async (answer) => {
      const told = await answer.json().catch(() => ({ said: "" }));
      tell(told.said, !answer.ok);
      if (answer.ok) { unmark(row); panels.delete(row.dataset.row); await show(row); }
    }).catch(() => {});
  }

  function tick(row, on) {
    const box = row.querySelector("input[data-tick]");
    if (!box || box.disabled) return;
    box.checked = on === undefined ? !box.checked : on;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }

  list.addEventListener("change", () => {
    const ticked = [...list.querySelectorAll("input[data-tick]:checked")];
    const clean = ticked.filter((box) => box.hasAttribute("data-clean")).length;
    list.querySelectorAll("[data-clean-count]").forEach((place) => { place.textContent = clean.toLocaleString("en-US"); });
  });

  list.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-row]");
    if (!row || event.target.closest("input, button")) return;
    event.preventDefault();
    show(row, true).then(() => { if (window.matchMedia("(max-width: 1200px)").matches) panel.scrollIntoView({ block: "start" }); }).catch(() => {});
  });

  // A decision in the panel needs no reload either.
  panel.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-one]");
    const button = event.submitter;
    if (!form || !button || button.name !== "outcome" || !current()) return;
    event.preventDefault();
    const chosen = form.querySelector("input[name=reason_code]:checked");
    decide(button.value, chosen ? chosen.value : "", form.elements.reason.value);
  });

  function returned(digit) {
    const reasons = [...panel.querySelectorAll("input[name=reason_code]")];
    const reason = reasons[digit - 1];
    if (!reason) return;
    reason.checked = true;
    if (!returning) return;
    returning = false;
    list.classList.remove("x-returning");
    if (reason.value === "other") panel.querySelector("textarea[name=reason]").focus();
    else decide("returned", reason.value, "");
  }

  const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select") !== null;
  const keys = {
    j: (event) => { const row = step(1); if (row) { if (event.shiftKey) tick(row, true); show(row).catch(() => {}); } },
    k: (event) => { const row = step(-1); if (row) { if (event.shiftKey) tick(row, true); show(row).catch(() => {}); } },
    x: () => { const row = current(); if (row) tick(row); },
    n: () => { if (list.dataset.look) nextSample(); },
    a: () => { if (!list.dataset.look) decide("passed"); },
    r: () => { returning = Boolean(current()); list.classList.toggle("x-returning", returning); tell(list.dataset.chooseReason || ""); },
    u: undo,
    s: () => { const button = document.querySelector("[data-draw]"); if (button) button.click(); },
    escape: () => { returning = false; list.classList.remove("x-returning"); tell(""); },
  };
  document.addEventListener("keydown", (event) => {
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    const own = panel.querySelector(`button[data-key="${CSS.escape(key)}"]`);
    if (own) { own.click(); return; }
    if (key >= "1" && key <= "9" && key.length === 1) returned(Number(key));
    else if ((key === "enter" || key === " ") && !event.target.closest("button, a, summary, input")) {
      const row = current() || open()[0];
      if (row) { event.preventDefault(); show(row, true).then(() => panel.scrollIntoView({ block: "nearest" })).catch(() => {}); }
    } else if (Object.hasOwn(keys, key)) keys[key](event);
  });

  const first = open()[open().indexOf(current()) + 1];
  if (first && !list.dataset.look) fetched(first).catch(() => {});
})();
