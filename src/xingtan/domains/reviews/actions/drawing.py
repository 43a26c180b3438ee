"""Which entries a batch's sample holds. Drawing again draws the same: nobody draws until the sample suits."""

from __future__ import annotations

import secrets
from collections.abc import Collection

from xingtan.domains.credits.api import Step
from xingtan.domains.policies import api as policies
from xingtan.domains.reviews.models import BatchSample, ReviewBatch
from xingtan.domains.reviews.queries.portions import sample_due
from xingtan.domains.reviews.rules import sample_of
from xingtan.domains.reviews.states import BatchState


def seed_for(organisation_id: int, training_year_id: int, step: Step) -> str:
    """A new seed once the office's last batch of this step has passed; until then the seed that was."""
    rows = ReviewBatch.everywhere.filter(organisation_id=organisation_id, training_year_id=training_year_id, step=step)
    last = rows.order_by("-pk").values_list("state", "seed").first()
    return last[1] if last and last[0] != BatchState.PASSED else secrets.token_hex(16)


def sample_for(batch: ReviewBatch, entry_ids: Collection[int]) -> list[int]:
    """The batch's sample: first whatever of it was drawn before in a batch that never passed, then as the seed draws."""
    year = policies.TrainingYear.everywhere.select_related("pack").get(pk=batch.training_year_id)
    count = sample_due(batch.organisation_id, year, Step(batch.step), len(entry_ids))
    before = BatchSample.objects.filter(
        batch__organisation_id=batch.organisation_id,
        batch__training_year_id=batch.training_year_id,
        batch__step=batch.step,
        batch__state=BatchState.DROPPED,
        entry_id__among=entry_ids,
    )
    carried = sorted(set(before.values_list("entry_id", flat=True))) if count else []
    fresh = sample_of(batch.seed, set(entry_ids) - set(carried), max(count - len(carried), 0))
    return carried + fresh
