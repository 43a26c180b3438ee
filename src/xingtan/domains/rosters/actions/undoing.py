"""Undoing a batch as a whole: refused while something stands on it, else portion by portion, the last first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from xingtan.domains.rosters import access
from xingtan.domains.rosters.models import RosterBatch, RosterPortion
from xingtan.domains.rosters.queries import batch_in, obstacles_of, schools_in_use
from xingtan.domains.rosters.rules import refuse_move
from xingtan.domains.rosters.states import BatchState
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic, writing
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.models import Organisation

from .batches import move_batch, wait_for_other_imports

Tell = Callable[[int, int], None]


def undo_batch(*, actor: Actor, batch_id: str, reason: str, now: datetime, tell: Tell) -> RosterBatch:
    """The register stands as before the batch; refused, with nothing changed, where something stands on it. One cut off half way goes on."""
    require(actor, access.IMPORT_ROSTER)
    batch = batch_in(actor.scope, batch_id)
    if not reason.strip():
        raise Refused("undo_reason_missing")
    if why := refuse_move(BatchState(batch.state), BatchState.UNDOING):
        raise Refused(why)
    if batch.state == BatchState.WRITTEN and not RosterPortion.objects.filter(batch=batch).exists():
        raise Refused("batch_too_old")
    waiting = list(RosterPortion.objects.filter(batch=batch, is_undone=False).order_by("-number"))
    if count := sum(len(obstacles_of(portion)) for portion in waiting):
        raise Refused("batch_in_use", count=count)
    _begin(batch, actor, reason, now)
    for done, portion in enumerate(waiting, start=1):
        _undo_portion(actor, portion, now)
        tell(done, len(waiting) + 1)
    _finish(batch, actor, now)
    return batch


@atomic
def _begin(batch: RosterBatch, actor: Actor, reason: str, now: datetime) -> None:
    move_batch(batch, BatchState.UNDOING, now)
    RosterBatch.everywhere.filter(pk=batch.pk).update(undone_by_id=actor.account_id, undo_reason=reason.strip()[:200])


def _undo_portion(actor: Actor, portion: RosterPortion, now: datetime) -> None:
    with writing():
        wait_for_other_imports()
        if RosterPortion.objects.select_for_update().get(pk=portion.pk).is_undone:
            return
        list(
            teachers.Teacher.everywhere.select_for_update(of=("self",))
            .filter(pk__among=[*portion.new_ids, *portion.changed_ids])
            .order_by("pk")
        )
        if obstacles := obstacles_of(portion):
            raise Refused("batch_in_use", count=len(obstacles))
        teachers.restore_teachers(portion.before["teachers"])
        teachers.withdraw_teachers(portion.new_ids, portion.new_account_ids, portion.before["grants"])
        RosterPortion.objects.filter(pk=portion.pk).update(is_undone=True)
        detail = {
            "batch": portion.batch.public_id,
            "portion": portion.number,
            "withdrawn": len(portion.new_ids),
            "restored": len(portion.changed_ids),
        }
        record(actor, "teachers.roster_undone", "teacher", [*portion.new_ids, *portion.changed_ids], now=now, detail=detail)


@atomic
def _finish(batch: RosterBatch, actor: Actor, now: datetime) -> None:
    """Schools that came with the batch go too; where something stands on one by now, it stays."""
    free = sorted(set(batch.school_ids) - schools_in_use(batch.school_ids))
    Organisation.everywhere.filter(pk__in=free).delete()
    if free:
        record(actor, "teachers.schools_withdrawn", "organisation", free, now=now, detail={"batch": batch.public_id})
    move_batch(batch, BatchState.UNDONE, now)
