/* Asks the browser for a passkey and sends its answer with the form that stands round it. */
(function () {
  "use strict";
  const form = document.querySelector("form[data-passkey]");
  const place = document.getElementById("passkey-options");
  const go = form && form.querySelector("[data-passkey-go]");
  if (!form || !place || !go) return;
  const field = form.querySelector("input[type=hidden][name$=passkey]");
  const failed = form.querySelector("[data-passkey-failed]");
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  function asked(options) {
    const key = options.publicKey;
    const named = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));
    const read = { ...key, challenge: bytes(key.challenge) };
    if (key.user) read.user = { ...key.user, id: bytes(key.user.id) };
    if (key.excludeCredentials) read.excludeCredentials = named(key.excludeCredentials);
    if (key.allowCredentials) read.allowCredentials = named(key.allowCredentials);
    return { publicKey: read };
  }

  function told(credential) {
    const from = credential.response;
    const response = { clientDataJSON: text(from.clientDataJSON) };
    if (from.attestationObject) response.attestationObject = text(from.attestationObject);
    if (from.authenticatorData) response.authenticatorData = text(from.authenticatorData);
    if (from.signature) response.signature = text(from.signature);
    if (from.userHandle) response.userHandle = text(from.userHandle);
    return JSON.stringify({
      id: credential.id, rawId: text(credential.rawId), type: credential.type, response,
      authenticatorAttachment: credential.authenticatorAttachment || undefined,
      clientExtensionResults: credential.getClientExtensionResults(),
    });
  }

  go.addEventListener("click", async () => {
    failed.hidden = true;
    if (!window.PublicKeyCredential) { failed.hidden = false; return; }
    if (form.dataset.passkey === "create" && !form.reportValidity()) return;
    try {
      const options = asked(JSON.parse(place.textContent));
      const made = form.dataset.passkey === "create" ? await navigator.credentials.create(options) : await navigator.credentials.get(options);
      field.value = told(made);
      form.submit();
    } catch (refused) { failed.hidden = false; }
  });
})();
