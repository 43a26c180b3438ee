// The press for a seat: counts down by the server's clock, presses once, says the answer; a broken line presses again, which counts once.
(() => {
  const box = document.querySelector("[data-rush]");
  const form = box.querySelector("form[action='/press']");
  const button = form.querySelector("button");
  const answer = box.querySelector("[data-answer]");
  const clock = box.querySelector("[data-clock]");
  const ahead = Number(box.dataset.now) - Date.now();
  const opens = Number(box.dataset.opens);

  const tick = () => {
    const rest = opens - Date.now() - ahead;
    if (rest <= 0) {
      clock.textContent = "";
      button.disabled = false;
      button.focus();
      return;
    }
    const seconds = Math.ceil(rest / 1000);
    const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    clock.textContent = parts.map((part) => String(part).padStart(2, "0")).join(":");
    setTimeout(tick, rest % 1000 || 1000);
  };
  if (clock && opens) {
    button.disabled = true;
    tick();
  }

  const say = (said) => {
    const words = box.querySelector(`[data-say="${said.code || said.state}"]`);
    answer.textContent = words ? words.innerHTML.replace("%(place)s", said.place || "") : said.state;
    if (said.state === "refused" || said.state === "nothing") button.disabled = false;
    else if (said.state !== "admitted" && said.state !== "waiting") location.reload();
    else form.hidden = true;
  };

  const press = async (tries) => {
    const token = form.elements.token.value;
    try {
      const sent = await fetch("/press", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ token }) });
      const said = await sent.json();
      if (sent.status === 503 && tries < 20) throw new Error("again");
      say(said);
    } catch {
      answer.textContent = box.dataset.broken;
      setTimeout(() => press(tries + 1), Math.min(500 * 2 ** tries, 8000) * (0.5 + Math.random()));
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    button.disabled = true;
    press(0);
  });
})();
