"""The review chain as the demonstration's people take it: a batch with its sample opened, what is flagged one by one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from xingtan.domains.credits import api as credits_room
from xingtan.domains.reviews import api as reviews
from xingtan.foundation.people.roles import SCHOOL, Actor


def pass_step(actor: Actor, step: credits_room.Step, entry_ids: Sequence[int], now: datetime) -> None:
    """The entries have passed the step."""
    if actor.role in SCHOOL:
        _decide(actor, step, entry_ids, now)
        return
    years = credits_room.EntryState.everywhere.filter(pk__among=entry_ids).order_by().values_list("training_year_id", flat=True)
    for year_id in sorted(set(years)):
        own = credits_room.EntryState.everywhere.filter(pk__among=entry_ids, training_year_id=year_id)
        ids = list(own.values_list("pk", flat=True))
        clean = reviews.clean_of(ids, reviews.checks_in(actor.scope, year_id))
        if clean:
            batch = reviews.draw_batch(actor=actor, step=step, training_year_id=year_id, entry_ids=clean, filters={}, now=now)
            for sample in reviews.samples_of(batch):
                reviews.look(actor=actor, batch_id=batch.pk, entry_id=sample.entry_id, now=now)
            reviews.pass_batch(actor=actor, batch_id=batch.pk, now=now)
        for pk in set(ids) - set(clean):
            reviews.note_evidence(actor=actor, entry_id=pk, now=now)
            _decide(actor, step, [pk], now)


def _decide(actor: Actor, step: credits_room.Step, entry_ids: Sequence[int], now: datetime) -> None:
    if entry_ids:
        reviews.decide(actor=actor, step=step, entry_ids=entry_ids, outcome=credits_room.Outcome.PASSED, now=now)
