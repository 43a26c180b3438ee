"""What waits for a step of the review chain, by branch, filter and automatic check."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, TypeAlias

from django.db.models import Count, F, Q, Sum

from xingtan.domains.credits.models import EntryState, ReviewDecision
from xingtan.domains.credits.rules import checks_of
from xingtan.domains.credits.states import FROM, Check, EntryKind, State, Step
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.gate import ScopedQuerySet

Rows: TypeAlias = ScopedQuerySet[EntryState]
LONG, SHORT = timedelta(days=7), timedelta(days=3)
MISSING = Q(entry__evidence=None, kind=EntryKind.LEARNED)
OVER = Q(recognised_centi__lt=F("learned_centi"))
OUTSIDE = Q(happened_on__lt=F("training_year__first_on")) | Q(happened_on__gt=F("training_year__last_on"))
CHECKS: Mapping[Check, Q] = {
    Check.CLEAN: ~(MISSING | OVER | OUTSIDE),
    Check.EVIDENCE_MISSING: MISSING,
    Check.OVER_CAP: OVER,
    Check.OUTSIDE_YEAR: OUTSIDE,
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What of a queue is wanted; empty fields want everything."""

    q: str = ""
    check: str = ""
    component: str = ""
    school: str = ""
    wait: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """How many entries and how many hundredths of an hour."""

    count: int
    centi: int


class Facets(NamedTuple):
    """Counts of a whole queue by check, component, waiting time and school (public id, name, count)."""

    checks: Mapping[Check, int]
    components: Mapping[str, int]
    waits: Mapping[str, int]
    schools: list[tuple[str, str, int]]


def waiting_entries(scope: Scope, states: Collection[str]) -> int:
    """How many entries of the branch stand in these states, in whatever year."""
    return EntryState.objects.within(scope).filter(state__in=states).count()


def entries_in(scope: Scope, training_year_id: int, state: State | None = None) -> ScopedQuerySet[EntryState]:
    """The branch's entries of the year (in one state), those that wait the longest first."""
    found = EntryState.objects.within(scope).filter(training_year_id=training_year_id)
    if state is not None:
        found = found.filter(state=state)
    return found.select_related("entry", "entry__evidence", "teacher", "school", "provider", "training_year").order_by("changed_at", "pk")


def queue(
    scope: Scope, step: Step, training_year_id: int, filters: Filters | None = None, *, now: datetime | None = None
) -> ScopedQuerySet[EntryState]:
    """What waits for this step in the branch, those that wait the longest first."""
    found = entries_in(scope, training_year_id, FROM[step])
    wanted = filters or Filters()
    if wanted.q:
        found = found.filter(Q(teacher__name__contains=wanted.q) | Q(school__name__contains=wanted.q) | Q(entry__title__contains=wanted.q))
    if wanted.check in {one.value for one in Check}:
        found = found.filter(CHECKS[Check(wanted.check)])
    if wanted.component:
        found = found.filter(component=wanted.component)
    if wanted.school:
        found = found.filter(school__public_id=wanted.school)
    if wanted.wait and now is not None:
        found = found.filter(_waits(now).get(wanted.wait, Q()))
    return found


def _waits(now: datetime) -> Mapping[str, Q]:
    return {
        "long": Q(changed_at__lte=now - LONG),
        "middle": Q(changed_at__gt=now - LONG, changed_at__lte=now - SHORT),
        "short": Q(changed_at__gt=now - SHORT),
    }


def queue_facets(scope: Scope, step: Step, training_year_id: int, *, now: datetime) -> Facets:
    """The counts beside a queue, in three queries; those of each group add up to the whole."""
    rows = EntryState.objects.within(scope).filter(training_year_id=training_year_id, state=FROM[step])
    waits = _waits(now)
    counted = rows.aggregate(
        **{f"check_{check}": Count("pk", filter=test) for check, test in CHECKS.items()},
        **{f"wait_{name}": Count("pk", filter=test) for name, test in waits.items()},
    )
    components = dict(rows.order_by().values_list("component").annotate(n=Count("pk")))
    schools = rows.order_by().values_list("school__public_id", "school__name").annotate(n=Count("pk")).order_by("-n", "school__name")
    return Facets(
        {check: counted[f"check_{check}"] for check in CHECKS}, components, {name: counted[f"wait_{name}"] for name in waits}, list(schools)
    )


def total_of(rows: ScopedQuerySet[EntryState]) -> Total:
    """How many entries a list has, and how many recognised hours they bring."""
    found = rows.order_by().aggregate(n=Count("pk"), centi=Sum("recognised_centi"))
    return Total(found["n"], found["centi"] or 0)


def state_counts(scope: Scope, training_year_id: int) -> dict[State, Total]:
    """Entries and recognised hours of the branch by state; every state is there."""
    rows = EntryState.objects.within(scope).filter(training_year_id=training_year_id).exclude(kind=EntryKind.CORRECTION)
    summed = rows.order_by().values("state").annotate(n=Count("pk"), centi=Sum("recognised_centi"))
    return dict.fromkeys(State, Total(0, 0)) | {State(row["state"]): Total(row["n"], row["centi"]) for row in summed}


def checks_of_entry(row: EntryState) -> tuple[Check, ...]:
    """What the automatic check finds in an entry; empty when it is clean."""
    year = row.training_year
    return checks_of(
        has_evidence=row.kind != EntryKind.LEARNED or row.entry.evidence_id is not None,
        learned_centi=row.learned_centi,
        recognised_centi=row.recognised_centi,
        is_inside_year=year.first_on <= row.happened_on <= year.last_on,
    )


def returned_to(provider_id: int, training_year_id: int) -> list[tuple[EntryState, ReviewDecision]]:
    """What came back to the organisation that entered it and was not entered anew, with the decision that says why."""
    rows = EntryState.everywhere.filter(provider_id=provider_id, training_year_id=training_year_id, state=State.RETURNED)
    found = {row.pk: row for row in rows.select_related("entry", "teacher", "school").order_by("-changed_at")[:200]}
    decisions = ReviewDecision.objects.filter(entry_id__among=found, outcome="returned").order_by("pk")
    return [(found[one.entry_id], one) for one in decisions]


def entry_ids_in(scope: Scope, public_ids: Collection[str]) -> dict[str, int]:
    """The ids behind these addresses, as far as they lie in the branch."""
    rows = EntryState.objects.within(scope).filter(entry__public_id__among=public_ids)
    return dict(rows.values_list("entry__public_id", "pk"))


def clean_of(entry_ids: Collection[int]) -> list[int]:
    """Those of the entries in which the automatic check finds nothing."""
    return list(EntryState.everywhere.filter(CHECKS[Check.CLEAN], pk__among=entry_ids).values_list("pk", flat=True))


def provider_counts(provider_id: int, training_year_id: int) -> dict[State, Total]:
    """Entries and recognised hours that an organisation entered, by state; every state is there."""
    rows = EntryState.everywhere.filter(provider_id=provider_id, training_year_id=training_year_id).exclude(kind=EntryKind.CORRECTION)
    summed = rows.order_by().values("state").annotate(n=Count("pk"), centi=Sum("recognised_centi"))
    return dict.fromkeys(State, Total(0, 0)) | {State(row["state"]): Total(row["n"], row["centi"]) for row in summed}
