/* What is played is told to this laptop's own program every few seconds and kept here until it says that it stands on the disk. */
(function () {
  "use strict";
  var form = document.getElementById("player");
  var film = document.getElementById("film");
  var bar = document.getElementById("bar");
  var state = document.getElementById("state");
  var data = form.dataset;
  var length = Number(data.length);
  var key = "kit-" + data.player;
  var VISIBLE = 1, ACTIVE = 2, EVERY_MS = 10000, ASK_MS = 300000;
  var queue = [];
  try { queue = JSON.parse(localStorage.getItem(key) || "[]"); } catch (error) { queue = []; }
  queue = queue.filter(function (one) { return one.seq >= Number(data.seq); });
  var next = queue.length ? queue[queue.length - 1].seq + 1 : Number(data.seq);
  var isSending = false, isOver = false;

  function keep() { try { localStorage.setItem(key, JSON.stringify(queue)); } catch (error) { /* full: the queue stays in the page */ } }

  function add(from, to, rate, signs) {
    from = Math.max(0, Math.floor(from)); to = Math.min(length, Math.floor(to));
    if (to <= from || isOver) return from;
    queue.push({ seq: next, from_s: from, to_s: to, rate_centi: Math.round(rate * 100), signs: signs });
    next += 1; keep(); send(); bar.value = to;
    return to;
  }

  function send() {
    if (isSending || !queue.length || isOver) return;
    isSending = true;
    fetch(data.url, { method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value }, body: JSON.stringify(queue[0]) })
      .then(function (answer) {
        isSending = false;
        if (answer.ok) { queue.shift(); keep(); state.textContent = state.dataset.kept; state.dataset.state = "kept"; send(); return; }
        if (answer.status === 409) { isOver = true; state.dataset.state = "over"; answer.json().then(function (said) { state.textContent = said.error || state.dataset.over; }); if (film) film.pause(); return; }
        late();
      })
      .catch(function () { isSending = false; late(); });
  }

  function late() { state.textContent = state.dataset.waiting; state.dataset.state = "waiting"; setTimeout(send, 3000); }

  if (film) {
    var from = 0, at = 0, isPlaying = false;
    var begin = function () { from = at = film.currentTime; isPlaying = !film.paused; };
    var cut = function () { if (isPlaying) { var end = length - at < 1.05 ? length : at; from = Math.max(from, add(from, end, film.playbackRate, document.hidden ? 0 : VISIBLE | ACTIVE)); } };
    film.addEventListener("loadedmetadata", function () { if (Number(data.position)) film.currentTime = Number(data.position); }, { once: true });
    film.addEventListener("playing", begin);
    film.addEventListener("timeupdate", function () {
      if (!isPlaying || film.seeking) return;
      if (film.currentTime < at - 0.5 || film.currentTime > at + 3 * film.playbackRate + 1) { cut(); begin(); return; }
      at = film.currentTime;
    });
    ["pause", "ended", "seeking"].forEach(function (name) { film.addEventListener(name, function () { cut(); isPlaying = false; }); });
    film.addEventListener("seeked", begin);
    film.addEventListener("ratechange", function () { cut(); begin(); });
    document.addEventListener("visibilitychange", function () { cut(); });
    setInterval(function () { if (isPlaying) cut(); }, EVERY_MS);
  } else {
    var place = Number(data.position), answered = Date.now(), last = Date.now();
    var ask = document.getElementById("ask");
    document.getElementById("yes").addEventListener("click", function () { answered = last = Date.now(); ask.hidden = true; });
    setInterval(function () {
      var now = Date.now(), isActive = now - answered < ASK_MS;
      ask.hidden = isActive;
      if (isActive && !document.hidden) { var end = Math.min(place + Math.round((now - last) / 1000), length); place = Math.max(place, add(place, end, 1, VISIBLE | ACTIVE)); }
      last = now;
    }, EVERY_MS);
  }
  if (queue.length) send();
})();
