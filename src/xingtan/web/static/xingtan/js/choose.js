/* The sum of the ticked courses, as one ticks; the server adds up again. */
(function () {
  "use strict";
  const form = document.querySelector("form[data-choose]");
  if (!form) return;
  const sum = form.querySelector("[data-choose-sum]");
  const need = Number(form.querySelector("[data-choose-need]").dataset.chooseNeed);
  function add() {
    const centi = [...form.querySelectorAll("input[name=courses]:checked")].reduce((total, one) => total + Number(one.dataset.centi), 0);
    sum.textContent = (centi / 100).toFixed(centi % 10 ? 2 : 1);
    sum.closest(".x-choose-bar").classList.toggle("x-choose-full", centi >= need);
  }
  form.addEventListener("change", add);
  add();
}());
