"""The automatic check: what looks wrong with an entry before anybody decides on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.db.models import Avg, Count, Exists, F, Max, OuterRef, Q

from xingtan.domains.credits.api import STANDING, EntryKind, EntryState, EvidenceKind
from xingtan.domains.reviews.rules import UNUSUAL_FROM, UNUSUAL_TIMES
from xingtan.domains.reviews.states import Check
from xingtan.foundation.scope.branch import Scope

MISSING = Q(entry__evidence=None, kind=EntryKind.LEARNED)
OVER = Q(recognised_centi__lt=F("learned_centi"))
OUTSIDE = Q(happened_on__lt=F("training_year__first_on")) | Q(happened_on__gt=F("training_year__last_on"))
ELSEWHERE = EntryState.everywhere.filter(
    teacher=OuterRef("teacher"),
    training_year=OuterRef("training_year"),
    happened_on=OuterRef("happened_on"),
    state__in=STANDING,
    entry__evidence__kind=EvidenceKind.ACTIVITY,
).exclude(provider=OuterRef("provider"))
TWO_PLACES = Q(Exists(ELSEWHERE), entry__evidence__kind=EvidenceKind.ACTIVITY)
MOST_TERMS = 60
Checks = Mapping[Check, Q]


def checks_in(scope: Scope, training_year_id: int) -> Checks:
    """The condition of each check for the branch's entries of the year; `clean` is none of them."""
    found = {
        Check.EVIDENCE_MISSING: MISSING,
        Check.OVER_CAP: OVER,
        Check.OUTSIDE_YEAR: OUTSIDE,
        Check.TWO_PLACES: TWO_PLACES,
        Check.UNUSUAL: _unusual(scope, training_year_id),
    }
    anything = Q()
    for test in found.values():
        anything |= test
    return {Check.CLEAN: ~anything, **found}


def _unusual(scope: Scope, training_year_id: int) -> Q:
    """Entries with far more hours than their school's others of the component; asked once per branch, told as a few terms."""
    rows = EntryState.objects.within(scope).filter(training_year_id=training_year_id, state__in=STANDING).order_by()
    usual = rows.values("school_id", "component").annotate(n=Count("pk"), mean=Avg("learned_centi"), most=Max("learned_centi"))
    odd = usual.filter(n__gte=UNUSUAL_FROM, most__gt=UNUSUAL_TIMES * F("mean")).order_by("-most")[:MOST_TERMS]
    found = Q(pk__in=[])
    for one in odd:
        found |= Q(school_id=one["school_id"], component=one["component"], learned_centi__gt=int(UNUSUAL_TIMES * one["mean"]))
    return found


def findings_of(entry_ids: Iterable[int], checks: Checks) -> dict[int, tuple[Check, ...]]:
    """What the automatic check finds in each entry, in one query; nothing for a clean one."""
    tests = {f"finds_{check}": test for check, test in checks.items() if check is not Check.CLEAN}
    rows = EntryState.everywhere.filter(pk__among=list(entry_ids)).alias().annotate(**tests).values_list("pk", *tests)
    named = [check for check in checks if check is not Check.CLEAN]
    return {pk: tuple(check for check, is_so in zip(named, flags, strict=True) if is_so) for pk, *flags in rows}


def clean_of(entry_ids: Collection[int], checks: Checks) -> list[int]:
    """Those of the entries in which the automatic check finds nothing."""
    return list(EntryState.everywhere.filter(checks[Check.CLEAN], pk__among=entry_ids).values_list("pk", flat=True))
