"""A workbook as a batch: begun, written portion by portion, finished; each portion is one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from xingtan.domains.admissions.api import (
    BATCH_MOVES,
    BatchState,
    Deed,
    NominationBatch,
    NominationPortion,
    Way,
    entered,
    hand_in,
    hold_project,
    seen_of,
    standing_of,
)
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.gate import ScopedQuerySet

from .plan import Good, finds_room, rooms_of

if TYPE_CHECKING:
    from .handin import Book


class HandedIn(NamedTuple):
    """What is to be written."""

    book: Book
    digest: str
    to_write: int
    refused: int
    good_only: bool


@atomic
def begin_batch(*, actor: Actor, handed: HandedIn, now: datetime) -> NominationBatch:
    """A batch is being written; the same file of the same office that was cut off goes on in its own batch."""
    book = handed.book
    hold_project(book.project_id, now)
    known = NominationBatch.everywhere.filter(organisation=actor.organisation_id, project=book.project_id, digest=handed.digest)
    batch = known.filter(state=BatchState.WRITING).first() or NominationBatch(
        organisation_id=actor.organisation_id,
        project_id=book.project_id,
        account_id=actor.account_id,
        way=book.way.value,
        digest=handed.digest,
        file=book.file,
        file_name=(book.name or book.path.name)[:200],
        good_only=handed.good_only,
        to_write=handed.to_write,
        begun_at=now,
    )
    batch.refused, batch.moved_at = handed.refused, now
    batch.save()
    return batch


@atomic
def write_portion(*, actor: Actor, batch: NominationBatch, rows: Sequence[Good], now: datetime) -> int:
    """The rows' applications stand; who left the branch or got an application meanwhile is left out and counted as refused."""
    found = hold_project(batch.project_id, now)
    if NominationBatch.everywhere.get(pk=batch.pk).state != BatchState.WRITING:
        raise Refused("batch_wrong_state")
    people = teachers.teachers_by_id([row.wish.teacher_id for row in rows])
    there = {pk for pk, one in people.items() if actor.scope.holds(one.school.path)}
    ready = there - set(standing_of(batch.project_id, list(there)))
    fresh = [row for row in rows if row.wish.teacher_id in ready]
    seen, way = seen_of(found, [row.wish for row in fresh], now), Way(batch.way)
    fresh = [row for row in fresh if way is Way.NATIONAL or not seen[row.wish.teacher_id].blocking]
    rooms = rooms_of(batch.project_id)
    fresh = [row for row in fresh if finds_room(rooms, row.wish.choice_id)]
    deed = Deed(actor, now)
    made = [entered(found, row.wish, people[row.wish.teacher_id], way, deed, seen[row.wish.teacher_id]) for row in fresh]
    for one, row in zip(made, fresh, strict=True):
        one.reason = row.reason
    hand_in(found, made, [row.wish for row in fresh], deed, batch)
    NominationPortion.objects.create(
        batch=batch,
        number=NominationPortion.objects.filter(batch=batch).count() + 1,
        first_row=rows[0].place,
        last_row=rows[-1].place,
        written=len(made),
        refused=len(rows) - len(made),
        written_at=now,
    )
    return len(made)


def move_batch(batch: NominationBatch, wanted: BatchState, now: datetime) -> None:
    """The batch is in that state; refused where the table has no such move. Inside a transaction."""
    held = NominationBatch.everywhere.select_for_update(of=("self",)).get(pk=batch.pk)
    if wanted not in BATCH_MOVES[BatchState(held.state)]:
        raise Refused("batch_wrong_state")
    NominationBatch.everywhere.filter(pk=batch.pk).update(state=wanted.value, moved_at=now)
    batch.state, batch.moved_at = wanted.value, now


@atomic
def finish_batch(*, batch: NominationBatch, now: datetime) -> NominationBatch:
    """Everything of the batch is written."""
    move_batch(batch, BatchState.WRITTEN, now)
    return batch


def told(actor: Actor, batch: NominationBatch, act: str, now: datetime) -> None:
    """The act on the batch stands in the audit log."""
    record(actor, f"admissions.{act}", "nomination_batch", [batch.pk], now=now, detail={"batch": batch.public_id})


def batches_in(scope: Scope, project_id: int) -> ScopedQuerySet[NominationBatch]:
    """The branch's workbooks of nominations for the project, the latest first."""
    return NominationBatch.objects.within(scope).filter(project_id=project_id).order_by("-pk")
