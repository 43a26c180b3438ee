"""The review chain: one step for one entry or for twenty thousand, as one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from xingtan.core.policy import ReviewStep
from xingtan.domains.credits.access import TAKES
from xingtan.domains.credits.models import EntryState, ReviewDecision
from xingtan.domains.credits.rules import WINDOWS, is_done, is_ready, must_be_other_than, refuse_return
from xingtan.domains.credits.states import TO, Outcome, State, Step
from xingtan.domains.policies import api as policies
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.ledger.post import post
from xingtan.foundation.people.roles import Actor, Role, require
from xingtan.foundation.refusal import NotInScope, Refused

from .entering import chain_of, refuse_outside_window

COUNTY_STEPS = (Step.COUNTY_REVIEW, Step.VERIFY)


class Standing(NamedTuple):
    """What a decision needs of an entry's state; twenty thousand of them are plain values, not models."""

    pk: int
    state: State
    training_year_id: int
    county_id: int
    entered_by_id: int | None


class Decided(NamedTuple):
    """How many entries a decision moved, and how many already stood where it would have put them."""

    moved: int
    already: int


@atomic
def decide(  # noqa: PLR0913 -- a decision is these facts
    *,
    actor: Actor,
    step: Step,
    entry_ids: Collection[int],
    outcome: Outcome,
    reason_code: str = "",
    reason: str = "",
    now: datetime,
) -> Decided:
    """Every entry has this step's decision as a row of the ledger and stands accordingly; all of them or none.

    Raises `NotInScope` for an entry elsewhere, `Refused`: `stale` (moved on meanwhile), `same_person`, `not_your_level`, a closed window.
    """
    require(actor, TAKES[step])
    if why := refuse_return(outcome, reason_code, reason):
        raise Refused(why)
    held = _locked(actor, entry_ids)
    open_ones = [row for row in held if not is_done(row.state, step, outcome)]
    _refuse(actor, step, open_ones, now)
    _post(actor, step, open_ones, (outcome, reason_code, reason.strip()), now)
    ids = [row.pk for row in open_ones]
    state = State.RETURNED if outcome is Outcome.RETURNED else TO[step]
    EntryState.everywhere.filter(pk__among=ids).update(state=state, changed_at=now, changed_by_id=actor.account_id)
    if ids:
        record(actor, f"credits.{step.value}.{outcome.value}", "credit_entry", ids, now=now)
    if outcome is Outcome.RETURNED:
        _tell(open_ones, reason_code, now)
    return Decided(len(ids), len(held) - len(ids))


def _locked(actor: Actor, entry_ids: Collection[int]) -> list[Standing]:
    rows = EntryState.objects.within(actor.scope).select_for_update(of=("self",)).filter(pk__among=entry_ids).order_by("pk")
    fields = rows.values_list("pk", "state", "training_year_id", "county_id", "entered_by_id")
    held = [Standing(pk, State(state), year, county, entered_by) for pk, state, year, county, entered_by in fields]
    if len(held) != len(set(entry_ids)):
        raise NotInScope
    return held


def _refuse(actor: Actor, step: Step, rows: Sequence[Standing], now: datetime) -> None:
    if any(not is_ready(row.state, step) for row in rows):
        raise Refused("stale")
    if step in COUNTY_STEPS and actor.role is not Role.OPERATOR and any(row.county_id != actor.organisation_id for row in rows):
        raise Refused("not_your_level")
    years = policies.TrainingYear.everywhere.select_related("pack").in_bulk({row.training_year_id for row in rows})
    for year in years.values():
        refuse_outside_window(year, WINDOWS[step], now)
    _refuse_same_person(actor, step, rows, {pk: must_be_other_than(policies.policy_of(year), step) for pk, year in years.items()})


def _refuse_same_person(actor: Actor, step: Step, rows: Sequence[Standing], others: Mapping[int, Collection[ReviewStep]]) -> None:
    """Two people: who took one of the named earlier steps of an entry may not take this one."""
    if actor.account_id is None:
        return
    count = sum(1 for row in rows if ReviewStep.ENTER in others[row.training_year_id] and row.entered_by_id == actor.account_id)
    earlier = {one.value for steps in others.values() for one in steps if one is not ReviewStep.ENTER}
    if earlier:
        own = ReviewDecision.objects.filter(entry_id__among=[row.pk for row in rows], step__in=earlier, account_id=actor.account_id)
        count += own.count()
    if count:
        raise Refused("same_person", count=count)


def _post(actor: Actor, step: Step, rows: Sequence[Standing], said: tuple[Outcome, str, str], now: datetime) -> None:
    outcome, reason_code, reason = said
    by_county: dict[int, list[ReviewDecision]] = defaultdict(list)
    for row in rows:
        by_county[row.county_id].append(
            ReviewDecision(
                source=f"decision:{row.pk}:{step.value}",
                entry_id=row.pk,
                step=step.value,
                outcome=outcome.value,
                reason_code=reason_code if outcome is Outcome.RETURNED else "",
                reason=reason,
                decided_at=now,
                account_id=actor.account_id,
                organisation_id=actor.organisation_id,
            )
        )
    for county_id in sorted(by_county):
        post(chain_of(county_id), by_county[county_id], account_id=actor.account_id, now=now)


def _tell(rows: Sequence[Standing], reason_code: str, now: datetime) -> None:
    """Whoever entered what came back has one message for the whole decision."""
    counts: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        if row.entered_by_id is not None:
            counts[row.entered_by_id].append(row.pk)
    for account_id, ids in counts.items():
        tell([account_id], "entries_returned", source=f"returned:{min(ids)}", params={"count": len(ids), "reason": reason_code}, now=now)
