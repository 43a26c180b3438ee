/* What every page does in the browser; without it every page still works. */
(function () {
  "use strict";
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

  // "/" goes to the search box, Escape closes an open menu.
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !typing(event.target) && !event.ctrlKey && !event.metaKey) {
      const find = document.querySelector("[data-find]");
      if (find) { event.preventDefault(); find.focus(); find.select(); }
    }
    if (event.key === "Escape") {
      document.querySelectorAll("details[data-menu][open]").forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
    }
  });
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });

  // A table with tick boxes: data-tick-all ticks all, [data-batch] counts, [data-batch-count] shows the number.
  function recount(form) {
    const ticks = [...form.querySelectorAll("input[data-tick]")];
    const on = ticks.filter((tick) => tick.checked);
    const all = form.querySelector("[data-tick-all]");
    if (all) { all.checked = on.length > 0 && on.length === ticks.length; all.indeterminate = on.length > 0 && on.length < ticks.length; }
    form.querySelectorAll("[data-batch-count]").forEach((place) => { place.textContent = on.length.toLocaleString("en-US"); });
    form.querySelectorAll("[data-batch-sum]").forEach((place) => {
      const sum = on.reduce((total, tick) => total + Number(tick.dataset.centi || 0), 0);
      place.textContent = (sum / 100).toLocaleString("en-US", { minimumFractionDigits: 2 });
    });
    form.querySelectorAll("[data-batch] button[type=submit]").forEach((button) => { button.disabled = on.length === 0 && !button.hasAttribute("data-any"); });
  }
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (!form) return;
    if (event.target.matches("[data-tick-all]")) form.querySelectorAll("input[data-tick]:not(:disabled)").forEach((tick) => { tick.checked = event.target.checked; });
    if (event.target.matches("[data-tick], [data-tick-all]")) recount(form);
    if (event.target.matches("[data-submit-on-change]")) form.requestSubmit();
  });
  document.querySelectorAll("form:has([data-tick])").forEach(recount);

  // What scrolls inside the page can be reached with the keyboard.
  const reach = () => document.querySelectorAll(".x-table-wrap, .x-axis, .x-tabs").forEach((place) => {
    if (place.scrollWidth > place.clientWidth) place.tabIndex = 0; else if (place.tabIndex === 0) place.removeAttribute("tabindex");
  });
  reach();
  window.addEventListener("resize", reach);

  // The year's axis shows today, also where only a part of it fits.
  document.querySelectorAll(".x-axis[data-today]").forEach((axis) => { axis.scrollLeft = Number(axis.dataset.today) / 100 * axis.scrollWidth - axis.clientWidth * 0.7; });

  // A button that prints; a form that asks first.
  document.addEventListener("click", (event) => { if (event.target.closest("[data-print]")) window.print(); });
  document.addEventListener("submit", (event) => {
    const question = event.submitter && event.submitter.dataset.confirm;
    if (question && !window.confirm(question)) { event.preventDefault(); return; }
    // The same form is not sent twice by a double click.
    if (event.target.dataset.sent === "yes") { event.preventDefault(); return; }
    if (event.target.method === "post" && !event.target.hasAttribute("hx-post")) {
      event.target.dataset.sent = "yes";
      window.setTimeout(() => { event.target.dataset.sent = ""; }, 4000);
    }
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => { form.dataset.sent = ""; }));

  // A job's page looks again until the job is over.
  async function lookAgain(job) {
    const answer = await fetch(job.dataset.job, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const state = await answer.json();
    job.querySelector("progress").value = state.percent;
    job.querySelectorAll("[data-job-words]").forEach((place) => { place.textContent = state.words; });
    if (state.is_over) window.location.reload(); else window.setTimeout(() => lookAgain(job).catch(() => {}), 1000);
  }
  document.querySelectorAll("[data-job]").forEach((job) => window.setTimeout(() => lookAgain(job).catch(() => {}), 800));
})();
