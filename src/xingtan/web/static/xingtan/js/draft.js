/* What is typed stays in this browser until it was handed in. Without it, the form works and keeps nothing. */
(function () {
  "use strict";
  const PREFIX = "xingtan.draft.";
  const QUIET = 600;

  function shelf() {
    try { return window.localStorage; } catch { return null; }
  }

  function clock() {
    return new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  }

  // A version that was handed in has another number: its draft has served.
  function forgetOlder(store, key) {
    const family = key.slice(0, key.lastIndexOf(".") + 1);
    Object.keys(store).filter((other) => other.startsWith(family) && other !== key).forEach((other) => store.removeItem(other));
  }

  // What is ticked in a quiz, kept the same way; answers that the server sent back are newer than the draft.
  document.querySelectorAll("form[data-draft-choices]").forEach((form) => {
    const store = shelf();
    if (!store) return;
    const key = PREFIX + form.dataset.draftChoices;
    forgetOlder(store, key);
    const choices = [...form.querySelectorAll("input[type=radio], input[type=checkbox]")];
    if (!choices.some((choice) => choice.checked)) {
      const kept = new Set(JSON.parse(store.getItem(key) || "[]"));
      choices.forEach((choice) => { choice.checked = kept.has(`${choice.name}=${choice.value}`); });
    }
    form.addEventListener("change", () => {
      const ticked = choices.filter((choice) => choice.checked).map((choice) => `${choice.name}=${choice.value}`);
      try { store.setItem(key, JSON.stringify(ticked)); } catch { /* a full shelf keeps nothing */ }
    });
  });

  document.querySelectorAll("form[data-draft]").forEach((form) => {
    const store = shelf();
    const field = form.querySelector("[data-draft-field]");
    const state = form.querySelector("[data-draft-state]");
    if (!store || !field) return;
    const key = PREFIX + form.dataset.draft;
    forgetOlder(store, key);

    const draft = store.getItem(key);
    const isAnswer = form.querySelector("[aria-invalid]") !== null;
    if (draft !== null && draft !== field.value && !isAnswer) {
      field.value = draft;
      state.textContent = state.dataset.restored;
    }

    let timer = 0;
    function keep() {
      window.clearTimeout(timer);
      try { store.setItem(key, field.value); } catch { return; }
      state.textContent = `${state.dataset.saved} ${clock()} · ${field.value.trim().length} ${state.dataset.count}`;
    }
    field.addEventListener("input", () => { window.clearTimeout(timer); timer = window.setTimeout(keep, QUIET); });
    form.addEventListener("submit", () => { if (field.value !== field.defaultValue) keep(); });
    window.addEventListener("pagehide", () => { if (timer && field.value !== field.defaultValue) keep(); });
  });
})();
