/* A package as its reviewers see it: it plays, and nothing of it is kept. */
import { PackageFrame, told } from "./package-frame.js";

const line = new PackageFrame({
  ready: () => line.say("start", { item: told.item, kept: {}, learner: told.learner, mode: "browse", activity: told.activity }),
});
