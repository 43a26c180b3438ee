"""Which offices an actor may name."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from xingtan.foundation.people.roles import Actor
from xingtan.foundation.scope.branch import STEP
from xingtan.foundation.scope.models import Kind, Organisation

OFFICES = (Kind.PROVINCE, Kind.CITY, Kind.COUNTY, Kind.ZONE)
COUNTIES = (Kind.COUNTY, Kind.ZONE)


def pools_for(actor: Actor) -> QuerySet[Organisation]:
    """The offices to whose pools the actor may nominate: those above, the own, and those of the branch, by the tree."""
    above = [actor.scope.first[:end] for end in range(STEP, len(actor.scope.first) + 1, STEP)]
    inside = Q(path__gte=actor.scope.first, path__lt=actor.scope.beyond)
    return Organisation.everywhere.filter(Q(path__in=above) | inside, kind__in=OFFICES, closed_on=None).order_by("path")


def counties() -> QuerySet[Organisation]:
    """Every county and zone that takes members, by the tree."""
    return Organisation.everywhere.filter(kind__in=COUNTIES, closed_on=None).order_by("path")


def providers_for(actor: Actor) -> QuerySet[Organisation]:
    """The training providers that the actor sees: of the branch and of the offices above, by name."""
    above = [actor.scope.first[:end] for end in range(STEP, len(actor.scope.first) + 1, STEP)]
    inside = Q(path__gte=actor.scope.first, path__lt=actor.scope.beyond)
    return Organisation.everywhere.filter(Q(parent__path__in=above) | inside, kind=Kind.PROVIDER, closed_on=None).order_by("name")
