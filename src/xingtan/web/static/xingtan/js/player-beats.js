/* Beats of a player: kept on this computer until the server has acknowledged them; shown is only what it acknowledged. */
const PREFIX = "xingtan.beats.";
const SPAN_S = { hidden: "hidden", repeated: "repeated", overlapping: "repeated" };
const LONGEST_WAIT_S = 30;
const MOST_A_POST = 200;

export const data = JSON.parse(document.getElementById("player").textContent);
const show = (name, text) => document.querySelectorAll(`[data-show="${name}"]`).forEach((place) => { place.textContent = text; });
const fill = (sentence, words) => sentence.replace(/%\((\w+)\)s/g, (_all, name) => words[name]);

export function spoken(seconds) {
  const whole = Math.max(Math.round(seconds), 0);
  return whole < 60 ? fill(data.words.seconds, { s: whole }) : fill(data.words.minutes, { m: Math.floor(whole / 60), s: whole % 60 });
}

function serif(place, seconds) {
  place.replaceChildren(...spoken(seconds).split(/(\d+)/).filter((part) => part.trim()).map((part) => {
    const piece = document.createElement(/\d/.test(part) ? "b" : "span");
    if (piece.tagName === "B") piece.className = "x-n";
    piece.textContent = part.trim();
    return piece;
  }));
}

/* One opening's beats in localStorage; a browser without it keeps them in memory. */
class Shelf {
  constructor(session) { this.key = PREFIX + session; this.memory = null; }
  read() {
    try { return JSON.parse(localStorage.getItem(this.key)) ?? this.memory; } catch { return this.memory; }
  }
  write(kept) {
    this.memory = kept;
    try { if (kept.beats.length) localStorage.setItem(this.key, JSON.stringify(kept)); else localStorage.removeItem(this.key); } catch { /* full or forbidden */ }
  }
  static left(but) {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX) && key !== PREFIX + but).map((key) => new Shelf(key.slice(PREFIX.length)));
    } catch { return []; }
  }
}

export class Beats {
  constructor() {
    this.shelf = new Shelf(data.session);
    this.seq = 0;
    this.beats = [];
    this.parts = { counted: 0, hidden: 0, repeated: 0 };
    this.open = 0;
    this.learned = data.learned_s;
    this.interval = data.interval_s;
    this.wait = data.interval_s;
    this.isSending = false;
    this.state = "";
    this.heard = [];
    this.covered = new Uint8Array(data.length_s);
    data.covered.forEach(([from, to]) => this.covered.fill(1, from, to));
    this.began = performance.now();
    window.addEventListener("online", () => this.send());
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") this.part(); });
    window.addEventListener("pagehide", () => this.part());
    this.say("synced", data.opened_at);
    this.draw();
    this.deliverLeft();
    this.timer = setTimeout(() => this.tick(), this.wait * 1000);
  }

  /* The server's clock, as it was when the page was opened plus what has passed since. */
  now() { return Math.floor(data.opened_at + (performance.now() - this.began) / 1000); }

  /* Asked before each post: the stretches that were played since the last. */
  onCollect(collect) { this.collect = collect; }
  onAnswer(hear) { this.heard.push(hear); }

  add(fromS, toS, rate, isVisible) {
    if (toS <= fromS) return;
    this.beats.push({ seq: this.seq++, client_at: this.now(), from_s: fromS, to_s: toS, rate_centi: Math.round(rate * 100), is_visible: isVisible });
    this.shelf.write({ token: data.token, beats: this.beats });
  }

  async tick() {
    clearTimeout(this.timer);
    this.collect?.();
    await this.send();
    this.timer = setTimeout(() => this.tick(), this.wait * 1000);
  }

  async send() {
    if (this.isSending || !this.beats.length) return;
    this.isSending = true;
    if (this.state !== "offline") this.say("syncing");
    try {
      const answer = await this.post({ token: data.token, beats: this.beats.slice(0, MOST_A_POST) });
      if (answer) this.take(answer);
    } catch { this.fail(); }
    this.isSending = false;
    this.draw();
    if (this.beats.length && this.state === "synced") await this.send();
  }

  async post(content) {
    const response = await fetch(data.beat, { method: "POST", body: JSON.stringify(content), headers: { "Content-Type": "application/json" }, signal: AbortSignal.timeout(15000) });
    if (response.status === 401) { this.say("expired"); return null; }
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  }

  fail() {
    this.wait = Math.min(this.wait * 2, Math.max(LONGEST_WAIT_S, this.interval));
    this.say("offline");
  }

  take(answer) {
    const sent = new Map(this.beats.map((beat) => [beat.seq, beat]));
    answer.reasons.forEach(([seq, counted, reason]) => this.tally(sent.get(seq), counted, reason));
    this.beats = this.beats.filter((beat) => beat.seq > answer.acknowledged);
    this.shelf.write({ token: data.token, beats: this.beats });
    this.learned = answer.learned_s;
    this.open = Math.max(answer.server_at - data.opened_at, 0);
    this.interval = this.wait = answer.next_in;
    this.say("synced", answer.server_at);
    this.heard.forEach((hear) => hear(answer));
  }

  tally(beat, counted, reason) {
    if (!beat) return;
    this.parts.counted += counted;
    if (reason === "counted") this.covered.fill(1, beat.from_s, Math.min(beat.to_s, data.length_s));
    const part = SPAN_S[reason];
    if (part) this.parts[part] += Math.round((beat.to_s - beat.from_s) * 100 / beat.rate_centi);
  }

  /* The page goes away or into the background: what was played is told at once; it stays on the shelf until it is acknowledged. */
  part() {
    this.collect?.();
    if (this.beats.length) navigator.sendBeacon?.(data.beat, JSON.stringify({ token: data.token, beats: this.beats.slice(0, MOST_A_POST) }));
  }

  /* What earlier openings on this computer could not deliver. */
  async deliverLeft() {
    for (const shelf of Shelf.left(data.session)) {
      const kept = shelf.read();
      if (!kept) continue;
      try {
        const response = await fetch(data.beat, { method: "POST", body: JSON.stringify({ token: kept.token, beats: kept.beats.slice(0, MOST_A_POST) }) });
        if (response.status >= 500) continue;
        const rest = response.ok ? kept.beats.slice(MOST_A_POST) : [];
        shelf.write({ token: kept.token, beats: rest });
      } catch { return; }
    }
  }

  pending() { return this.beats.filter((beat) => beat.is_visible).reduce((total, beat) => total + (beat.to_s - beat.from_s) * 100 / beat.rate_centi, 0); }

  say(state, at) {
    this.state = state;
    const chip = document.getElementById("sync");
    const icon = document.querySelector(`#player-icons`).content.querySelector(`[data-state="${state}"] svg`)?.cloneNode(true);
    const clock = at ? new Date(at * 1000).toLocaleTimeString("zh-CN", { hour12: false, timeZone: "Asia/Shanghai" }) : "";
    chip.className = `x-chip x-chip-${{ synced: "ok", syncing: "info", offline: "wait", expired: "stop" }[state]}`;
    chip.replaceChildren(...(icon ? [icon] : []), `${data.words[state]}${clock ? ` ${clock}` : ""}`);
    chip.dataset.state = state;
  }

  draw() {
    const { counted, hidden, repeated } = this.parts;
    serif(document.getElementById("counted"), counted);
    document.getElementById("counted").dataset.time = counted;
    const rest = Math.max(this.open - counted - hidden - repeated, 0);
    Object.entries({ counted, hidden, repeated, rest, open: Math.max(this.open, counted + hidden + repeated) }).forEach(([name, value]) => show(name, spoken(value)));
    show("learned", spoken(this.learned));
    show("length", spoken(data.length_s));
    document.getElementById("learned-bar").value = this.learned;
    this.drawStrip(counted + hidden + repeated + rest);
    const isOffline = this.state === "offline" || this.state === "expired";
    const waiting = isOffline ? this.pending() : 0;
    document.getElementById("offline").hidden = !isOffline;
    document.getElementById("pending").hidden = waiting < 1;
    if (isOffline) document.getElementById("offline-text").textContent = fill(data.words.kept, { time: spoken(waiting) });
    serif(document.getElementById("pending-time"), waiting);
  }

  drawStrip(total) {
    let at = 0;
    for (const name of ["counted", "hidden", "repeated"]) {
      const width = total ? this.parts[name] * 400 / total : 0;
      const piece = document.querySelector(`#strip [data-part="${name}"]`);
      piece.setAttribute("x", at);
      piece.setAttribute("width", width);
      at += width;
    }
  }
}
