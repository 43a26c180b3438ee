"""What an office passed without a sample: many portions are weighed as the one batch that they make."""

from __future__ import annotations

from django.db.models import Count, Q

from xingtan.domains.credits.api import EntryKind, Outcome, ReviewDecision, Step
from xingtan.domains.policies import api as policies
from xingtan.domains.reviews.models import BatchSample, PassedUnopened
from xingtan.domains.reviews.states import BatchState


def sample_due(organisation_id: int, year: policies.TrainingYear, step: Step, count: int) -> int:
    """How many of so many entries the office opens before they pass together, with what it passed unsampled before; at most all of them."""
    clock = policies.policy_of(year).review_clock
    return min(count, clock.sample_of(count + unsampled(organisation_id, year.pk, step, clock.sample_least)))


def unsampled(organisation_id: int, training_year_id: int, step: Step, least: int) -> int:
    """How many entries the office passed unsampled, since its last batch with a whole sample (`least` entries).

    An entry that was decided by itself does not count where its evidence was before the reviewer.
    """
    found = BatchSample.objects.filter(
        batch__organisation_id=organisation_id, batch__training_year_id=training_year_id, batch__step=step, batch__state=BatchState.PASSED
    )
    times = list(found.order_by().values_list("batch__decided_at").annotate(n=Count("pk")))
    rows = ReviewDecision.objects.filter(organisation_id=organisation_id, step=step, outcome=Outcome.PASSED)
    unopened = PassedUnopened.objects.filter(organisation_id=organisation_id, training_year_id=training_year_id, step=step)
    if whole := [at for at, n in times if at and n >= least]:
        rows, unopened = rows.filter(decided_at__gt=max(whole)), unopened.filter(at__gt=max(whole))
    rows = rows.exclude(decided_at__in=[at for at, _n in times]).exclude(entry__kind=EntryKind.LATE).order_by()
    rows = rows.exclude(entry_id__in=unopened.values("entry_id"))  # each counts once
    # One act has one moment and one person, in however many counties.
    acts = rows.values("decided_at", "account_id").annotate(
        n=Count("pk"), own=Count("pk", filter=Q(entry__training_year_id=training_year_id))
    )
    return sum(acts.filter(n__gt=1).values_list("own", flat=True)) + unopened.count()
