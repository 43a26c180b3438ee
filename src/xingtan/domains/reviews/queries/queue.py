"""What waits for a step of the review chain, by branch, filter and automatic check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Q

from xingtan.core.policy import Policy
from xingtan.domains.credits import api as credits_room
from xingtan.domains.credits.api import EntryState, Rows, Step
from xingtan.domains.policies import api as policies
from xingtan.domains.reviews.offices import LEVELS, roles_of
from xingtan.domains.reviews.states import Check
from xingtan.domains.reviews.steps import rule_of
from xingtan.foundation.people.roles import Actor, Role
from xingtan.foundation.scope.branch import Scope

from .checks import checks_in

LONG, SHORT = timedelta(days=7), timedelta(days=3)
SORTS = {
    "waiting": "changed_at",
    "teacher": "teacher__name",
    "school": "school__name",
    "activity": "entry__title",
    "date": "happened_on",
    "hours": "recognised_centi",
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What of a queue is wanted; empty fields want everything."""

    q: str = ""
    check: str = ""
    component: str = ""
    school: str = ""
    wait: str = ""
    sort: str = ""


class Facets(NamedTuple):
    """Counts of a whole queue by check, component, waiting time and school (public id, name, count)."""

    checks: Mapping[Check, int]
    components: Mapping[str, int]
    waits: Mapping[str, int]
    schools: list[tuple[str, str, int]]


def steps_for(actor: Actor, policy: Policy) -> list[Step]:
    """The steps of the pack's chain that the actor's role takes somewhere, in order; all of an office's level and nothing of others."""
    found = []
    for step in credits_room.steps_of(policy):
        rule = rule_of(policy, step)
        levels = {rule.level, *rule.by_stage.values()} & LEVELS[actor.role]
        if any(actor.role in roles_of(level, step) | {Role.SUPERVISOR} for level in levels):
            found.append(step)
    return found


def states_for(step: Step, training_year_id: int) -> tuple[credits_room.State, ...]:
    """The states in which an entry waits for the step, by the chain of the year's pack."""
    year = policies.TrainingYear.everywhere.select_related("pack").get(pk=training_year_id)
    return credits_room.waiting_for(credits_room.steps_of(policies.policy_of(year)), step)


def waiting_in(scope: Scope, step: Step, training_year_id: int) -> Rows:
    """The branch's entries that wait for the step, those that wait the longest first; where a stage has another level, at any."""
    return credits_room.entries_in(scope, training_year_id).filter(state__in=states_for(step, training_year_id))


def queue(scope: Scope, step: Step, training_year_id: int, filters: Filters | None = None, *, now: datetime | None = None) -> Rows:
    """What waits for this step in the branch and is wanted."""
    found = waiting_in(scope, step, training_year_id)
    wanted = filters or Filters()
    if wanted.q:
        found = found.filter(Q(teacher__name__contains=wanted.q) | Q(school__name__contains=wanted.q) | Q(entry__title__contains=wanted.q))
    if wanted.check in {one.value for one in Check}:
        found = found.filter(checks_in(scope, training_year_id)[Check(wanted.check)])
    if wanted.component:
        found = found.filter(component=wanted.component)
    if wanted.school:
        found = found.filter(school__public_id=wanted.school)
    if wanted.wait and now is not None:
        found = found.filter(_waits(now).get(wanted.wait, Q()))
    name = wanted.sort.removeprefix("-")
    return found.order_by(("-" if wanted.sort.startswith("-") else "") + SORTS[name], "pk") if name in SORTS else found


def _waits(now: datetime) -> Mapping[str, Q]:
    return {
        "long": Q(changed_at__lte=now - LONG),
        "middle": Q(changed_at__gt=now - LONG, changed_at__lte=now - SHORT),
        "short": Q(changed_at__gt=now - SHORT),
    }


def queue_facets(scope: Scope, step: Step, training_year_id: int, *, now: datetime) -> Facets:
    """The counts beside a queue; those of each kind add up to the whole."""
    states = states_for(step, training_year_id)
    rows = EntryState.objects.within(scope).filter(training_year_id=training_year_id, state__in=states)
    waits, checks = _waits(now), checks_in(scope, training_year_id)
    counted = rows.aggregate(
        **{f"check_{check}": Count("pk", filter=test) for check, test in checks.items()},
        **{f"wait_{name}": Count("pk", filter=test) for name, test in waits.items()},
    )
    components = dict(rows.order_by().values_list("component").annotate(n=Count("pk")))
    schools = rows.order_by().values_list("school__public_id", "school__name").annotate(n=Count("pk")).order_by("-n", "school__name")
    return Facets(
        {check: counted[f"check_{check}"] for check in checks}, components, {name: counted[f"wait_{name}"] for name in waits}, list(schools)
    )


def waiting_of(actor: Actor) -> int:
    """How many entries wait for a step of the actor's role, in whatever year; two queries."""
    rows = EntryState.objects.within(actor.scope).filter(state__in=credits_room.UNVERIFIED).order_by()
    counts = list(rows.values_list("training_year_id", "state").annotate(n=Count("pk")))
    years = policies.TrainingYear.everywhere.select_related("pack").in_bulk({pk for pk, _, _ in counts})
    policy = {pk: policies.policy_of(year) for pk, year in years.items()}
    own = {pk: steps_for(actor, one) for pk, one in policy.items()}
    steps = {pk: credits_room.steps_of(one) for pk, one in policy.items()}
    return sum(n for pk, state, n in counts if credits_room.next_step(steps[pk], credits_room.State(state)) in own[pk])
