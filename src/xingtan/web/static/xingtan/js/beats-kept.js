/* Beats on their way: kept on this computer until the server has acknowledged them, told again after a broken line, a reload or a closed lid. */
const PREFIX = "xingtan.beats.";
const LONGEST_WAIT_S = 30;
const MOST_A_POST = 200;
const PATIENCE_MS = 15_000;

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

export const playedS = (beats) => beats.filter((beat) => beat.is_visible).reduce((total, beat) => total + (beat.to_s - beat.from_s) * 100 / beat.rate_centi, 0);

/* An opening's beats. `data` is what the page says (`player_data`): where to post, token, session, times. Those who show something override
   `say(state, at)`, `tally(beat, counted, reason)`, `draw()` and `lost(seconds)`. */
export class KeptBeats {
  constructor(data) {
    this.data = data;
    this.shelf = new Shelf(data.session);
    this.seq = 0;
    this.beats = [];
    this.interval = this.wait = data.interval_s;
    this.isSending = false;
    this.state = "";
    this.heard = [];
    this.setClock(data.opened_at);
    window.addEventListener("online", () => this.tick());
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") this.part(); });
    window.addEventListener("pagehide", () => this.part());
    this.timer = setTimeout(() => this.tick(), this.wait * 1000);
  }

  say() {}
  tally() {}
  draw() {}
  lost() {}

  /* The server's clock: as its last answer told it, plus what has passed since. A lid that was closed is put right by the next answer. */
  setClock(at) { this.at = at; this.began = performance.now(); }
  now() { return Math.floor(this.at + (performance.now() - this.began) / 1000); }

  onCollect(collect) { this.collect = collect; }
  onAnswer(hear) { this.heard.push(hear); }

  /* A stretch of whole seconds that was played: `more` may hold is_active and presence. */
  put(fromS, toS, rate, isVisible, more = {}) {
    this.beats.push({ seq: this.seq++, client_at: this.now(), from_s: fromS, to_s: toS, rate_centi: Math.round(rate * 100), is_visible: isVisible, ...more });
    this.keep();
  }

  keep() { this.shelf.write({ token: this.data.token, unit: this.data.unit, beats: this.beats }); }

  async tick() {
    clearTimeout(this.timer);
    this.collect?.();
    await this.send();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.tick(), this.wait * 1000);
  }

  async send() {
    if (this.isSending) return;
    this.isSending = true;
    let isGoingOn = this.beats.length > 0;
    while (isGoingOn) {
      if (this.state !== "offline") this.say("syncing");
      isGoingOn = await this.sendSome();
      this.draw();
    }
    this.isSending = false;
  }

  /* True when some were acknowledged and others wait. */
  async sendSome() {
    try {
      const answer = await this.post({ token: this.data.token, beats: this.beats.slice(0, MOST_A_POST) });
      if (answer) this.take(answer);
      return Boolean(answer) && this.beats.length > 0;
    } catch {
      this.wait = Math.min(this.wait * 2, Math.max(LONGEST_WAIT_S, this.interval));
      this.say("offline");
      return false;
    }
  }

  async post(content) {
    const response = await fetch(this.data.beat, { method: "POST", body: JSON.stringify(content), headers: { "Content-Type": "application/json" }, signal: AbortSignal.timeout(PATIENCE_MS) });
    if (response.status === 401) { this.say("expired"); return null; }
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  }

  take(answer) {
    const sent = new Map(this.beats.map((beat) => [beat.seq, beat]));
    answer.reasons.forEach(([seq, counted, reason]) => { if (sent.has(seq)) this.tally(sent.get(seq), counted, reason); });
    this.beats = this.beats.filter((beat) => beat.seq > answer.acknowledged);
    this.keep();
    this.setClock(answer.server_at);
    this.interval = this.wait = answer.next_in;
    this.say("synced", answer.server_at);
    this.heard.forEach((hear) => hear(answer));
  }

  /* The page goes away or into the background: what was played is told at once; it stays on the shelf until it is acknowledged. */
  part() {
    this.collect?.();
    if (this.beats.length) navigator.sendBeacon?.(this.data.beat, JSON.stringify({ token: this.data.token, beats: this.beats.slice(0, MOST_A_POST) }));
  }

  /* Where this computer last was in this unit, if it could not tell the server any more; null otherwise. */
  static leftAt(data) {
    const beats = Shelf.left(data.session).map((shelf) => shelf.read()).filter((kept) => kept?.unit === data.unit).flatMap((kept) => kept.beats).filter((beat) => beat.to_s > beat.from_s);
    return beats.length ? beats.reduce((last, beat) => (beat.client_at >= last.client_at ? beat : last)).to_s : null;
  }

  /* What earlier openings on this computer could not deliver. Another window may be using a shelf, so only what was acknowledged goes. */
  async deliverLeft() {
    for (const shelf of Shelf.left(this.data.session)) {
      while (await this.deliverSome(shelf));
    }
  }

  async deliverSome(shelf) {
    const kept = shelf.read();
    if (!kept?.beats?.length) return false;
    const some = kept.beats.slice(0, MOST_A_POST);
    try {
      const response = await fetch(this.data.beat, { method: "POST", body: JSON.stringify({ token: kept.token, beats: some }), signal: AbortSignal.timeout(PATIENCE_MS) });
      if (response.status === 401) this.lost(playedS(kept.beats));
      else if (!response.ok) return false;
      const until = response.ok ? (await response.json()).acknowledged : Infinity;
      const rest = (shelf.read()?.beats ?? []).filter((beat) => beat.seq > until);
      shelf.write({ ...kept, beats: rest });
      return rest.length > 0;
    } catch { return false; }
  }
}
