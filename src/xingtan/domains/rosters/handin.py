"""Handing in a roster: look first, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from xingtan.core.calendar import local_day
from xingtan.domains.teachers.api import ADD_SCHOOLS, SCHOOL_KINDS, Occasion, add_schools
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic, writing
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.models import Organisation

from . import access
from .plan import Plan, plan_roster
from .reading import Layout, RowResult, open_roster
from .schools import SchoolRow, by_parent, read_schools
from .states import RowState
from .write import write_plan

EVERY = 1000
Tell = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Nobody asked how far it is."""


@dataclass(frozen=True)
class HandIn:
    """A file as it was read: its layout, its rows, and the schools it brings along."""

    layout: Layout
    rows: list[RowResult]
    schools: list[SchoolRow]


class RosterRefused(Refused):
    """Nothing was imported; the plan says why, row by row."""

    def __init__(self, layout: Layout, plan: Plan) -> None:
        super().__init__("roster_has_problems", count=plan.counts[RowState.REFUSED])
        self.layout = layout
        self.plan = plan


@dataclass(frozen=True)
class Imported:
    """What an import did."""

    layout: Layout
    plan: Plan
    schools_added: int

    @property
    def counts(self) -> dict[str, int]:
        """How many rows were new, changed, unchanged, refused."""
        return self.plan.counts


def read_hand_in(path: Path, *, actor: Actor, now: datetime, tell: Tell = silent) -> HandIn:
    """Everything the file says; refused when it is no roster. For a school, rows without a school are its own."""
    own = _own_school(actor)
    schools = read_schools(path) if actor.may(ADD_SCHOOLS) else []
    rows: list[RowResult] = []
    with open_roster(path, today=local_day(now), school=own.name if own else "") as roster:
        for row in roster.rows:
            rows.append(row)
            if not len(rows) % EVERY:
                tell(len(rows), 0)
    return HandIn(roster.layout, rows, schools)


def _own_school(actor: Actor) -> Organisation | None:
    if actor.organisation_id is None:
        return None
    own: Organisation | None = Organisation.everywhere.filter(pk=actor.organisation_id, kind__in=SCHOOL_KINDS).first()
    return own


def preview_roster(*, actor: Actor, path: Path, now: datetime, tell: Tell = silent) -> tuple[Layout, Plan]:
    """What importing the file would do; nothing is changed."""
    require(actor, access.IMPORT_ROSTER)
    hand_in = read_hand_in(path, actor=actor, now=now, tell=tell)
    if not hand_in.schools:
        return hand_in.layout, plan_roster(hand_in.rows, scope=actor.scope, today=local_day(now))
    with writing():
        _add_schools(hand_in.schools, actor, now)
        plan = plan_roster(hand_in.rows, scope=actor.scope, today=local_day(now))
        transaction.set_rollback(True)
    return hand_in.layout, plan


def import_roster(
    *, actor: Actor, path: Path, now: datetime, good_only: bool = False, job_id: int | None = None, tell: Tell = silent
) -> Imported:
    """All rows stand in the register, or with `good_only` all that are not refused, else none; a second time nothing changes."""
    require(actor, access.IMPORT_ROSTER)
    hand_in = read_hand_in(path, actor=actor, now=now, tell=tell)
    return _import(actor, hand_in, now, good_only=good_only, job_id=job_id, tell=tell)


@atomic
def _import(actor: Actor, hand_in: HandIn, now: datetime, *, good_only: bool, job_id: int | None, tell: Tell) -> Imported:
    _wait_for_other_imports()
    added = _add_schools(hand_in.schools, actor, now)
    plan = plan_roster(hand_in.rows, scope=actor.scope, today=local_day(now))
    if plan.counts[RowState.REFUSED] and not good_only:
        raise RosterRefused(hand_in.layout, plan)
    total = len(plan.rows)
    ids = write_plan(plan, Occasion(now, actor.account_id, job_id), lambda done: tell(total + done, 2 * total))
    if ids:
        record(actor, "teachers.roster_imported", "teacher", ids, now=now, detail={**plan.counts, "job": job_id})
    return Imported(hand_in.layout, plan, added)


def _wait_for_other_imports() -> None:
    """Two files that name one person never meet between look and write: imports take turns at the root of the tree."""
    Organisation.everywhere.select_for_update().filter(parent=None).order_by("path").first()


def _add_schools(rows: list[SchoolRow], actor: Actor, now: datetime) -> int:
    groups = by_parent(rows, actor.scope, actor.organisation_id) if rows else {}
    return sum(len(add_schools(actor=actor, parent_id=parent, rows=group, now=now)) for parent, group in groups.items())
