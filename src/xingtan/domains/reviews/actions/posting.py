"""Decisions as rows of the ledger, and the states that they give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count

from xingtan.domains.credits.api import TO, EntryState, Outcome, ReviewDecision, State, Step, chain_of
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.ledger.post import post
from xingtan.foundation.people.roles import Actor

from .refusing import Standing

COLUMNS = ("pk", "state", "training_year_id", "county_id", "school_id", "entered_by_id", "teacher__stage", "teacher_id")


class Said(NamedTuple):
    """What was decided, and why."""

    step: Step
    outcome: Outcome
    reason_code: str = ""
    reason: str = ""


def locked(actor: Actor, entry_ids: Iterable[int]) -> list[Standing]:
    """Those of the entries that lie in the actor's branch, by key, locked until the transaction ends."""
    rows = EntryState.objects.within(actor.scope).select_for_update(of=("self",)).filter(pk__among=entry_ids).order_by("pk")
    known = {state.value: state for state in State}
    return [Standing(pk, known[state], *rest) for pk, state, *rest in rows.values_list(*COLUMNS)]


def post_decisions(actor: Actor, rows: Sequence[Standing], said: Said, now: datetime) -> None:
    """Each entry has the decision as a row of its county's chain, and stands where it puts it."""
    reopened = _reopened([row.pk for row in rows])
    by_county: dict[int, list[ReviewDecision]] = defaultdict(list)
    for row in rows:
        before = reopened.get(row.pk, 0)
        name = "reopened" if said.outcome is Outcome.REOPENED else "decision"
        number = f":{before + 1}" if before else ""
        by_county[row.county_id].append(
            ReviewDecision(
                source=f"{name}:{row.pk}:{said.step.value}{number}",
                entry_id=row.pk,
                step=said.step.value,
                outcome=said.outcome.value,
                reason_code=said.reason_code if said.outcome is not Outcome.PASSED else "",
                reason=said.reason,
                decided_at=now,
                account_id=actor.account_id,
                organisation_id=actor.organisation_id,
            )
        )
    for county_id in sorted(by_county):
        post(chain_of(county_id), by_county[county_id], account_id=actor.account_id, now=now)


def _reopened(entry_ids: Sequence[int]) -> dict[int, int]:
    """How often a decision on each of the entries was taken back."""
    rows = ReviewDecision.objects.filter(entry_id__among=entry_ids, outcome=Outcome.REOPENED).order_by()
    return dict(rows.values_list("entry_id").annotate(n=Count("pk")))


def move(actor: Actor, entry_ids: Sequence[int], state: State, now: datetime) -> None:
    """The entries stand in this state."""
    EntryState.everywhere.filter(pk__among=entry_ids).update(state=state, changed_at=now, changed_by_id=actor.account_id)


def state_after(said: Said) -> State:
    """Where a decision puts an entry."""
    return State.RETURNED if said.outcome is Outcome.RETURNED else TO[said.step]


def tell_return(rows: Sequence[Standing], reason_code: str, now: datetime) -> None:
    """Whoever entered what came back has one message for the whole decision."""
    counts: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        if row.entered_by_id is not None:
            counts[row.entered_by_id].append(row.pk)
    for account_id, ids in counts.items():
        tell([account_id], "entries_returned", source=f"returned:{min(ids)}", params={"count": len(ids), "reason": reason_code}, now=now)
