"""Lists and counts of entries by branch and state."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeAlias

from django.db.models import Count, Sum

from xingtan.domains.credits.models import EntryState, ReviewDecision
from xingtan.domains.credits.states import EntryKind, State
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.gate import ScopedQuerySet

Rows: TypeAlias = ScopedQuerySet[EntryState]


@dataclass(frozen=True, slots=True)
class Total:
    """How many entries and how many hundredths of an hour."""

    count: int
    centi: int


def entries_in(scope: Scope, training_year_id: int, state: State | None = None) -> ScopedQuerySet[EntryState]:
    """The branch's entries of the year (in one state), those that wait the longest first."""
    found = EntryState.objects.within(scope).filter(training_year_id=training_year_id)
    if state is not None:
        found = found.filter(state=state)
    return found.select_related("entry", "entry__evidence", "teacher", "school", "provider", "training_year").order_by("changed_at", "pk")


def total_of(rows: ScopedQuerySet[EntryState]) -> Total:
    """How many entries a list has, and how many recognised hours they bring."""
    found = rows.order_by().aggregate(n=Count("pk"), centi=Sum("recognised_centi"))
    return Total(found["n"], found["centi"] or 0)


def state_counts(scope: Scope, training_year_id: int) -> dict[State, Total]:
    """Entries and recognised hours of the branch by state; every state is there."""
    rows = EntryState.objects.within(scope).filter(training_year_id=training_year_id).exclude(kind=EntryKind.CORRECTION)
    summed = rows.order_by().values("state").annotate(n=Count("pk"), centi=Sum("recognised_centi"))
    return dict.fromkeys(State, Total(0, 0)) | {State(row["state"]): Total(row["n"], row["centi"]) for row in summed}


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


def provider_counts(provider_id: int, training_year_id: int) -> dict[State, Total]:
    """Entries and recognised hours that an organisation entered, by state; every state is there."""
    rows = EntryState.everywhere.filter(provider_id=provider_id, training_year_id=training_year_id).exclude(kind=EntryKind.CORRECTION)
    summed = rows.order_by().values("state").annotate(n=Count("pk"), centi=Sum("recognised_centi"))
    return dict.fromkeys(State, Total(0, 0)) | {State(row["state"]): Total(row["n"], row["centi"]) for row in summed}
