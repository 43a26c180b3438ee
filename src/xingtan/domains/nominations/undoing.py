"""Taking a workbook back as a whole: its standing applications end, portion by portion, those without a seat first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db.models import Case, Value, When

from xingtan.domains.admissions.api import (
    HOLDS_SEAT,
    RIGHTS,
    SEATED,
    STANDS,
    Act,
    Application,
    BatchState,
    Deed,
    NominationBatch,
    NominationPortion,
    Way,
    hold_project,
    is_begun,
    move,
    move_line,
    note,
    tell_rooms,
    unseat,
)
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .batches import move_batch, told

PORTION = 2_000
UNDONE = "=batch_undone"


def undo_nominations(
    *, actor: Actor, batch_id: str, reason: str, now: datetime, tell: Callable[[int, int], None] = lambda done, total: None
) -> NominationBatch:
    """No application of the batch stands any more and their seats are free; what had ended before stays as it ended. Cut off, it goes on."""
    batch: NominationBatch | None = NominationBatch.objects.within(actor.scope).filter(public_id=batch_id).first()
    if batch is None:
        raise NotInScope
    require(actor, RIGHTS[Way(batch.way)])
    if not reason.strip():
        raise Refused("admission_needs_reason")
    total = _begin(actor, batch, reason.strip(), now)
    done = 0
    while count := _undo_portion(actor, batch, now):
        done += count
        tell(done, max(total, done) + 1)
    return _finish(actor, batch, now)


@atomic
def _begin(actor: Actor, batch: NominationBatch, reason: str, now: datetime) -> int:
    found = hold_project(batch.project_id, now)
    if is_begun(found.project, now):
        raise Refused("batch_project_begun")
    if batch.state != BatchState.UNDOING:
        move_batch(batch, BatchState.UNDOING, now)
    NominationBatch.everywhere.filter(pk=batch.pk).update(undo_reason=reason[:200])
    told(actor, batch, "batch_undone", now)
    return Application.everywhere.filter(STANDS, batch=batch).count()


@atomic
def _undo_portion(actor: Actor, batch: NominationBatch, now: datetime) -> int:
    hold_project(batch.project_id, now)
    seated_last = Case(When(HOLDS_SEAT, then=Value(1)), default=Value(0))
    ids = Application.everywhere.filter(STANDS, batch=batch).order_by(seated_last, "pk").values_list("pk", flat=True)[:PORTION]
    held = Application.everywhere.filter(pk__among=list(ids)).order_by("pk").select_for_update(no_key=True, of=("self",))
    rows = list(held.select_related("teacher", "school"))
    was_seated = [row for row in rows if row.state in SEATED]
    move(rows, Act.CANCEL, Deed(actor, now, UNDONE), reason=UNDONE, decided_at=now, decided_by_id=actor.account_id)
    unseat(was_seated, reason=Act.CANCEL.value, now=now)
    tell_rooms("ended", was_seated, now)
    note(Deed(actor, now), "taken_back", rows, batch=batch.public_id)
    return len(rows)


@atomic
def _finish(actor: Actor, batch: NominationBatch, now: datetime) -> NominationBatch:
    """Whoever waits in line from elsewhere moves up only now."""
    hold_project(batch.project_id, now)
    NominationPortion.objects.filter(batch=batch).update(is_undone=True)
    move_batch(batch, BatchState.UNDONE, now)
    move_line(project_id=batch.project_id, now=now)
    return batch
