"""Evidence that was opened before an entry was decided by itself, and entries that an office passed unopened."""

from __future__ import annotations

from datetime import datetime

from xingtan.domains.credits.api import Step
from xingtan.domains.policies import api as policies
from xingtan.domains.reviews.access import DRAW
from xingtan.domains.reviews.models import EvidenceLook, PassedUnopened
from xingtan.domains.reviews.queries.portions import sample_due
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.models import Organisation

from .refusing import Standing


@atomic
def note_evidence(*, actor: Actor, entry_id: int, now: datetime) -> None:
    """The entry's evidence counts as opened by this reviewer: to be called by whatever carries it. Nothing for who reviews for no office."""
    if actor.may(DRAW) and actor.account_id is not None:
        EvidenceLook.objects.get_or_create(entry_id=entry_id, account_id=actor.account_id, defaults={"at": now})


def weigh_one(actor: Actor, step: Step, row: Standing, now: datetime) -> None:
    """An entry that passes by itself unopened counts among the portions; `look_first` once those make a batch that needs a sample.

    Otherwise whoever passes ten thousand one by one, by a program, would never open any.
    """
    if actor.organisation_id is None or EvidenceLook.objects.filter(entry_id=row.pk, account_id=actor.account_id or 0).exists():
        return
    list(Organisation.everywhere.select_for_update(no_key=True).filter(pk=actor.organisation_id).values_list("pk"))
    year = policies.TrainingYear.everywhere.select_related("pack").get(pk=row.training_year_id)
    if sample_due(actor.organisation_id, year, step, 1):
        raise Refused("look_first", count=policies.policy_of(year).review_clock.sample_from)
    PassedUnopened.objects.create(
        organisation_id=actor.organisation_id, training_year_id=row.training_year_id, step=step.value, entry_id=row.pk, at=now
    )
