/* A small cmi5 unit: fetch, initialized, completed, passed or failed, terminated. */
const given = Object.fromEntries(new URLSearchParams(location.search));
const VERB = "http://adlnet.gov/expapi/verbs/";
const CATEGORIES = "https://w3id.org/xapi/cmi5/context/categories/";
const began = Date.now();
let headers = null;
let template = {};
async function begin() {
  const token = (await (await fetch(given.fetch, { method: "POST" })).json())["auth-token"];
  headers = { Authorization: `Basic ${token}`, "X-Experience-API-Version": "1.0.3", "Content-Type": "application/json" };
  const asked = new URLSearchParams({ stateId: "LMS.LaunchData", activityId: given.activityId, agent: given.actor, registration: given.registration });
  const launch = await (await fetch(`${given.endpoint}activities/state?${asked}`, { headers })).json();
  template = launch.contextTemplate;
  await fetch(`${given.endpoint}agents/profile?${new URLSearchParams({ profileId: "cmi5LearnerPreferences", agent: given.actor })}`, { headers });
  await say("initialized");
  document.body.dataset.ready = "true";
}
async function say(verb, result, judges = false) {
  const context = structuredClone(template);
  context.registration = given.registration;
  context.contextActivities = { ...context.contextActivities, category: [{ id: `${CATEGORIES}cmi5` }, ...(judges ? [{ id: `${CATEGORIES}moveon` }] : [])] };
  const statement = { id: crypto.randomUUID(), timestamp: new Date().toISOString(), actor: JSON.parse(given.actor), verb: { id: VERB + verb, display: { en: verb } }, object: { id: given.activityId }, context };
  if (result) statement.result = result;
  await fetch(`${given.endpoint}statements`, { method: "POST", headers, body: JSON.stringify(statement), keepalive: true });
}
const duration = () => `PT${Math.round((Date.now() - began) / 1000)}S`;
let isDone = false;
document.getElementById("on").addEventListener("click", async () => {
  const chosen = document.querySelector("input:checked");
  if (!chosen || isDone) return;
  const isRight = chosen.value === "1";
  if (isRight) { isDone = true; await say("completed", { completion: true, duration: duration() }, true); }
  await say(isRight ? "passed" : "failed", { success: isRight, score: { scaled: isRight ? 1 : 0 }, duration: duration() }, true);
  document.getElementById("said").textContent = isRight ? "答对了，本单元完成。" : "再想一想，可以改选。";
});
window.addEventListener("pagehide", () => { if (headers) say("terminated", { duration: duration() }); });
begin();
