"""Which projects teachers are in by their choices of all years: what somebody who admits them elsewhere must know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models.functions import Coalesce

from xingtan.domains.teachers import api as teachers

from .models import CourseSelection
from .states import State


@dataclass(frozen=True, slots=True)
class Engaged:
    """A teacher's project of a year by a choice that stands, with its first and last day."""

    teacher: int
    year: int
    project: int
    kind: str
    is_registered: bool
    from_on: date
    to_on: date


def engaged_by_choice(teacher_ids: Iterable[int]) -> list[Engaged]:
    """The projects of every year that the teachers chose and did not withdraw from, of merged records too, in one query."""
    persons = teachers.whose(teacher_ids)
    rows = CourseSelection.everywhere.filter(teacher_id__among=persons).exclude(state=State.WITHDRAWN).order_by("pk")
    days = (Coalesce("project__starts_on", "project__opens_on"), Coalesce("project__ends_on", "project__closes_on"))
    return [
        Engaged(persons[teacher], year, project, kind, state == State.REGISTERED, first, last)
        for teacher, year, project, kind, state, first, last in rows.values_list(
            "teacher_id", "training_year__year", "project_id", "project__kind", "state", *days
        )
    ]
