"""Adding a course, reviewing it, withdrawing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import path_of
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Kind, Organisation

from .access import ADD_COURSE, REVIEW_COURSE
from .contents import check_captions, document_pages, video_seconds
from .models import Course, Unit
from .rules import refuse_review, refuse_unit
from .states import CourseState, UnitKind

COURSE_FIELDS = ("title", "title_en", "summary", "summary_en", "subject", "stage", "component", "area")
UNIT_FIELDS = ("title", "title_en", "file", "captions", "captions_en", "package", "body", "pass_score", "is_required")
SECONDS_PER_PAGE = 60


@atomic
def add_course(*, actor: Actor, provider_id: int, values: Mapping[str, Any], units: Sequence[Mapping[str, Any]], now: datetime) -> Course:
    """The provider's course waits for review with its units; lengths and pages are those of the files. The same course again is the same row."""
    require(actor, ADD_COURSE)
    provider = Organisation.objects.within(actor.scope).filter(pk=provider_id, kind=Kind.PROVIDER).first()
    if provider is None:
        raise NotInScope("provider")
    if not units:
        raise Refused("course_needs_units")
    code, version = values["code"], values.get("version", 1)
    held = Course.everywhere.filter(provider=provider, code=code, version=version).first()
    if held:
        return _the_same(held, values, units)
    rows = [_unit(place, unit) for place, unit in enumerate(units, 1)]
    given = {field: values[field] for field in COURSE_FIELDS if field in values}
    course = Course.everywhere.create(provider=provider, code=code, version=version, made_at=now, **given)
    for row in rows:
        row.course = course
    Unit.objects.bulk_create(rows)
    record(actor, "courses.added", "course", [course.pk], now=now, detail={"units": len(rows)})
    return course


def _the_same(held: Course, values: Mapping[str, Any], units: Sequence[Mapping[str, Any]]) -> Course:
    """The course that this form made before; raises `Refused` when it is another one under the same code."""
    titles = list(Unit.objects.filter(course=held).order_by("place").values_list("title", flat=True))
    if held.title == values["title"] and titles == [unit["title"] for unit in units]:
        return held
    raise Refused("course_code_taken", taken=held.code)


def _unit(place: int, given: Mapping[str, Any]) -> Unit:
    """A unit whose length and pages were read from its file; raises `Refused` naming its place."""
    kind = UnitKind(given["kind"])
    unit = Unit(place=place, kind=kind, **{field: given[field] for field in UNIT_FIELDS if given.get(field) is not None})
    if unit.file and kind is UnitKind.VIDEO:
        unit.length_s = video_seconds(path_of(unit.file), unit.file.name)
    if unit.file and kind is UnitKind.DOCUMENT:
        unit.page_count = document_pages(path_of(unit.file), unit.file.name)
        unit.length_s = given.get("length_s") or unit.page_count * SECONDS_PER_PAGE
    if unit.package and kind is UnitKind.PACKAGE:
        unit.length_s = given.get("length_s") or unit.package.facts["length_s"]
    for captions in (unit.captions, unit.captions_en):
        _check_captions(captions)
    why = refuse_unit(
        kind, length_s=unit.length_s, page_count=unit.page_count, has_file=(unit.file or unit.package) is not None, body=unit.body
    )
    if why:
        raise Refused(why, place=place)
    return unit


def _check_captions(captions: StoredFile | None) -> None:
    if captions:
        check_captions(path_of(captions), captions.name)


@atomic
def review_course(*, actor: Actor, course_ids: Sequence[int], now: datetime) -> int:
    """The courses are open to choice; answers how many became so now. One that is open already stays so."""
    require(actor, REVIEW_COURSE)
    courses = list(Course.objects.within(actor.scope).select_for_update(of=("self",)).filter(pk__in=course_ids).order_by("pk"))
    if len(courses) != len(set(course_ids)):
        raise NotInScope("course")
    waiting = [course for course in courses if course.state != CourseState.REVIEWED]
    for course in waiting:
        if why := refuse_review(CourseState(course.state)):
            raise Refused(why)
    ids = [course.pk for course in waiting]
    if ids:
        Course.everywhere.filter(pk__in=ids).update(state=CourseState.REVIEWED, reviewed_at=now, reviewed_by_id=actor.account_id)
        record(actor, "courses.reviewed", "course", ids, now=now)
    return len(ids)
