/* Marking by keyboard: digits go to a criterion, Ctrl+Enter passes, R returns, C comments, N goes on. The sum is the server's to decide. */
(function () {
  "use strict";
  const form = document.querySelector("[data-marking]");
  if (!form) return;
  const marks = [...form.querySelectorAll("[data-mark]")];
  const total = form.querySelector("[data-total]");
  const comment = form.querySelector("textarea");
  const pass = form.querySelector("[data-pass-button]");
  const giveBack = form.querySelector("[data-return]");
  const next = document.querySelector("[data-next]");

  function sum() {
    if (!total || marks.some((mark) => mark.value === "" || !mark.validity.valid)) { if (total && pass) total.textContent = ""; return; }
    const given = marks.reduce((all, mark) => all + Number(mark.value), 0);
    const most = marks.reduce((all, mark) => all + Number(mark.max), 0);
    const score = Math.floor((given * 100) / Math.max(1, most));
    total.textContent = String(score);
    total.classList.toggle("x-stop", score < Number(form.dataset.pass));
  }

  function keyAlone(event) {
    if (/^[1-9]$/.test(event.key) && marks[Number(event.key) - 1]) return marks[Number(event.key) - 1];
    if (event.key.toLowerCase() === "c") return comment;
    return null;
  }

  marks.forEach((mark) => mark.addEventListener("input", sum));
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && pass) { event.preventDefault(); pass.click(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const target = keyAlone(event);
    if (target && !target.closest("fieldset").disabled) { event.preventDefault(); target.focus(); if (target.select) target.select(); return; }
    if (event.key.toLowerCase() === "r" && giveBack) { event.preventDefault(); if (comment.value.trim()) giveBack.click(); else comment.focus(); }
    if (event.key.toLowerCase() === "n" && next) next.click();
  });
  // Enter in a field of points goes to the next one; it does not send the form.
  marks.forEach((mark, at) => mark.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) { event.preventDefault(); (marks[at + 1] || comment).focus(); }
    if (event.key === "Escape") mark.blur();
  }));
  if (comment) comment.addEventListener("keydown", (event) => { if (event.key === "Escape") comment.blur(); });
  sum();
})();
