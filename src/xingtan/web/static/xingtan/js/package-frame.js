/* The frame in which a package of others runs, on the content host: the line to its run-time, and the list of its items. */
export const told = JSON.parse(document.getElementById("package").textContent);
const frame = document.getElementById("package-frame");
const list = document.getElementById("package-items");

export class PackageFrame {
  /* `hear` answers what the run-time says: ready, opened, commit, active, statement, ended, turn. */
  constructor(hear) {
    this.hear = hear;
    this.item = told.item;
    window.addEventListener("message", (event) => {
      if (event.source !== frame.contentWindow || event.origin !== told.origin || event.data?.xingtan !== 1) return;
      this.take(event.data);
    });
    list?.addEventListener("click", (event) => {
      const button = event.target.closest("[data-item]");
      if (button) this.open(button.dataset.item);
    });
    frame.src = told.src;
  }

  say(kind, more) { frame.contentWindow.postMessage({ xingtan: 1, kind, ...more }, told.origin); }

  take(said) {
    if (said.kind === "opened") this.mark(said.item);
    if (said.kind === "turn") this.turn(said);
    this.hear[said.kind]?.(said);
  }

  open(item) { (this.hear.opening ?? ((key) => this.say("open", { item: key })))(item); }

  turn({ by, to }) {
    const at = told.items.findIndex((one) => one.key === this.item);
    const next = to ? told.items.find((one) => one.key === to) : told.items[at + by];
    if (next) this.open(next.key);
  }

  mark(item) {
    this.item = item;
    frame.dataset.ready = "true";
    frame.dataset.item = item;
    list?.querySelectorAll("[data-item]").forEach((one) => { if (one.dataset.item === item) one.setAttribute("aria-current", "true"); else one.removeAttribute("aria-current"); });
  }
}
