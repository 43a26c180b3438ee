"""Batches: begun, written portion by portion, finished; each portion is a transaction of its own, so the site answers meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from xingtan.domains.rosters.branch import Coming
from xingtan.domains.rosters.compare import changes, differing, phones_of, refuse_person, standing_of
from xingtan.domains.rosters.models import RosterBatch, RosterPortion
from xingtan.domains.rosters.plan import PlannedRow, refuse_too_early
from xingtan.domains.rosters.reading import RowResult
from xingtan.domains.rosters.rules import refuse_move
from xingtan.domains.rosters.spool import GoodRow
from xingtan.domains.rosters.states import BatchState, RowState
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic, writing
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.models import Organisation


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What is to be written: the file's digest and name, how many rows, how many are refused, and the schools that come along."""

    digest: str
    name: str
    to_write: int
    refused: int
    good_only: bool
    coming: Coming
    file: StoredFile | None = None


def wait_for_other_imports() -> None:
    """Two files that name one person never meet between look and write: portions take turns at the root of the tree."""
    Organisation.everywhere.select_for_update(no_key=True).filter(parent=None).order_by("path").first()


@atomic
def begin_batch(*, actor: Actor, handed: HandedIn, now: datetime) -> RosterBatch:
    """A batch is being written, and its schools stand; the same file of the same office that was cut off goes on in its own batch."""
    wait_for_other_imports()
    known = RosterBatch.everywhere.filter(organisation=actor.organisation_id, digest=handed.digest, state=BatchState.WRITING)
    batch = known.first() or RosterBatch(
        organisation_id=actor.organisation_id,
        account_id=actor.account_id,
        digest=handed.digest,
        file=handed.file,
        file_name=handed.name[:200],
        begun_at=now,
        to_write=handed.to_write,
        good_only=handed.good_only,
    )
    made = [
        school
        for parent, rows in handed.coming.items()
        for school in teachers.add_schools(actor=actor, parent_id=parent, rows=rows, now=now)
    ]
    batch.school_ids = [*batch.school_ids, *(school.pk for school in made)]
    batch.refused, batch.moved_at = handed.refused, now
    batch.save()
    return batch


def write_portion(
    *, actor: Actor, batch: RosterBatch, rows: Sequence[GoodRow], branch: Mapping[int, str], occasion: teachers.Occasion
) -> list[PlannedRow]:
    """The rows stand in the register, compared once more with it as it is now; returns those that had to be refused after all."""
    ready = {one.row.number_index: one for one in teachers.prepare([newcomer(row, occasion) for row in rows], occasion)}
    with writing():
        return _Portion(actor, batch, branch, occasion).write(rows, ready)


def newcomer(row: GoodRow, occasion: teachers.Occasion) -> teachers.Newcomer:
    """The row as the register takes it."""
    return teachers.Newcomer(row.values, row.school_id, row.number_index, since(row, occasion))


def since(row: GoodRow, occasion: teachers.Occasion) -> date:
    """The day from which the row's facts hold."""
    day = row.values.get("effective_on")
    return day if isinstance(day, date) else occasion.today


@dataclass
class _Portion:
    actor: Actor
    batch: RosterBatch
    branch: Mapping[int, str]
    occasion: teachers.Occasion

    def write(self, rows: Sequence[GoodRow], ready: Mapping[str, teachers.Prepared]) -> list[PlannedRow]:
        wait_for_other_imports()
        move_batch(self.batch, BatchState.WRITING, self.occasion.now)
        held = teachers.Teacher.everywhere.select_for_update(of=("self",)).filter(number_index__among=list(ready)).order_by("pk")
        known = {teacher.number_index: teacher for teacher in held}
        fresh = [ready[row.number_index] for row in rows if row.number_index not in known]
        changed, refused, unchanged = self._compare([row for row in rows if row.number_index in known], known)
        made = teachers.register_prepared(fresh, self.occasion) if fresh else teachers.Registered([], [], [])
        back = self._change(changed) if changed else {}
        if made.ids or back:
            self._keep(made, back, unchanged, len(refused))
        return refused

    def _change(self, changed: Sequence[teachers.Amendment]) -> dict[str, teachers.State]:
        before = teachers.states_of([one.teacher.pk for one in changed])
        ids = teachers.change_teachers(changed, self.occasion)
        return teachers.differences(before, teachers.states_of(ids))

    def _compare(
        self, rows: Sequence[GoodRow], known: Mapping[str, teachers.Teacher]
    ) -> tuple[list[teachers.Amendment], list[PlannedRow], int]:
        changed, refused, unchanged = list[teachers.Amendment](), list[PlannedRow](), 0
        stands = {index: standing_of(teacher) for index, teacher in known.items()}
        columns = {row.row: differing(row.values, row.school_id, stands[row.number_index]) for row in rows}
        phones = phones_of([known[row.number_index].pk for row in rows if "phone" in columns[row.row]])
        for row in rows:
            teacher, theirs = known[row.number_index], stands[row.number_index]
            told = changes(columns[row.row], row.values, row.school_id, theirs, phones.get(teacher.pk, ""))
            planned = PlannedRow(
                RowResult(row.row, [], row.values, []), RowState.CHANGED, row.school_id, row.number_index, teacher.pk, told
            )
            if problem := refuse_person(theirs, row.values["number"], self.branch):
                planned.refuse(problem)
            elif told and "effective_on" in row.values:
                refuse_too_early([planned])
            if planned.state is RowState.REFUSED:
                refused.append(planned)
            elif told:
                changed.append(teachers.Amendment(teacher, told, since(row, self.occasion)))
            else:
                unchanged += 1
        return changed, refused, unchanged

    def _keep(self, made: teachers.Registered, back: Mapping[str, object], unchanged: int, refused: int) -> None:
        ids = [int(pk) for pk in back]
        portion = RosterPortion.objects.create(
            batch=self.batch,
            number=RosterPortion.objects.filter(batch=self.batch).count() + 1,
            new_ids=made.ids,
            new_account_ids=made.new_account_ids,
            changed_ids=ids,
            before={"teachers": back, "grants": made.grant_ids},
            unchanged=unchanged,
            refused=refused,
            written_at=self.occasion.now,
        )
        counts = {"new": len(made.ids), "changed": len(ids), "unchanged": unchanged, "refused": refused}
        detail = {**counts, "batch": self.batch.public_id, "portion": portion.number, "job": self.occasion.job_id}
        record(self.actor, "teachers.roster_imported", "teacher", [*made.ids, *ids], now=self.occasion.now, detail=detail)


def move_batch(batch: RosterBatch, wanted: BatchState, now: datetime) -> None:
    """The batch is in that state, by a move that is allowed from where it really stands; refused otherwise. Inside a transaction."""
    held = RosterBatch.everywhere.select_for_update().get(pk=batch.pk)
    if why := refuse_move(BatchState(held.state), wanted):
        raise Refused(why)
    RosterBatch.everywhere.filter(pk=batch.pk).update(state=wanted.value, moved_at=now)
    batch.state, batch.moved_at = wanted.value, now


@atomic
def finish_batch(*, batch: RosterBatch, late: int, now: datetime) -> None:
    """Everything of the batch is written; rows refused on the way are counted."""
    if RosterBatch.everywhere.filter(pk=batch.pk, state=BatchState.WRITTEN).exists():
        return
    move_batch(batch, BatchState.WRITTEN, now)
    RosterBatch.everywhere.filter(pk=batch.pk).update(refused=batch.refused + late)


def placed(rows: Sequence[GoodRow], standing: Mapping[int, int]) -> list[GoodRow]:
    """The rows with the keys of schools that were still to come when the file was read."""
    return [row._replace(school_id=standing[row.school_id]) if row.school_id < 0 else row for row in rows] if standing else list(rows)
