"""The parts of an office's folded menu: which pages stand together under which heading, in the order of the panel."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

PEOPLE, TRAINING = pgettext_lazy("menu part", "People"), pgettext_lazy("menu part", "Training")
HOURS, VERDICTS = pgettext_lazy("menu part", "Hours"), pgettext_lazy("menu part", "Verdicts and paper")
OUTSIDE, HOUSE = pgettext_lazy("menu part", "From outside"), pgettext_lazy("menu part", "The house")

PARTS: Mapping[Promise, tuple[str, ...]] = MappingProxyType(
    {
        PEOPLE: (
            "bureau:teachers", "bureau:roster_import", "school:roster", "bureau:transfers", "school:transfers", "bureau:duplicates",
            "bureau:schools", "bureau:registers", "bureau:circumstances", "bureau:groups",
        ),
        TRAINING: (
            "bureau:plans", "bureau:circulars", "bureau:surveys", "bureau:projects", "bureau:quotas", "bureau:tenders", "bureau:admissions", "provider:courses", "bureau:live_projects", "bureau:cards", "bureau:card_reports", "tutor:cohorts",
            "bureau:anomalies",
        ),
        HOURS: ("bureau:queue", "bureau:trainings", "bureau:opening_import", "bureau:results", "school:notice"),
        VERDICTS: ("bureau:determination", "bureau:certificates", "bureau:eligibility", "bureau:papers"),
        OUTSIDE: ("provider:reconciliation", "provider:statements", "provider:keys"),
        HOUSE: ("bureau:years", "bureau:policies", "bureau:people", "bureau:audit", "bureau:exports", "bureau:research"),
    }
)  # fmt: skip
_PLACES = {name: (place, heading) for place, (heading, names) in enumerate(PARTS.items()) for name in names}
_LAST = (len(PARTS) - 1, HOUSE)


def part_of(name: str) -> tuple[int, Promise]:
    """The place and the heading of a page's part; a page that no part names stands in the last."""
    return _PLACES.get(name, _LAST)
