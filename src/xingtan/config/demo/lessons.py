"""The demonstration's courses, added through the door of `courses` as a provider would: media made here, files kept, units judged."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from xingtan.domains.courses import api as courses
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import chunks_of, keep_file
from xingtan.foundation.people.roles import Actor

from .media import Slide, cached, captions, make_pdf, make_video

FILM_SECONDS = 56  # with 24 of ethics and 20 of reading: 100 seconds, which are 50 hours where two seconds are an hour
VTT = "text/vtt"


@lru_cache(maxsize=1)
def lessons() -> Mapping[str, Any]:
    """What the courses say, from the file beside this one."""
    return tomllib.loads(Path(__file__).with_name("lessons.toml").read_text(encoding="utf-8"))


def course_codes() -> list[str]:
    """The codes of the demonstration's courses."""
    return [course["code"] for course in lessons()["course"]]


def add_demo_courses(*, actor: Actor, provider_id: int, codes: Iterable[str] | None = None, now: datetime) -> list[courses.Course]:
    """The provider has these courses (all of them unless named), each with film, captions, document, quiz and assignment; they wait for review."""
    wanted = set(course_codes() if codes is None else codes)
    return [
        courses.add_course(actor=actor, provider_id=provider_id, values=_values(course), units=_units(course, actor, now), now=now)
        for course in lessons()["course"]
        if course["code"] in wanted
    ]


def _values(course: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: course[name] for name in ("code", "title", "title_en", "summary", "summary_en", "stage", "subject")}
    return told | {"component": "course", "area": courses.Area.PROFESSIONAL}


def _units(course: Mapping[str, Any], actor: Actor, now: datetime) -> list[dict[str, Any]]:
    ethics, film = lessons()["ethics"], {**course, "title": course["film"], "title_en": course["film_en"], "seconds": FILM_SECONDS}
    return [_film_unit(ethics, actor, now), _document_unit(actor, now), _film_unit(film, actor, now), _quiz_unit(), _assignment_unit()]


def _film_unit(told: Mapping[str, Any], actor: Actor, now: datetime) -> dict[str, Any]:
    slides, seconds = _slides(told), told["seconds"]
    film = cached(repr((slides, seconds)), ".mp4", lambda place: make_video(place, slides, seconds))
    chapters = [
        {"at_s": seconds * place // len(slides), "title": title, "title_en": title_en}
        for place, (title, title_en) in enumerate(zip(told["chapters"], told["chapters_en"], strict=True))
    ]
    return {
        "kind": courses.UnitKind.VIDEO,
        "title": told["title"],
        "title_en": told["title_en"],
        "file": _keep_path(film, f"{told['title']}.mp4", "video/mp4", actor, now),
        "captions": _keep_text(captions(slides, seconds), "zh.vtt", VTT, actor, now),
        "captions_en": _keep_text(captions(slides, seconds, english=True), "en.vtt", VTT, actor, now),
        "body": {"chapters": chapters},
    }


def _slides(told: Mapping[str, Any]) -> list[Slide]:
    spoken = zip(told["board"], told["spoken"], told["spoken_en"], strict=True)
    return [Slide(title, "", tuple(lines), remark, zh, en) for (title, *lines, remark), zh, en in spoken]


def _document_unit(actor: Actor, now: datetime) -> dict[str, Any]:
    told = lessons()["public"]
    pages = [(page["heading"], page["paragraphs"]) for page in told["pages"]]
    place = cached(repr((told["title"], pages)), ".pdf", lambda fresh: make_pdf(fresh, told["title"], pages))
    return {
        "kind": courses.UnitKind.DOCUMENT,
        "title": told["title"],
        "title_en": told["title_en"],
        "length_s": told["seconds"],
        "file": _keep_path(place, f"{told['title']}.pdf", "application/pdf", actor, now),
    }


def guide_unit(actor: Actor, now: datetime) -> dict[str, Any]:
    """The reader as the only unit of a course that is studied on its provider's own platform."""
    return _document_unit(actor, now)


def _quiz_unit() -> dict[str, Any]:
    told = lessons()["quiz"]
    return {
        "kind": courses.UnitKind.QUIZ,
        "title": told["title"],
        "title_en": told["title_en"],
        "pass_score": told["pass_score"],
        "body": {"questions": told["questions"]},
    }


def _assignment_unit() -> dict[str, Any]:
    told = lessons()["assignment"]
    body = {name: told[name] for name in ("brief", "brief_en", "least_characters", "rubric")}
    return {"kind": courses.UnitKind.ASSIGNMENT, "title": told["title"], "title_en": told["title_en"], "pass_score": 60, "body": body}


def _keep_path(place: Path, name: str, media_type: str, actor: Actor, now: datetime) -> StoredFile:
    with place.open("rb") as content:
        return keep_file(chunks_of(content), kind="course", name=name, media_type=media_type, actor=actor, now=now)


def _keep_text(text: str, name: str, media_type: str, actor: Actor, now: datetime) -> StoredFile:
    return keep_file([text.encode()], kind="course", name=name, media_type=media_type, actor=actor, now=now)
