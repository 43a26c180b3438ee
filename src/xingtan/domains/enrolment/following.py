"""What follows of choices when people move, leave, or turn out to be one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import uuid7
from xingtan.foundation.events.hallway import emit
from xingtan.foundation.refusal import Refused

from .actions.holding import move
from .models import CourseSelection
from .states import State

WAITING = (State.CHOSEN, State.RETURNED)


def _open_choices(teacher_ids: Iterable[int], states: Sequence[State]) -> QuerySet[CourseSelection]:
    found = CourseSelection.everywhere.select_for_update(of=("self",)).filter(
        teacher_id__among=teachers.whose(teacher_ids), state__in=states
    )
    rows: QuerySet[CourseSelection] = found.exclude(training_year__state=policies.YearState.CLOSED).order_by("pk")
    return rows


def follow_moves(payload: Mapping[str, Any], now: datetime) -> None:
    """A choice that no school has confirmed goes along and waits at the new school; a confirmed one, its bill and its card stay where they were."""
    schools = {int(pk): school for pk, school in payload["schools"].items()}
    heads = teachers.whose(schools)
    to_school: dict[int, list[int]] = defaultdict(list)
    for one in _open_choices(schools, WAITING):
        if one.school_id != (school := schools[heads[one.teacher_id]]):
            to_school[school].append(one.pk)
    for school, ids in to_school.items():
        CourseSelection.everywhere.filter(pk__among=ids).update(school_id=school, version=F("version") + 1)


def follow_leavers(payload: Mapping[str, Any], now: datetime) -> None:
    """A leaver's choice that nobody has paid for is withdrawn and its bill amended; what is paid for waits, frozen, for a return."""
    gone = list(_open_choices(payload["teachers"], (*WAITING, State.CONFIRMED)))
    if billed := [one.pk for one in gone if one.state == State.CONFIRMED]:
        emit("enrolment.taken_back", {"selections": billed, "batch": str(uuid7())}, now=now)
    move(gone, State.WITHDRAWN)


def look_at_merge(merged: Sequence[int], into: Sequence[int]) -> Iterator[teachers.Weighed]:
    """Choices and cards of both; two standing choices of one open year conflict, for nobody can tell which of them is meant."""
    rows = CourseSelection.everywhere.filter(teacher_id__in=[*merged, *into]).exclude(state=State.WITHDRAWN)
    held: dict[bool, set[tuple[int, str]]] = {True: set(), False: set()}
    for teacher_id, year, state in rows.values_list("teacher_id", "training_year__year", "training_year__state"):
        held[teacher_id in merged].add((year, state))
    both = sorted(year for year, state in held[True] & held[False] if state != policies.YearState.CLOSED)
    conflict = Refused("merge_two_choices", year=both[-1]) if both else None
    yield teachers.Weighed(_("Course selections"), _years(held[True]), _years(held[False]), conflict)


def _years(held: Iterable[tuple[int, str]]) -> str:
    return ", ".join(str(year) for year, _state in sorted(held)) or "0"
