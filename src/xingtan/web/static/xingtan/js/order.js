/* Rows put in order by dragging their handle or by the arrow keys on it; the order is sent at once. Without script the buttons do it. */
(function () {
  "use strict";
  document.querySelectorAll("[data-order]").forEach((body) => {
    const form = document.getElementById(body.dataset.order);
    const said = document.querySelector("[data-said]");
    const rows = () => [...body.querySelectorAll("tr[data-name]")];
    let sending = Promise.resolve();

    function tell(row) {
      const all = rows();
      all.forEach((one, place) => {
        one.querySelector("[data-place]").textContent = place + 1;
        one.querySelector("button[name=up]").disabled = place === 0;
        one.querySelector("button[name=down]").disabled = place === all.length - 1;
      });
      if (said) said.textContent = `${row.dataset.name} ${said.dataset.words} ${all.indexOf(row) + 1}`;
    }

    // One after the other, so that the last order sent is the one that stands; a refusal shows the page as it is.
    function send() {
      const values = new URLSearchParams(new FormData(form));
      sending = sending.then(() => fetch(form.action, { method: "POST", body: values })).then((answer) => { if (!answer.ok) window.location.reload(); });
    }

    function move(row, before) {
      if (before === row || before === row.nextElementSibling) return;
      body.insertBefore(row, before);
      tell(row);
    }

    const end = () => body.querySelector("tr:not([data-name])");
    body.querySelectorAll("[data-handle]").forEach((handle) => {
      const row = handle.closest("tr");
      let began = null;
      handle.addEventListener("keydown", (event) => {
        if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
        event.preventDefault();
        const all = rows();
        const at = all.indexOf(row);
        const wanted = event.key === "ArrowUp" ? all[at - 1] : at + 1 < all.length ? all[at + 2] || end() : undefined;
        if (wanted === undefined) return;
        move(row, wanted);
        handle.focus();
        send();
      });
      handle.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        handle.focus();
        handle.setPointerCapture(event.pointerId);
        began = rows().indexOf(row);
        row.classList.add("x-dragged");
      });
      handle.addEventListener("pointermove", (event) => {
        if (began === null) return;
        const over = rows().find((one) => { const box = one.getBoundingClientRect(); return event.clientY >= box.top && event.clientY < box.bottom; });
        if (!over || over === row) return;
        const box = over.getBoundingClientRect();
        move(row, event.clientY < box.top + box.height / 2 ? over : over.nextElementSibling);
      });
      const drop = () => {
        if (began === null) return;
        row.classList.remove("x-dragged");
        if (rows().indexOf(row) !== began) send();
        began = null;
      };
      handle.addEventListener("pointerup", drop);
      handle.addEventListener("pointercancel", drop);
    });
  });
}());
