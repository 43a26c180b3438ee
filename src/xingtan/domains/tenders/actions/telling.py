"""Who is told of a tender's steps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from xingtan.core.calendar import local_day
from xingtan.foundation.people.models import Grant
from xingtan.foundation.people.roles import BUREAU, Role


def _holding(now: datetime) -> Q:
    day = local_day(now)
    return (Q(to_on=None) | Q(to_on__gte=day)) & Q(from_on__lte=day, ended_at=None)


def staff_of(providers: Iterable[int], now: datetime) -> list[int]:
    """The accounts of these providers' people."""
    held = Grant.objects.filter(_holding(now), organisation_id__in=list(providers), role=Role.PROVIDER_STAFF.value)
    return sorted(set(held.values_list("account_id", flat=True)))


def officers_of(organisation_id: int, now: datetime) -> list[int]:
    """The accounts of this office's officers."""
    held = Grant.objects.filter(_holding(now), organisation_id=organisation_id, role__in=[role.value for role in BUREAU])
    return sorted(set(held.values_list("account_id", flat=True)))
