"""A batch that was drawn by mistake: dropped before it passes."""

from __future__ import annotations

from datetime import datetime

from xingtan.domains.reviews.access import DRAW
from xingtan.domains.reviews.models import ReviewBatch
from xingtan.domains.reviews.states import BatchState
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import Refused

from .batches import batch_locked


@atomic
def drop_batch(*, actor: Actor, batch_id: int, now: datetime) -> ReviewBatch:
    """The batch is dropped and none of its entries has moved; a second time changes nothing.

    Raises `batch_passed` for one that has passed, `NotInScope` for another office's.
    """
    require(actor, DRAW)
    batch = batch_locked(actor, batch_id)
    if batch.state == BatchState.PASSED:
        raise Refused("batch_passed")
    if batch.state == BatchState.DRAWN:
        batch.state, batch.decided_at, batch.decided_by_id = BatchState.DROPPED.value, now, actor.account_id
        batch.save(update_fields=["state", "decided_at", "decided_by_id"])
        record(actor, "reviews.dropped", "review_batch", [batch.pk], now=now)
    return batch
