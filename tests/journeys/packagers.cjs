/* Packages made by independent packagers from npm: node packagers.cjs KIND SOURCE TARGET; the archive's or the manifest's path is printed. */
"use strict";
const fs = require("fs");
const path = require("path");
const [, , kind, source, target] = process.argv;
const VERSIONS = { 12: "1.2", "2004.3": "2004 3rd Edition", "2004.4": "2004 4th Edition" };

function whole(packager, version) {
  const told = { name: "made", version: "1.0.0", zip: true, outputFolder: target, typicalDuration: "PT0H1M0S", description: "课件", keywords: ["教研"], rights: "-", author: "明德" };
  require(packager)({ version: VERSIONS[version], organization: "明德教师研修中心", title: "课堂提问", language: "zh", masteryScore: 80, startingPage: "lesson.html", source, package: told }, () => {});
}

/* A plug-in of a build tool: it is given the files as a stream and answers with the manifest; zipping is the builder's own business. */
function manifest(version) {
  const Vinyl = require("vinyl");
  const stream = require("gulp-scorm-manifest")({ version, courseId: "asking", SCOtitle: "第一课", moduleTitle: "课堂提问", launchPage: "lesson.html", path: "", fileName: "imsmanifest.xml" });
  stream.on("data", (file) => fs.writeFileSync(path.join(target, "imsmanifest.xml"), file.contents));
  fs.readdirSync(source).forEach((name) => stream.write(new Vinyl({ cwd: source, base: source, path: path.join(source, name), contents: fs.readFileSync(path.join(source, name)) })));
  stream.end();
}

const [tool, version] = kind.split(":");
if (tool === "gulp") manifest(version); else whole(tool, version);
