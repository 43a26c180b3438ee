/* An exercise: the time of a question counts once it is answered, at most what the policy gives one question; an open page never counts. */
import { Beats, data } from "./player-beats.js";

const beats = new Beats();
const questions = [...document.querySelectorAll(".x-quiz fieldset.x-question")];
let seen = 0; // milliseconds on the screen since the last answer
let since = document.hidden ? null : performance.now();

function look() {
  if (since !== null) seen += performance.now() - since;
  since = document.hidden ? null : performance.now();
}

function answered(place) {
  look();
  const [start, end] = [place * data.question_s, (place + 1) * data.question_s];
  const from = beats.nextGap(start);
  const to = Math.min(from + Math.floor(seen / 1000), end);
  seen = 0;
  if (to <= from) return;
  beats.add(from, to, 1, true, true);
  beats.covered.fill(1, from, to);
  data.position_s = to;
}

document.addEventListener("visibilitychange", look);
document.querySelector(".x-quiz")?.addEventListener("change", (event) => {
  const place = questions.indexOf(event.target.closest("fieldset.x-question"));
  if (place >= 0 && data.question_s > 0) answered(place);
});
