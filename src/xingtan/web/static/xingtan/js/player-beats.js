/* What every player shares: beats on their way, the card that says what counted and what did not and why, and the prompt.

   For players of other kinds (packages, exercises):
     import { Beats, data, spoken } from "./player-beats.js";
     const beats = new Beats();
     beats.onCollect(() => …);                 asked before each post: add() what was played since the last
     beats.add(fromS, toS, rate, isVisible, isActive);   a stretch of whole seconds of the unit; a package uses one running second after another
     beats.touch();                            something was done (for script in frames; the page's own pointer, keys and scrolling are heard)
     beats.isActive(withinS);                  whether something was done within so many seconds
     beats.nextGap(from);                      the first second from there that is not played yet, data.length_s when there is none
     beats.onAnswer((answer) => …);            learned_s, position_s, reasons, prompt, day_left_s as the server told them
     beats.tick();                             tell now
   Parts of the page that a player does not have are left out. */
import { KeptBeats, playedS } from "./beats-kept.js";

export const data = JSON.parse(document.getElementById("player").textContent);
const SPAN = { hidden: "hidden", repeated: "repeated", overlapping: "repeated" };
const SAID = new Set(["idle", "absent", "day_cap", "impossible_speed", "from_the_future", "beyond_end", "session_unknown"]);
const TOUCHES = ["pointerdown", "pointermove", "keydown", "wheel", "scroll", "touchmove", "input"];
const at = (id) => document.getElementById(id);
const show = (name, text) => document.querySelectorAll(`[data-show="${name}"]`).forEach((place) => { place.textContent = text; });
export const fill = (sentence, words) => sentence.replace(/%\((\w+)\)s/g, (_all, name) => words[name]);

export function spoken(seconds) {
  const whole = Math.max(Math.round(seconds), 0);
  return whole < 60 ? fill(data.words.seconds, { s: whole }) : fill(data.words.minutes, { m: Math.floor(whole / 60), s: whole % 60 });
}

function serif(place, seconds) {
  place?.replaceChildren(...spoken(seconds).split(/(\d+)/).filter((part) => part.trim()).map((part) => {
    const piece = document.createElement(/\d/.test(part) ? "b" : "span");
    if (piece.tagName === "B") piece.className = "x-n";
    piece.textContent = part.trim();
    return piece;
  }));
}

export class Beats extends KeptBeats {
  constructor() {
    super(data);
    this.parts = { counted: 0, hidden: 0, repeated: 0 };
    this.refused = new Map();
    this.open = 0;
    this.learned = data.learned_s;
    this.touchedAt = performance.now();
    this.covered = new Uint8Array(data.length_s);
    if (data.learned_s < data.viewing * data.length_s || data.viewing >= data.viewings) data.covered.forEach(([from, to]) => this.covered.fill(1, from, to));
    const leftAt = KeptBeats.leftAt(data);
    if (leftAt !== null) data.position_s = Math.min(leftAt, data.length_s);
    TOUCHES.forEach((name) => document.addEventListener(name, () => this.touch(), { passive: true, capture: true }));
    this.prepareDialog();
    this.say("synced", data.opened_at);
    this.draw();
    this.deliverLeft();
  }

  touch() { this.touchedAt = performance.now(); }
  isActive(withinS) { return performance.now() - this.touchedAt <= withinS * 1000; }

  add(fromS, toS, rate, isVisible, isActive = true) {
    if (toS > fromS) this.put(fromS, toS, rate, isVisible, { is_active: isActive });
  }

  nextGap(from = 0) {
    const gap = this.covered.indexOf(0, from);
    return gap < 0 ? data.length_s : gap;
  }

  take(answer) {
    super.take(answer);
    this.learned = answer.learned_s;
    this.open = Math.max(answer.server_at - data.opened_at, 0);
    if (answer.viewing > data.viewing) { data.viewing = answer.viewing; this.covered.fill(0); }
    this.ask(answer.prompt);
    show("day-left", answer.day_left_s === undefined ? "" : fill(data.words.day_left, { time: spoken(answer.day_left_s) }));
  }

  tally(beat, counted, reason) {
    this.parts.counted += counted;
    if (reason === "counted") this.covered.fill(1, beat.from_s, Math.min(beat.to_s, data.length_s));
    const part = SPAN[reason];
    const seconds = Math.round((beat.to_s - beat.from_s) * 100 / beat.rate_centi);
    if (part) this.parts[part] += seconds;
    if (SAID.has(reason) && seconds) this.refused.set(reason, (this.refused.get(reason) ?? 0) + seconds);
  }

  /* Beats that were kept back longer than the server takes them: said, not hidden. */
  lost(seconds) {
    const place = at("lost");
    if (!place || seconds < 1) return;
    place.textContent = fill(data.words.lost, { time: spoken(seconds) });
    place.hidden = false;
  }

  /* The prompt: a dialog that one key or tap answers; the film is not stopped for it. */
  prepareDialog() {
    this.dialog = at("presence");
    this.dialog?.addEventListener("cancel", (event) => { event.preventDefault(); this.present(); });
    this.dialog?.addEventListener("keydown", (event) => { if (!["Tab", "Shift", "Control", "Alt", "Meta"].includes(event.key)) { event.preventDefault(); this.present(); } });
    at("present")?.addEventListener("click", () => this.present());
  }

  ask(prompt) {
    this.prompt = prompt;
    if (!this.dialog || this.isAnswering) return;
    if (!prompt) { if (this.dialog.open) this.dialog.close(); return; }
    at("presence-text").textContent = prompt.left_s > 0 ? fill(data.words.presence, { time: spoken(prompt.left_s) }) : data.words.absent;
    if (this.dialog.open) return;
    if (document.fullscreenElement) document.exitFullscreen();
    this.dialog.showModal();
  }

  async present() {
    this.dialog.close();
    if (!this.prompt || this.isAnswering) return;
    this.isAnswering = true;
    this.collect?.();
    this.put(data.position_s, data.position_s, 1, true, { is_active: true, presence: this.prompt.nonce });
    await this.tick();
    this.isAnswering = false;
  }

  say(state, when) {
    this.state = state;
    const chip = at("sync");
    if (!chip) return;
    const icon = document.querySelector("#player-icons")?.content.querySelector(`[data-state="${state}"] svg`)?.cloneNode(true);
    const clock = when ? new Date(when * 1000).toLocaleTimeString("zh-CN", { hour12: false, timeZone: "Asia/Shanghai" }) : "";
    chip.className = `x-chip x-chip-${{ synced: "ok", syncing: "info", offline: "wait", expired: "stop" }[state]}`;
    chip.replaceChildren(...(icon ? [icon] : []), `${data.words[state]}${clock ? ` ${clock}` : ""}`);
    chip.dataset.state = state;
  }

  draw() {
    const { counted, hidden, repeated } = this.parts;
    const refused = [...this.refused.values()].reduce((total, seconds) => total + seconds, 0);
    serif(at("counted"), counted);
    if (at("counted")) at("counted").dataset.time = counted;
    const rest = Math.max(this.open - counted - hidden - repeated - refused, 0);
    Object.entries({ counted, hidden, repeated, rest, open: Math.max(this.open, counted + hidden + repeated + refused) }).forEach(([name, value]) => show(name, spoken(value)));
    show("learned", spoken(this.learned));
    show("length", spoken(data.length_s * data.viewings));
    if (at("learned-bar")) at("learned-bar").value = this.learned;
    this.drawStrip(counted + hidden + repeated + rest + refused);
    this.drawRefused();
    this.drawOffline();
  }

  /* Every other reason for which something did not count, in words, with its seconds. */
  drawRefused() {
    at("refused")?.replaceChildren(...[...this.refused].flatMap(([reason, seconds]) => {
      const [term, time] = [document.createElement("dt"), document.createElement("dd")];
      term.textContent = data.words.reasons[reason];
      time.textContent = spoken(seconds);
      term.dataset.reason = reason;
      return [term, time];
    }));
  }

  drawOffline() {
    if (!at("offline")) return;
    const isOffline = this.state === "offline" || this.state === "expired";
    const waiting = isOffline ? playedS(this.beats) : 0;
    at("offline").hidden = !isOffline;
    if (isOffline) at("offline-text").textContent = fill(data.words.kept, { time: spoken(waiting) });
    if (!at("pending")) return;
    at("pending").hidden = waiting < 1;
    serif(at("pending-time"), waiting);
  }

  drawStrip(total) {
    let start = 0;
    for (const name of ["counted", "hidden", "repeated"]) {
      const width = total ? this.parts[name] * 400 / total : 0;
      const piece = document.querySelector(`#strip [data-part="${name}"]`);
      piece?.setAttribute("x", start);
      piece?.setAttribute("width", width);
      start += width;
    }
  }
}
