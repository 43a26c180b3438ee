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
      // The document listens while a row is dragged: a row that moves in the page would lose a captured pointer.
      handle.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        handle.focus();
        const began = rows().indexOf(row);
        row.classList.add("x-dragged");
        const drag = (moved) => {
          const over = rows().find((one) => { const box = one.getBoundingClientRect(); return moved.clientY >= box.top && moved.clientY < box.bottom; });
          if (!over || over === row) return;
          const box = over.getBoundingClientRect();
          move(row, moved.clientY < box.top + box.height / 2 ? over : over.nextElementSibling);
        };
        const drop = () => {
          ["pointermove", "pointerup", "pointercancel"].forEach((name) => document.removeEventListener(name, name === "pointermove" ? drag : drop));
          row.classList.remove("x-dragged");
          if (rows().indexOf(row) !== began) send();
        };
        document.addEventListener("pointermove", drag);
        document.addEventListener("pointerup", drop);
        document.addEventListener("pointercancel", drop);
      });
    });
  });
}());
