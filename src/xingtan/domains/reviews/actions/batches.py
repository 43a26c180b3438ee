"""Batches: what a filter finds, with a random sample that its reviewer opens before the whole passes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from xingtan.domains.credits.api import EntryState, Outcome, State, Step
from xingtan.domains.reviews.access import DRAW
from xingtan.domains.reviews.models import BatchSample, ReviewBatch
from xingtan.domains.reviews.states import BatchState
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .deciding import Decided, take_step
from .drawing import sample_for, seed_for
from .opening import note_evidence
from .posting import Said, locked
from .refusing import refuse_step


@atomic
def draw_batch(
    *, actor: Actor, step: Step, training_year_id: int, entry_ids: Sequence[int], filters: Mapping[str, str], now: datetime
) -> ReviewBatch:
    """The entries stand in a new batch with the sample that its seed drew; whatever else the actor had drawn at this step is dropped.

    Raises what `decide` would raise for them; nothing of them has moved yet.
    """
    require(actor, DRAW)
    if actor.organisation_id is None:
        raise NotInScope
    if not entry_ids:
        raise Refused("nothing_ticked")
    held = locked(actor, entry_ids)
    if len(held) != len(set(entry_ids)) or any(row.training_year_id != training_year_id for row in held):
        raise NotInScope
    refuse_step(actor, step, Outcome.PASSED, held, now)
    seed = seed_for(actor.organisation_id, training_year_id, step)
    _drop_own(actor, step, training_year_id, now)
    ids = sorted(set(entry_ids))
    batch = ReviewBatch.everywhere.create(
        organisation_id=actor.organisation_id,
        training_year_id=training_year_id,
        step=step.value,
        filters={name: value for name, value in filters.items() if value},
        entry_ids=ids,
        entry_count=len(ids),
        centi=sum(EntryState.everywhere.filter(pk__among=ids).values_list("recognised_centi", flat=True)),
        seed=seed,
        drawn_at=now,
        drawn_by_id=actor.account_id,
    )
    drawn = sample_for(batch, ids)
    BatchSample.objects.bulk_create(BatchSample(batch=batch, entry_id=pk, place=place) for place, pk in enumerate(drawn, 1))
    record(actor, "reviews.drawn", "review_batch", [batch.pk], now=now, detail={"entries": len(ids), "sample": len(drawn)})
    return batch


def _drop_own(actor: Actor, step: Step, training_year_id: int, now: datetime) -> None:
    """What the actor had drawn at this step and not passed is dropped, and the audit log says so."""
    rows = ReviewBatch.everywhere.filter(training_year_id=training_year_id, step=step, drawn_by_id=actor.account_id, state=BatchState.DRAWN)
    dropped = list(rows.select_for_update().values_list("pk", flat=True))
    if dropped:
        rows.update(state=BatchState.DROPPED, decided_at=now, decided_by_id=actor.account_id)
        record(actor, "reviews.dropped", "review_batch", dropped, now=now)


@atomic
def look(*, actor: Actor, batch_id: int, entry_id: int, now: datetime) -> BatchSample:
    """The sampled entry's evidence counts as opened, by the first who did and when."""
    require(actor, DRAW)
    batch = batch_locked(actor, batch_id)
    sample = BatchSample.objects.filter(batch=batch, entry_id=entry_id).first()
    if sample is None:
        raise NotInScope
    note_evidence(actor=actor, entry_id=entry_id, now=now)
    if sample.opened_at is None and batch.state == BatchState.DRAWN:
        sample.opened_at, sample.opened_by_id = now, actor.account_id
        sample.save(update_fields=["opened_at", "opened_by_id"])
    return sample


@atomic
def pass_batch(*, actor: Actor, batch_id: int, now: datetime) -> Decided:
    """Every entry of the batch that was not sent back meanwhile has passed its step, or none has; a second time changes nothing.

    Raises `sample_unopened`, `sample_found_fault` (a sampled entry was sent back: draw anew), `batch_dropped`, and what `decide` raises
    (`sample_first`: it has no sample, and one became due since it was drawn).
    """
    require(actor, DRAW)
    batch = batch_locked(actor, batch_id)
    if batch.state == BatchState.PASSED:
        return Decided(0, batch.entry_count)
    if batch.state == BatchState.DROPPED:
        raise Refused("batch_dropped")
    opened = list(BatchSample.objects.filter(batch=batch).values_list("opened_at", flat=True))
    if None in opened:
        raise Refused("sample_unopened", count=opened.count(None))
    held = locked(actor, batch.entry_ids)
    gone = {row.pk for row in held if row.state in (State.RETURNED, State.REVERSED)}
    if gone and BatchSample.objects.filter(batch=batch, entry_id__in=gone).exists():
        raise Refused("sample_found_fault")
    batch.state, batch.decided_at, batch.decided_by_id = BatchState.PASSED.value, now, actor.account_id
    batch.save(update_fields=["state", "decided_at", "decided_by_id"])
    said = Said(Step(batch.step), Outcome.PASSED)
    return take_step(actor, said, [row for row in held if row.pk not in gone], now, is_sampled=bool(opened))


def batch_locked(actor: Actor, batch_id: int) -> ReviewBatch:
    """The office's batch, locked until the transaction ends; `NotInScope` for another's."""
    found = ReviewBatch.objects.within(actor.scope).select_for_update(of=("self",)).filter(pk=batch_id)
    batch = found.filter(organisation_id=actor.organisation_id or 0).first()
    if batch is None:
        raise NotInScope
    return batch
