"""Handing in a roster: the whole file is looked at first, then all of it or nothing is written, in portions."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from xingtan.core.calendar import local_day
from xingtan.core.oneroster import is_bundle
from xingtan.domains.teachers.api import ADD_SCHOOLS, SCHOOL_KINDS, Occasion
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.models import Organisation

from . import access
from .actions.batches import HandedIn, begin_batch, finish_batch, placed, write_portion
from .branch import Coming, Schools, still_coming
from .layout import Layout
from .models import RosterBatch
from .plan import Plan, Planner
from .queries import headings_told
from .reading import Raw, open_roster
from .schools import by_parent, read_schools
from .spool import PORTION, Spool
from .states import RowState

Tell = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Nobody asked how far it is."""


class RosterRefused(Refused):
    """Nothing was imported; the plan says why, row by row."""

    def __init__(self, layout: Layout, plan: Plan) -> None:
        super().__init__("roster_has_problems", count=plan.counts[RowState.REFUSED])
        self.layout = layout
        self.plan = plan


@dataclass(frozen=True)
class Imported:
    """What an import did; there is no batch where nothing was to be written."""

    layout: Layout
    plan: Plan
    batch: RosterBatch | None = None

    @property
    def counts(self) -> dict[str, int]:
        """How many rows were new, changed, unchanged, refused."""
        return self.plan.counts

    @property
    def schools_added(self) -> int:
        """How many schools came along."""
        return len(self.batch.school_ids) if self.batch else 0


@dataclass(frozen=True, slots=True)
class Look:
    """A file as it was looked at: what it would do, and the schools that would come along."""

    layout: Layout
    plan: Plan
    schools: Schools
    coming: Coming


def look_at(path: Path, *, actor: Actor, now: datetime, spool: Spool | None = None, tell: Tell = silent) -> Look:
    """What importing the file would do; nothing is changed. For a school, rows without a school are its own."""
    own = _own_school(actor)
    rows = read_schools(path) if actor.may(ADD_SCHOOLS) and not is_bundle(path) else []
    coming = still_coming(by_parent(rows, actor.scope, actor.organisation_id)) if rows else {}
    schools, done = Schools(actor.scope, coming), 0
    with open_roster(
        path, today=local_day(now), school=own.name if own else "", told=lambda headings: headings_told(actor, headings)
    ) as roster:
        planner = Planner(roster.reader, schools, spool)
        for part in _portions(roster.raw):
            planner.take(part)
            done += len(part)
            tell(done, 0)
    return Look(roster.layout, planner.finish(), schools, coming)


def _portions(raw: Iterator[Raw]) -> Iterator[list[Raw]]:
    while part := list(islice(raw, PORTION)):
        yield part


def _own_school(actor: Actor) -> Organisation | None:
    if actor.organisation_id is None:
        return None
    own: Organisation | None = Organisation.everywhere.filter(pk=actor.organisation_id, kind__in=SCHOOL_KINDS).first()
    return own


def preview_roster(*, actor: Actor, path: Path, now: datetime, tell: Tell = silent) -> tuple[Layout, Plan]:
    """What importing the file would do; nothing is changed."""
    require(actor, access.IMPORT_ROSTER)
    look = look_at(path, actor=actor, now=now, tell=tell)
    return look.layout, look.plan


@dataclass(frozen=True, slots=True)
class Work:
    """The job that an import is part of and the stored file it reads, where there are; and who hears how far it is."""

    job_id: int | None = None
    file: StoredFile | None = None
    tell: Tell = silent


def import_roster(*, actor: Actor, path: Path, now: datetime, good_only: bool = False, work: Work | None = None) -> Imported:
    """All rows stand in the register, or with `good_only` all that are not refused, else none; a second time nothing changes."""
    require(actor, access.IMPORT_ROSTER)
    work = work or Work()
    with Spool() as spool:
        look = look_at(path, actor=actor, now=now, spool=spool, tell=work.tell)
        plan = look.plan
        if plan.counts[RowState.REFUSED] and not good_only:
            raise RosterRefused(look.layout, plan)
        if not plan.writes and not look.coming:
            _close_cut_off(actor, path, now)
            return Imported(look.layout, plan)
        name = work.file.name if work.file else path.name
        handed = HandedIn(_digest(path), name, plan.writes, plan.counts[RowState.REFUSED], good_only, look.coming, work.file)
        batch = begin_batch(actor=actor, handed=handed, now=now)
        _write(actor, batch, look, spool, Occasion(now, actor.account_id, work.job_id), work.tell)
    return Imported(look.layout, plan, batch)


def _write(actor: Actor, batch: RosterBatch, look: Look, spool: Spool, occasion: Occasion, tell: Tell) -> None:
    standing = look.schools.standing() if look.coming else {}
    branch: Mapping[int, str] = look.schools.names | {pk: look.schools.names[key] for key, pk in standing.items()}
    plan, done, late = look.plan, 0, 0
    for rows in spool.portions():
        refused = write_portion(actor=actor, batch=batch, rows=placed(rows, standing), branch=branch, occasion=occasion)
        for row in refused:
            plan.tally[RowState.NEW if plan.tally[RowState.NEW] else RowState.CHANGED] -= 1
            plan.note(row)
        late, done = late + len(refused), done + len(rows)
        tell(plan.total + done, 2 * plan.total)
    finish_batch(batch=batch, late=late, now=occasion.now)


def _close_cut_off(actor: Actor, path: Path, now: datetime) -> None:
    """A batch of this file that was cut off after its last portion is finished."""
    cut_off = RosterBatch.everywhere.filter(organisation=actor.organisation_id, state="writing")
    if cut_off.exists() and (batch := cut_off.filter(digest=_digest(path)).first()):
        finish_batch(batch=batch, late=0, now=now)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
