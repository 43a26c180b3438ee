"""Why a step may not be taken: moved on meanwhile, another office's, a closed window, one person twice, the own hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from xingtan.core.policy import Level, Policy, ReviewRule, ReviewStep
from xingtan.domains.credits import api as credits_room
from xingtan.domains.credits.api import Outcome, ReviewDecision, State, Step
from xingtan.domains.policies import api as policies
from xingtan.domains.reviews.access import DECIDE
from xingtan.domains.reviews.offices import offices_of, roles_of
from xingtan.domains.reviews.rules import window_of
from xingtan.domains.reviews.steps import rule_of
from xingtan.domains.teachers import api as teachers
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
    teacher_id: int


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
    if outcome is Outcome.RETURNED and any(row.state is State.VERIFIED for row in rows):
        raise Refused("entry_locked")
    teachers.refuse_own(actor, [row.teacher_id for row in rows])
    alike: dict[tuple[int, State, str], set[int]] = defaultdict(set)
    for row in rows:
        alike[row.training_year_id, row.state, row.stage].add(row.county_id)
    chains = chains_of(rows, step)
    levels = {_level_of(chains[pk], step, state, stage) for pk, state, stage in alike}
    for (pk, state, stage), county_ids in alike.items():
        level = _level_of(chains[pk], step, state, stage)
        _refuse_office(actor, level, step, county_ids)
        credits_room.refuse_outside_window(chains[pk].year, window_of(level), now, county_ids)
    _refuse_same_person(actor, rows, {pk: one.rule.other_person_than for pk, one in chains.items() if one.rule})
    return levels


def _level_of(chain: Chain, step: Step, state: State, stage: str) -> Level:
    """Whose step this is for an entry of this stage; refused `stale` where an entry in this state does not wait for it."""
    if chain.rule is None or credits_room.next_step(credits_room.steps_of(chain.policy), state) is not step:
        raise Refused("stale")
    return chain.rule.level_for(stage)


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
