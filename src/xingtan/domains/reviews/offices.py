"""Whose step it is: the office that answers for an entry at a level, and the roles that act for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from xingtan.core.policy import Level
from xingtan.domains.credits.api import Step
from xingtan.foundation.people.roles import BUREAU, SCHOOL, Role
from xingtan.foundation.scope.branch import STEP
from xingtan.foundation.scope.models import Kind, Organisation

KINDS: Mapping[Level, frozenset[str]] = {
    Level.CITY: frozenset({Kind.CITY.value, Kind.PROVINCE.value}),
    Level.PROVINCE: frozenset({Kind.PROVINCE.value}),
}
ABOVE: Mapping[Level, Level] = {
    Level.SCHOOL: Level.COUNTY,
    Level.COUNTY: Level.CITY,
    Level.CITY: Level.PROVINCE,
    Level.PROVINCE: Level.PROVINCE,
    Level.ANY: Level.CITY,
}

OFFICES = frozenset({Level.COUNTY, Level.CITY, Level.PROVINCE, Level.ANY})
LEVELS: Mapping[Role, frozenset[Level]] = {
    **dict.fromkeys(Role, frozenset[Level]()),
    **dict.fromkeys(SCHOOL, frozenset({Level.SCHOOL, Level.ANY})),
    Role.COUNTY_OFFICER: frozenset({Level.COUNTY, Level.ANY}),
    # Schools that hang directly under a city or the province have that office for a county.
    Role.CITY_OFFICER: frozenset({Level.COUNTY, Level.CITY, Level.ANY}),
    Role.PROVINCE_OFFICER: frozenset({Level.COUNTY, Level.CITY, Level.PROVINCE, Level.ANY}),
    Role.SUPERVISOR: OFFICES,
    Role.OPERATOR: OFFICES | {Level.SCHOOL},
}
"""The levels whose steps a role may be asked for; a supervisor sees those of offices."""


def roles_of(level: Level, step: Step) -> frozenset[Role]:
    """The roles that take a step at a level, an office's whatever its own; at a school a second person reviews, and either of the two reports."""
    if level is Level.SCHOOL:
        return SCHOOL if step is Step.REPORT else frozenset({Role.SCHOOL_REVIEWER})
    return (BUREAU if level is not Level.ANY else SCHOOL | BUREAU) | {Role.OPERATOR}


def offices_of(level: Level, county_ids: Collection[int]) -> dict[int, int]:
    """For each county the office that answers for it at a level above: its city (a county without one: its province), or its province."""
    if level not in KINDS:
        return {pk: pk for pk in county_ids}
    paths = dict(Organisation.everywhere.filter(pk__in=set(county_ids)).values_list("pk", "path"))
    above = {path[:end] for path in paths.values() for end in range(STEP, len(path) + 1, STEP)}
    heads = dict(Organisation.everywhere.filter(path__in=above, kind__in=KINDS[level]).values_list("path", "pk"))
    return {pk: _nearest(path, heads, pk) for pk, path in paths.items()}


def _nearest(path: str, heads: Mapping[str, int], otherwise: int) -> int:
    ends = range(len(path), 0, -STEP)
    return next((heads[path[:end]] for end in ends if path[:end] in heads), otherwise)


def office_above(organisation_id: int) -> int:
    """The office above: the nearest organisation over this one that is a county, a city or a province; a province itself."""
    node = Organisation.everywhere.select_related("parent").get(pk=organisation_id)
    while node.parent is not None:
        node = Organisation.everywhere.select_related("parent").get(pk=node.parent.pk)
        if node.kind in (Kind.COUNTY, Kind.ZONE, Kind.CITY, Kind.PROVINCE):
            break
    return node.pk
