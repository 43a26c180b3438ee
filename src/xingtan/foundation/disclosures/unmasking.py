"""Whole numbers are shown for a reason, on record, and not by the hundred."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import Refused

from .models import Unmasking
from .persons import person_of

A_DAY = timedelta(days=1)
MOST_A_DAY = 50
LEAST_REASON = 2  # letters: a dot or a dash is no reason


@atomic
def note_unmasking(*, actor: Actor, subject_id: int, reason: str, now: datetime) -> Unmasking:
    """That the number is shown stands on record with its reason; refused without one, and beyond 50 people within 24 hours."""
    words = " ".join(reason.split())
    if sum(letter.isalnum() for letter in words) < LEAST_REASON:
        raise Refused("reason_missing")
    lately = Unmasking.objects.filter(account_id=actor.account_id, at__gt=now - A_DAY)
    if lately.exclude(subject_id=subject_id).values("subject_id").distinct().count() >= MOST_A_DAY:
        raise Refused("unmaskings_enough", most=MOST_A_DAY)
    person = person_of(actor)
    return Unmasking.objects.create(
        subject_id=subject_id,
        account_id=actor.account_id,
        role=person.role.value,
        organisation_id=person.organisation_id,
        reason=words[:200],
        at=now,
    )


def unmaskings_of(subject_id: int) -> QuerySet[Unmasking]:
    """Every time that the person's number was shown whole, the latest first."""
    return Unmasking.objects.filter(subject_id=subject_id).select_related("organisation").order_by("-at", "-pk")
