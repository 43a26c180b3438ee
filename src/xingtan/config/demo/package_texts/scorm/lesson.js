/* A small lesson for SCORM 1.2 and 2004: three pages, one question; where it was left is where it goes on. */
const LESSONS = {
  1: { pages: [["先想好问什么", "一节课准备三个好问题：一个请学生说出看到的，一个请学生说出理由，一个请学生提出自己的疑问。"], ["等一等", "提问之后等八秒。等待的时候看着全班，不看举手最快的那一位。"]], ask: "提问之后，至少等多久？", options: ["一秒", "八秒", "不用等"], right: 1 },
  2: { pages: [["追问一句", "学生回答之后，不急着说对错，先问：你是从哪里看出来的？"], ["把话写下来", "把学生的原话写在黑板上，请别的同学接着说。"]], ask: "学生回答之后，先做什么？", options: ["说对错", "追问理由", "换人回答"], right: 1 },
};
const lesson = LESSONS[new URLSearchParams(location.search).get("n") ?? "1"];
function find(name) {
  for (let place = window, up = 0; up < 8; up += 1, place = place.parent) {
    if (place[name]) return place[name];
    if (place.parent === place) break;
  }
  return window.opener?.[name] ?? null;
}
const old = find("API");
const api = find("API_1484_11") ?? old;
const is12 = api === old;
const call = (name, ...given) => api?.[is12 ? `LMS${name === "Terminate" ? "Finish" : name}` : name](...given);
const names = is12 ? { location: "cmi.core.lesson_location", status: "cmi.core.lesson_status", raw: "cmi.core.score.raw", min: "cmi.core.score.min", max: "cmi.core.score.max", exit: "cmi.core.exit", time: "cmi.core.session_time" } : { location: "cmi.location", raw: "cmi.score.raw", min: "cmi.score.min", max: "cmi.score.max", exit: "cmi.exit", time: "cmi.session_time" };
const get = (name) => call("GetValue", name);
const set = (name, value) => call("SetValue", name, String(value));
const began = Date.now();
call("Initialize", "");
let page = Math.min(Number(get(names.location)) || 0, lesson.pages.length);
if (is12 && ["not attempted", ""].includes(get(names.status))) set(names.status, "incomplete");
if (!is12) set("cmi.completion_status", "incomplete");

function draw() {
  const isQuestion = page >= lesson.pages.length;
  document.getElementById("at").textContent = `${page + 1} / ${lesson.pages.length + 1}`;
  document.getElementById("title").textContent = isQuestion ? lesson.ask : lesson.pages[page][0];
  document.getElementById("text").textContent = isQuestion ? "" : lesson.pages[page][1];
  const form = document.getElementById("question");
  form.hidden = !isQuestion;
  form.innerHTML = isQuestion ? lesson.options.map((text, at) => `<label><input type="radio" name="a" value="${at}"> ${text}</label>`).join("") : "";
  document.getElementById("on").textContent = isQuestion ? "交卷" : "下一页";
}
function judge() {
  const chosen = document.querySelector("input:checked");
  if (!chosen) return;
  const score = Number(chosen.value) === lesson.right ? 100 : 0;
  set(names.min, 0); set(names.max, 100); set(names.raw, score);
  if (is12) set(names.status, score ? "passed" : "failed");
  else { set("cmi.score.scaled", score / 100); set("cmi.success_status", score ? "passed" : "failed"); set("cmi.completion_status", "completed"); }
  call("Commit", "");
  document.getElementById("said").textContent = score ? "答对了，这一课完成。" : "再想一想，可以改选。";
}
document.getElementById("on").addEventListener("click", () => {
  if (page >= lesson.pages.length) { judge(); return; }
  page += 1;
  set(names.location, page);
  call("Commit", "");
  draw();
});
let ended = false;
window.addEventListener("pagehide", () => {
  if (ended) return;
  ended = true;
  const s = Math.round((Date.now() - began) / 1000);
  set(names.time, is12 ? `${String(Math.floor(s / 3600)).padStart(4, "0")}:${String(Math.floor(s / 60) % 60).padStart(2, "0")}:${String(s % 60).padStart(2, "0")}` : `PT${s}S`);
  set(names.exit, "suspend");
  call("Terminate", "");
});
draw();
