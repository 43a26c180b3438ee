"""Why a step may not be taken: moved on meanwhile, another office's, a closed window, one person twice, something flagged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from xingtan.core.policy import Level, Policy, ReviewRule, ReviewStep
from xingtan.domains.credits import api as credits_room
from xingtan.domains.credits.api import Outcome, ReviewDecision, State, Step
from xingtan.domains.policies import api as policies
from xingtan.domains.reviews.access import DECIDE
from xingtan.domains.reviews.offices import offices_of, roles_of
from xingtan.domains.reviews.rules import rule_of, window_of
from xingtan.foundation.people.roles import Actor, Role
from xingtan.foundation.refusal import NotAllowed, Refused


class Standing(NamedTuple):
    """What a decision needs of an entry's state; twenty thousand of them are plain values, not models."""

    pk: int
    state: State
    training_year_id: int
    county_id: int
    school_id: int
    entered_by_id: int | None
    stage: str


class Chain(NamedTuple):
    """A year with its policy, and what that says of the step that is taken."""

    year: policies.TrainingYear
    policy: Policy
    rule: ReviewRule | None


def chains_of(rows: Iterable[Standing], step: Step) -> dict[int, Chain]:
    """The years of the entries."""
    years = policies.TrainingYear.everywhere.select_related("pack").in_bulk({row.training_year_id for row in rows})
    return {pk: _chain(year, step) for pk, year in years.items()}


def _chain(year: policies.TrainingYear, step: Step) -> Chain:
    policy = policies.policy_of(year)
    try:
        return Chain(year, policy, rule_of(policy, step))
    except LookupError:
        return Chain(year, policy, None)


def refuse_step(actor: Actor, step: Step, outcome: Outcome, rows: Sequence[Standing], now: datetime) -> set[Level]:
    """The levels whose step this is for these entries; raises what stands in the way."""
    chains = chains_of(rows, step)
    if outcome is Outcome.RETURNED and any(row.state is State.VERIFIED for row in rows):
        raise Refused("entry_locked")
    waits = {(pk, state): credits_room.next_step(credits_room.steps_of(one.policy), state) for pk, one in chains.items() for state in State}
    if any(waits[row.training_year_id, row.state] is not step for row in rows):
        raise Refused("stale")
    levels = {(pk, stage): one.rule.level_for(stage) for pk, one in chains.items() if one.rule for stage in {row.stage for row in rows}}
    found = {levels[row.training_year_id, row.stage] for row in rows}
    for level in found:
        own = [row for row in rows if levels[row.training_year_id, row.stage] is level]
        _refuse_office(actor, level, step, {row.county_id for row in own})
        for pk in {row.training_year_id for row in own}:
            counties = {row.county_id for row in own if row.training_year_id == pk}
            credits_room.refuse_outside_window(chains[pk].year, window_of(level), now, counties)
    _refuse_same_person(actor, rows, {pk: one.rule.other_person_than for pk, one in chains.items() if one.rule})
    return found


def _refuse_office(actor: Actor, level: Level, step: Step, county_ids: Collection[int]) -> None:
    """403 for a role that never takes this step; refused when the entries are another office's."""
    if actor.role is Role.OPERATOR:
        return
    if actor.role not in roles_of(level, step):
        raise NotAllowed(DECIDE.name)
    if level not in (Level.SCHOOL, Level.ANY) and set(offices_of(level, county_ids).values()) - {actor.organisation_id}:
        raise Refused("not_your_level")


def _refuse_same_person(actor: Actor, rows: Sequence[Standing], others: dict[int, tuple[ReviewStep, ...]]) -> None:
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
