"""Candidates with their past in projects with seats, which this room knows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models.functions import Coalesce

from xingtan.core.selection import Candidate
from xingtan.domains.suiting import api as suiting
from xingtan.domains.teachers import api as teachers

from .models import Application
from .states import STANDING, State


def candidates_of(teacher_ids: Iterable[int], on: date) -> dict[int, Candidate]:
    """Per teacher what is known on this day, applications and seats of all projects included; in a fixed number of queries."""
    ids = list(teacher_ids)
    return suiting.candidates_of(ids, on, seats_of(ids))


def seats_of(teacher_ids: Iterable[int]) -> list[suiting.Seated]:
    """The people's standing applications and seats in projects that were not cancelled, of merged records too, in one query."""
    persons = teachers.whose(teacher_ids)
    standing = Application.everywhere.filter(teacher_id__among=persons, state__in=sorted(STANDING)).exclude(project__state="cancelled")
    days = (Coalesce("project__starts_on", "project__opens_on"), Coalesce("project__ends_on", "project__closes_on"))
    rows = standing.order_by("pk").values_list("teacher_id", "project_id", "project__kind", "state", *days)
    return [
        suiting.Seated(persons[teacher], project, kind, state == State.ADMITTED, first, last)
        for teacher, project, kind, state, first, last in rows
    ]
