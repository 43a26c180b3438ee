"""Sharing out by rule: what counts of each office below, and the seats that follow from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from django.db.models import CharField, Count, F
from django.db.models.functions import Substr

from xingtan.domains.teachers import api as teachers
from xingtan.foundation.scope.branch import STEP
from xingtan.foundation.scope.models import Organisation

from .models import Quota
from .rules import Share, shares
from .sharing import offices_below
from .states import Rule

Weights = Mapping[int, int]


class Proposal(NamedTuple):
    """What an office below would hold by rule, with the arithmetic, beside what it holds now."""

    organisation: Organisation
    held: int
    bound: int
    share: Share


def head_counts(organisation: Organisation, *, only_rural: bool = False) -> dict[int, int]:
    """Teachers in post in the branch of each office directly below, by its id; one query."""
    length = len(organisation.path) + STEP
    branch = Substr(F("school__path"), 1, length, output_field=CharField())
    rows = teachers.teachers_in_post(organisation.scope).filter(**({"school__is_rural": True} if only_rural else {}))
    counts = rows.order_by().annotate(branch=branch).values("branch").annotate(n=Count("pk")).values_list("branch", "n")
    by_path = dict(counts)
    return {one.pk: by_path.get(one.path, 0) for one in offices_below(organisation)}


def weights_of(quota: Quota, rule: Rule, planned: Callable[[Quota], Weights] | None = None) -> dict[int, int]:
    """What the rule counts for each office below; `planned` says how many heads the plans below ask for."""
    below = offices_below(quota.organisation)
    if rule is Rule.EQUAL:
        return {one.pk: 1 for one in below}
    if rule is Rule.PLANNED:
        asked = planned(quota) if planned else {}
        return {one.pk: asked.get(one.pk, 0) for one in below}
    return head_counts(quota.organisation, only_rural=rule is Rule.RURAL_TEACHERS)


def proposals(quota: Quota, below: Mapping[int, Quota], weights: Weights, seats: int) -> list[Proposal]:
    """So many seats shared among the offices below by their weights, largest remainders first; nothing is changed."""
    given = shares(seats, weights)
    offices = Organisation.objects.within(quota.organisation.scope).filter(pk__in=list(weights)).order_by("path")
    return [Proposal(one, *_now(below.get(one.pk)), given[one.pk]) for one in offices]


def _now(quota: Quota | None) -> tuple[int, int]:
    return (quota.held, quota.passed_down + quota.given) if quota else (0, 0)
