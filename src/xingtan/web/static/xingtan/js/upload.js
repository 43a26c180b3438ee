/* A long upload shows how far it is; without this script the form is sent as any other. */
(function () {
  "use strict";
  const form = document.querySelector("form[data-upload]");
  if (!form) return;
  const bar = form.querySelector("[data-upload-progress]");
  form.addEventListener("submit", (event) => {
    const size = [...form.querySelectorAll("input[type=file]")].reduce((total, input) => total + (input.files[0] ? input.files[0].size : 0), 0);
    if (!size) return;
    event.preventDefault();
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    bar.hidden = false;
    request.upload.addEventListener("progress", (step) => { if (step.lengthComputable) bar.value = 100 * step.loaded / step.total; });
    request.addEventListener("load", () => {
      if (request.responseURL !== form.action) { window.location.assign(request.responseURL); return; }
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      document.querySelector("main").replaceWith(page.querySelector("main"));
      window.scrollTo(0, 0);
    });
    request.addEventListener("error", () => { bar.hidden = true; form.querySelector("[type=submit]").disabled = false; });
    form.querySelector("[type=submit]").disabled = true;
    request.send(new FormData(form));
  });
})();
