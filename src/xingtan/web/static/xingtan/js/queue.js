/* The queue by keyboard: J K move, space ticks, A passes, R returns, 1 to 6 reasons. Without it the page works as plain forms. */
(function () {
  "use strict";
  const form = document.querySelector("form[data-queue]");
  const panel = document.getElementById("queue-panel");
  if (!form || !panel) return;
  const rows = () => [...form.querySelectorAll("tr[data-row]")];
  const at = () => rows().findIndex((row) => row.classList.contains("x-current"));

  async function show(row) {
    rows().forEach((other) => { other.classList.remove("x-current"); other.removeAttribute("aria-current"); });
    row.classList.add("x-current");
    row.setAttribute("aria-current", "true");
    row.scrollIntoView({ block: "nearest" });
    const address = new URL(window.location.href);
    address.searchParams.set("entry", row.dataset.row);
    window.history.replaceState(null, "", address);
    address.searchParams.set("panel", "1");
    const answer = await fetch(address);
    if (answer.ok && row.classList.contains("x-current")) panel.innerHTML = await answer.text();
  }

  function counts() {
    const ticked = [...form.querySelectorAll("input[data-tick]:checked")];
    const clean = ticked.filter((tick) => tick.hasAttribute("data-clean")).length;
    form.querySelectorAll("[data-clean-count]").forEach((place) => { place.textContent = clean.toLocaleString("en-US"); });
  }
  form.addEventListener("change", counts);

  form.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-row]");
    if (!row || event.target.closest("input, button")) return;
    event.preventDefault();
    show(row).catch(() => {});
  });

  const press = (value) => { const button = panel.querySelector(`button[name=outcome][value=${value}]`); if (button) button.click(); };
  const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select") !== null;
  document.addEventListener("keydown", (event) => {
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    const own = panel.querySelector(`button[data-key="${CSS.escape(key)}"]`);
    if (own) { own.click(); return; }
    if (key === "j" || key === "k") {
      const next = rows()[Math.max(0, at() + (key === "j" ? 1 : -1))];
      if (next) { if (event.shiftKey) tick(next, true); show(next).catch(() => {}); }
    } else if (event.key === " " && !event.target.closest("button, a, summary, input")) {
      const row = rows()[at()];
      if (row) { event.preventDefault(); tick(row); }
    } else if (key === "a") press("passed");
    else if (key === "r") press("returned");
    else if (key >= "1" && key <= "6") {
      const reason = panel.querySelectorAll("input[name=reason_code]")[Number(key) - 1];
      if (reason) reason.checked = true;
    }
  });

  function tick(row, on) {
    const box = row.querySelector("input[data-tick]");
    if (!box) return;
    box.checked = on === undefined ? !box.checked : on;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }
})();
