/* A plan's table like a spreadsheet: rows added, moved and pasted, totals at once, saved by itself. Without it the form works. */
(function () {
  "use strict";
  const form = document.querySelector("form[data-plan]");
  if (!form) return;
  const body = form.querySelector("[data-plan-rows]");
  const blank = form.querySelector("[data-plan-blank]");
  const state = form.querySelector("[data-plan-state]");
  const QUIET = 2500;
  let place = body.children.length + 1;
  let timer = 0, isSaving = false, isWaiting = false, isChanged = false;

  const rows = () => [...body.querySelectorAll("[data-plan-row]")];
  const cell = (row, name) => row.querySelector(`[data-col="${name}"] input:not([type=hidden]), [data-col="${name}"] select`);
  const wide = (text) => text.replace(/[０-９．，]/g, (one) => "0123456789.,"["０１２３４５６７８９．，".indexOf(one)]).replace(/[,¥\s]/g, "");
  const number = (row, name) => { const value = Number(wide(cell(row, name).value)); return Number.isFinite(value) && value > 0 ? value : 0; };
  const said = (value, digits) => value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });

  function total() {
    let lines = 0, heads = 0, hours = 0, yuan = 0;
    rows().forEach((row, at) => {
      row.querySelector("[data-plan-number]").textContent = at + 1;
      const people = Math.floor(number(row, "head_count"));
      if (people || cell(row, "what").value.trim()) lines += 1;
      heads += people; hours += Math.round(people * number(row, "hours_centi") * 100); yuan += Math.round(number(row, "budget_fen") * 100);
    });
    form.querySelector("[data-plan-lines]").textContent = lines;
    form.querySelector("[data-plan-heads]").textContent = said(heads, 0);
    form.querySelector("[data-plan-hours]").textContent = said(hours / 100, 2);
    form.querySelector("[data-plan-yuan]").textContent = said(yuan / 100, 2);
  }

  function ready(row) { row.querySelector("[data-plan-out]").hidden = false; }
  function add() {
    const row = blank.content.firstElementChild.cloneNode(true);
    const prefix = `l${place++}`;
    row.querySelectorAll("[name]").forEach((one) => { one.name = one.name.replace(/^l\d+/, prefix); one.id = one.id.replace(/l\d+/, prefix); });
    body.append(row); ready(row);
    return row;
  }
  function goTo(row, name) { const found = cell(row, name); found.focus(); if (found.select) found.select(); }

  function shown(word, kind) { state.textContent = word; state.className = `x-chip x-chip-${kind}`; }
  function faults(errors) {
    form.querySelectorAll(".x-plan .x-error").forEach((old) => old.remove());
    form.querySelectorAll(".x-plan .x-field-bad").forEach((old) => old.classList.remove("x-field-bad"));
    Object.entries(errors).forEach(([name, sentence]) => {
      const field = form.elements[name];
      if (!field) return;
      const told = document.createElement("span");
      told.className = "x-error"; told.setAttribute("role", "alert"); told.textContent = sentence;
      field.parentElement.classList.add("x-field-bad"); field.after(told);
    });
  }
  async function save() {
    window.clearTimeout(timer);
    if (isSaving) { isWaiting = true; return false; }
    isSaving = true; isChanged = false; shown(form.dataset.saving, "wait");
    let isKept = false;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      const told = await answer.json();
      if (answer.ok) {
        form.elements.version.value = told.version;
        rows().forEach((row) => { const held = row.querySelector("input[name$='-line_id']"); held.value = told.ids[held.name.split("-")[0]] || ""; });
        faults({}); shown(`${form.dataset.saved} ${told.at}`, "ok"); isKept = true;
      } else { faults(told.errors || {}); shown(told.refusal || form.dataset.one, "stop"); isChanged = true; }
    } catch { shown(form.dataset.broken, "stop"); isChanged = true; }
    isSaving = false;
    if (isWaiting) { isWaiting = false; return save(); }
    return isKept;
  }
  function later() { isChanged = true; shown(form.dataset.one, "act"); window.clearTimeout(timer); timer = window.setTimeout(save, QUIET); }

  form.addEventListener("input", () => { total(); later(); });
  form.addEventListener("change", later);
  body.addEventListener("click", (event) => {
    const out = event.target.closest("[data-plan-out]");
    if (!out) return;
    const row = out.closest("[data-plan-row]");
    const next = row.nextElementSibling || row.previousElementSibling || add();
    row.remove(); goTo(next, "what"); total(); later();
  });
  body.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-plan-row]");
    const name = event.target.closest("[data-col]") && event.target.closest("[data-col]").dataset.col;
    if (!row || !name) return;
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      const other = event.key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
      if (!other) return;
      if (event.key === "ArrowUp") other.before(row); else other.after(row);
      goTo(row, name); total(); later();
    } else if (event.key === "Enter" || (event.key === "ArrowDown" && event.target.tagName === "INPUT")) {
      event.preventDefault(); goTo(row.nextElementSibling || add(), name);
    } else if (event.key === "ArrowUp" && event.target.tagName === "INPUT" && row.previousElementSibling) {
      event.preventDefault(); goTo(row.previousElementSibling, name);
    }
  });

  // Cells copied from a spreadsheet fill this cell, those to the right and those below; words of a list choose from it.
  function put(field, text) {
    if (field.tagName !== "SELECT") { field.value = text.trim(); return; }
    const found = [...field.options].find((one) => one.textContent.trim() === text.trim());
    if (found) field.value = found.value;
  }
  body.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "");
    if (!/[\t\n]/.test(text)) return;
    event.preventDefault();
    const columns = [...blank.content.querySelectorAll("[data-col]")].map((one) => one.dataset.col);
    const first = columns.indexOf(event.target.closest("[data-col]").dataset.col);
    let row = event.target.closest("[data-plan-row]");
    text.split("\n").forEach((line, at) => {
      if (at) row = row.nextElementSibling || add();
      line.split("\t").forEach((one, along) => { if (columns[first + along]) put(cell(row, columns[first + along]), one); });
    });
    total(); later();
  });

  document.addEventListener("keydown", (event) => { if ((event.ctrlKey || event.metaKey) && event.key === "s") { event.preventDefault(); save(); } });
  const more = form.querySelector("[data-plan-add]");
  more.hidden = false;
  more.addEventListener("click", () => goTo(add(), "what"));
  rows().forEach(ready);

  // Handing up sends what stands here: saved first, and only then handed up.
  const submit = document.querySelector("form#submit");
  submit.addEventListener("submit", (event) => {
    if (!isChanged && !isSaving) return;
    event.preventDefault();
    save().then((isKept) => { submit.dataset.sent = ""; if (isKept) submit.submit(); });
  });
  window.addEventListener("beforeunload", (event) => { if (isChanged && state.classList.contains("x-chip-stop")) event.preventDefault(); });
  total();
})();
