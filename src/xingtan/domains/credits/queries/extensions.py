"""Windows that were made longer for a county."""

from __future__ import annotations

from datetime import date

from django.db.models import Max

from xingtan.core.calendar import WindowKind
from xingtan.domains.credits.models import WindowExtension


def extended_until(training_year_id: int) -> dict[tuple[int, str], date]:
    """For each (county, kind of window) that was given more days in this year, its last day."""
    rows = WindowExtension.everywhere.filter(training_year_id=training_year_id).order_by().values_list("county_id", "kind")
    return {(county_id, kind): until for county_id, kind, until in rows.annotate(until=Max("until_on"))}


def extended_counties(training_year_id: int, kind: WindowKind, day: date) -> set[int]:
    """The counties for which the window was made longer and is open on this day."""
    found = WindowExtension.everywhere.filter(training_year_id=training_year_id, kind=kind, until_on__gte=day)
    return set(found.values_list("county_id", flat=True))
