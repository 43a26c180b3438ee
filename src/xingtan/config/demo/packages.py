"""The demonstration's packages, one of each standard, made here from small texts of our own; tests make theirs of the same pieces."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from xingtan.domains.courses import api as courses
from xingtan.foundation.files.store import keep_file
from xingtan.foundation.people.roles import Actor

TEXTS = Path(__file__).with_name("package_texts")
BORN = (2026, 8, 26, 8, 0, 0)
LIBRARY = "H5P.XingtanReflect"
MINUTE_S = 60

SCORM12 = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="xingtan.asking" version="1.2" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
  <organizations default="lessons"><organization identifier="lessons"><title>课堂提问两课</title>
    <item identifier="one" identifierref="r-one"><title>第一课：好问题</title><adlcp:masteryscore>80</adlcp:masteryscore></item>
    <item identifier="two" identifierref="r-two"><title>第二课：会追问</title><adlcp:masteryscore>80</adlcp:masteryscore></item>
  </organization></organizations>
  <resources>
    <resource identifier="r-one" type="webcontent" adlcp:scormtype="sco" href="lesson.html?n=1"><file href="lesson.html"/></resource>
    <resource identifier="r-two" type="webcontent" adlcp:scormtype="sco" href="lesson.html?n=2"><file href="lesson.html"/></resource>
  </resources>
</manifest>"""
SCORM2004 = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="xingtan.asking.2004" version="1" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"
  xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
  <metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
  <organizations default="lessons"><organization identifier="lessons"><title>课堂追问</title>
    <item identifier="ask" identifierref="r-ask"><title>会追问</title>
      <imsss:sequencing><imsss:objectives><imsss:primaryObjective objectiveID="main" satisfiedByMeasure="true">
        <imsss:minNormalizedMeasure>0.8</imsss:minNormalizedMeasure></imsss:primaryObjective></imsss:objectives></imsss:sequencing></item>
    <imsss:sequencing><imsss:controlMode choice="true" flow="true"/></imsss:sequencing>
  </organization></organizations>
  <resources><resource identifier="r-ask" type="webcontent" adlcp:scormType="sco" href="lesson.html?n=2"><file href="lesson.html"/></resource></resources>
</manifest>"""
CMI5 = """<?xml version="1.0" encoding="UTF-8"?>
<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
  <course id="https://xingtan.invalid/courses/observing"><title><langstring lang="zh">观课记录</langstring><langstring lang="en">Notes of a lesson observed</langstring></title>
    <description><langstring lang="zh">一次只看一个问题。</langstring></description></course>
  <au id="https://xingtan.invalid/courses/observing/one" moveOn="CompletedAndPassed" masteryScore="0.8" launchMethod="AnyWindow">
    <title><langstring lang="zh">约定一个问题</langstring><langstring lang="en">Agree on one question</langstring></title>
    <description><langstring lang="zh">观课之前。</langstring></description><url>index.html</url></au>
</courseStructure>"""
H5P: dict[str, Any] = {
    "title": "一个改变", "language": "zh", "mainLibrary": LIBRARY, "embedTypes": ["iframe"], "license": "U",
    "preloadedDependencies": [{"machineName": LIBRARY, "majorVersion": 1, "minorVersion": 0}],
}  # fmt: skip
LIBRARY_JSON: dict[str, Any] = {
    "title": "Reflect", "machineName": LIBRARY, "majorVersion": 1, "minorVersion": 0, "patchVersion": 0, "runnable": 1,
    "coreApi": {"majorVersion": 1, "minorVersion": 24}, "preloadedJs": [{"path": "reflect.js"}], "preloadedCss": [{"path": "reflect.css"}],
}  # fmt: skip
CONTENT: dict[str, Any] = {
    "ask": "听课之后，下一节课准备改变几处？", "options": ["一处，改好再改下一处", "能想到的都改"], "answer": 0,
    "done": "说好了", "right": "好，就从一处开始。", "wrong": "一次改太多，不知道是哪一处起了作用。",
}  # fmt: skip


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A zip archive with these files, the same bytes every time."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, BORN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return made.getvalue()


def text(path: str) -> str:
    """One of the small texts beside this file."""
    return (TEXTS / path).read_text(encoding="utf-8")


def lesson_files() -> dict[str, str | bytes]:
    """The little lesson that speaks SCORM 1.2 and 2004, without a manifest."""
    return {"lesson.html": text("scorm/lesson.html"), "lesson.js": text("scorm/lesson.js"), "style.css": text("style.css")}


def cmi5_files() -> dict[str, str | bytes]:
    """The little cmi5 unit with its course structure."""
    return {"cmi5.xml": CMI5, "index.html": text("cmi5/index.html"), "unit.js": text("cmi5/unit.js"), "style.css": text("style.css")}


def h5p_files() -> dict[str, str | bytes]:
    """The little H5P content with a content type of its own."""
    library = f"{LIBRARY}-1.0"
    return {
        "h5p.json": json.dumps(H5P, ensure_ascii=False),
        "content/content.json": json.dumps(CONTENT, ensure_ascii=False),
        f"{library}/library.json": json.dumps(LIBRARY_JSON),
        f"{library}/reflect.js": text("h5p/reflect.js"),
        f"{library}/reflect.css": text("h5p/reflect.css"),
    }


def demo_packages() -> dict[str, tuple[str, str, bytes]]:
    """Title, English title and archive of each package, by its file's name."""
    lesson = lesson_files()
    return {
        "asking-scorm12.zip": ("课堂提问两课", "Two lessons on asking", zipped({"imsmanifest.xml": SCORM12, **lesson})),
        "asking-scorm2004.zip": ("课堂追问", "Asking on", zipped({"imsmanifest.xml": SCORM2004, **lesson})),
        "observing-cmi5.zip": ("观课记录", "Notes of a lesson observed", zipped(cmi5_files())),
        "one-change.h5p": ("一个改变", "One change", zipped(h5p_files())),
    }


def add_package_course(*, actor: Actor, provider_id: int, now: datetime) -> courses.Course:
    """The provider has a course of packages, one of each standard; it waits for review."""
    values = {
        "code": "BZB-01", "title": "互动课件：提问与观课", "title_en": "Interactive packages: asking and observing", "component": "course",
        "area": courses.Area.TEACHING, "summary": "四个由标准课件包组成的短单元：SCORM 1.2、SCORM 2004、cmi5 和 H5P。",
        "summary_en": "Four short units made of standard packages: SCORM 1.2, SCORM 2004, cmi5 and H5P.",
    }  # fmt: skip
    units = [_unit(name, *told, actor=actor, now=now) for name, told in demo_packages().items()]
    return courses.add_course(actor=actor, provider_id=provider_id, values=values, units=units, now=now)


def _unit(name: str, title: str, title_en: str, content: bytes, *, actor: Actor, now: datetime) -> dict[str, Any]:
    file = keep_file([content], kind="course", name=name, media_type="application/zip", actor=actor, now=now)
    package = courses.take_package(actor=actor, file=file, now=now)
    told = {"kind": courses.UnitKind.PACKAGE, "title": title, "title_en": title_en, "file": file, "package": package}
    return told | {"length_s": MINUTE_S, "pass_score": 60, "is_required": False}
