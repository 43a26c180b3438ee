/* What is answered so far is kept on the server until it is handed in. Without it, the button "keep for later" does the same. */
(function () {
  "use strict";
  const form = document.querySelector("form[data-survey]");
  if (!form) return;
  const state = form.querySelector("[data-survey-state]");
  let timer = 0;
  async function keep() {
    try {
      const answer = await fetch(form.dataset.survey, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      const told = await answer.json();
      state.textContent = answer.ok ? `${form.dataset.kept} ${told.at}` : told.refusal;
    } catch { state.textContent = form.dataset.broken; }
  }
  form.addEventListener("input", () => { window.clearTimeout(timer); timer = window.setTimeout(keep, 1200); });
  form.addEventListener("submit", () => window.clearTimeout(timer));
})();
