"""Clocks that everybody sees: what waits for whom at each level, until when, and who is late by how much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Min, Q, Sum

from xingtan.core.calendar import WindowKind, local_day
from xingtan.core.policy import Level, ReviewRule
from xingtan.domains.credits import api as credits_room
from xingtan.domains.credits.api import EntryState, State, Step
from xingtan.domains.policies import api as policies
from xingtan.domains.reviews.offices import offices_of
from xingtan.domains.reviews.rules import came_before, due_on, window_of
from xingtan.domains.reviews.steps import rule_of
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.models import Organisation


class Waiting(NamedTuple):
    """What waits for one office or school at one step; `late_days` is how far behind the oldest entry is."""

    step: Step
    level: Level
    office: Organisation
    entries: int
    centi: int
    late: int
    oldest_at: datetime
    due_on: date | None
    late_days: int


class Row(NamedTuple):
    """Entries of a county (and school) that wait in one state."""

    state: State
    county_id: int
    school_id: int
    stage: str
    entries: int
    centi: int
    oldest_at: datetime
    late: int


class Deadlines:
    """The days of a year's steps for each county, as the pack, the year's windows and the days that were given more say."""

    def __init__(self, year: policies.TrainingYear) -> None:
        self.policy = policies.policy_of(year)
        self.steps = credits_room.steps_of(self.policy)
        self.windows = policies.windows_of(year)
        self.extended = credits_room.extended_until(year.pk)

    def due(self, rule: ReviewRule, kind: WindowKind, county_id: int, came_at: datetime) -> date | None:
        """The last day of a step for an entry that came to it at this moment."""
        window = self.windows.get(kind)
        return due_on(came_at, rule.days, window.closes_on if window else None, self.extended.get((county_id, kind.value)))

    def of_entry(self, row: EntryState) -> date | None:
        """The last day of the step that the entry waits for; None when it waits for none."""
        step = credits_room.next_step(self.steps, State(row.state))
        if step is None:
            return None
        rule = rule_of(self.policy, step)
        return self.due(rule, window_of(rule.level_for(row.teacher.stage)), row.county_id, row.changed_at)


def clocks(scope: Scope, year: policies.TrainingYear, today: date, *, by_school: bool) -> list[Waiting]:
    """Who has what to do, the latest first; a school's steps are its own line, or those of all schools their county's."""
    found: dict[tuple[Step, Level, int], list[tuple[Row, date | None]]] = defaultdict(list)
    deadlines = Deadlines(year)
    cities = _offices(scope, year)
    for row in _rows(scope, year, deadlines, today, by_school=by_school):
        step = credits_room.next_step(deadlines.steps, row.state)
        if step is None:
            continue
        rule = rule_of(deadlines.policy, step)
        level = rule.level_for(row.stage)
        office = row.school_id if level is Level.SCHOOL and by_school else cities[level].get(row.county_id, row.county_id)
        due = deadlines.due(rule, window_of(level), row.county_id, row.oldest_at)
        found[step, level, office].append((row, due))
    names = Organisation.everywhere.in_bulk({office for _, _, office in found})
    waiting = [_waiting(step, level, names[office], rows, today) for (step, level, office), rows in found.items()]
    return sorted(waiting, key=lambda one: (-one.late_days, -one.late, -one.entries, one.office.pk))


def _waiting(step: Step, level: Level, office: Organisation, rows: list[tuple[Row, date | None]], today: date) -> Waiting:
    due = min((day for _, day in rows if day), default=None)
    late_days = max((today - due).days, 0) if due else 0
    # Without days of its own a step is late as a whole once its window is over.
    late = sum(row.late if row.late >= 0 else (row.entries if day and today > day else 0) for row, day in rows)
    oldest = min(row.oldest_at for row, _ in rows)
    return Waiting(
        step, level, office, sum(row.entries for row, _ in rows), sum(row.centi for row, _ in rows), late, oldest, due, late_days
    )


def _offices(scope: Scope, year: policies.TrainingYear) -> dict[Level, dict[int, int]]:
    rows = EntryState.objects.within(scope).filter(training_year=year, state__in=credits_room.UNVERIFIED).order_by()
    counties = set(rows.values_list("county_id", flat=True).distinct())
    return {level: offices_of(level, counties) for level in Level}


def _rows(scope: Scope, year: policies.TrainingYear, deadlines: Deadlines, today: date, *, by_school: bool) -> Iterator[Row]:
    """What waits, in one query; late by a step's own days is counted there, late by the window (-1) afterwards."""
    late = Q(pk__in=[])
    with_days = set()
    for step in deadlines.steps:
        if days := rule_of(deadlines.policy, step).days:
            states = credits_room.waiting_for(deadlines.steps, step)
            late |= Q(state__in=states, changed_at__lt=came_before(today, days))
            with_days |= set(states)
    keys = ("state", "county_id", *(("school_id",) if by_school else ()), "teacher__stage")
    rows = EntryState.objects.within(scope).filter(training_year=year, state__in=credits_room.UNVERIFIED).order_by().values(*keys)
    counted = rows.annotate(n=Count("pk"), centi=Sum("recognised_centi"), oldest=Min("changed_at"), late=Count("pk", filter=late))
    for one in counted:
        state, given = (
            State(one["state"]),
            max((day for (pk, _), day in deadlines.extended.items() if pk == one["county_id"]), default=None),
        )
        own = one["late"] if state in with_days and not (given and given >= today) else (0 if given and given >= today else -1)
        yield Row(state, one["county_id"], one.get("school_id", 0), one["teacher__stage"], one["n"], one["centi"], one["oldest"], own)


def days_late(due: date | None, now: datetime) -> int:
    """How many days after its last day a moment is; 0 while there is time."""
    return max((local_day(now) - due).days, 0) if due else 0
