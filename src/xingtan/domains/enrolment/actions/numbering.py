"""Numbers of cards: one series per county and year, for cards of a registration and for printed serials alike."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Max

from xingtan.domains.enrolment import rules
from xingtan.domains.enrolment.models import CardSeries, LearningCard
from xingtan.foundation.db import atomic
from xingtan.foundation.scope.models import Organisation


def hold_series(year: int, county_ids: Iterable[int]) -> dict[int, str]:
    """The counties are held until the transaction ends, in the order of their ids; answers the prefix of each one's numbers."""
    counties = Organisation.everywhere.select_for_update(no_key=True).filter(pk__in=set(county_ids)).order_by("pk")
    return {county.pk: f"{year}{county.code if county.code.isdigit() else f'{county.pk:06d}'}" for county in counties}


def next_numbers(prefix: str, count: int) -> list[str]:
    """So many numbers that nobody has or will get again, rising without a gap; the county is held (`hold_series`)."""
    CardSeries.objects.bulk_create([CardSeries(prefix=prefix)], ignore_conflicts=True)
    series = CardSeries.objects.get(prefix=prefix)
    first = max(series.last, _last_sequence(prefix)) + 1
    CardSeries.objects.filter(pk=series.pk).update(last=first + count - 1)
    return [rules.card_number(prefix, sequence) for sequence in range(first, first + count)]


@atomic
def reserve_numbers(*, year: int, county_id: int, count: int) -> list[str]:
    """So many fresh numbers of the county's series of the year, for serials that are bound to a person later."""
    return next_numbers(hold_series(year, [county_id])[county_id], count)


def _last_sequence(prefix: str) -> int:
    """How far the cards that were numbered before there were series have come."""
    found = LearningCard.everywhere.filter(number__gte=prefix, number__lt=prefix + "~").aggregate(last=Max("number"))["last"]
    return int(found[len(prefix) : -1]) if found else 0
