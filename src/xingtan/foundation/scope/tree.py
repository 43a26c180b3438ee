"""Growing and reading the tree of organisations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from xingtan.foundation.db import atomic
from xingtan.foundation.refusal import NotInScope

from .branch import STEP, Scope, child_number, step
from .models import Kind, Organisation


@atomic
def add_children(parent: Organisation | None, rows: Iterable[Mapping[str, Any]]) -> list[Organisation]:
    """The rows (kind, name, code, …) stand under the parent, in order; two writers never give one path twice."""
    if parent is not None:
        Organisation.everywhere.select_for_update().get(pk=parent.pk)
    base = parent.path if parent else ""
    last = Organisation.everywhere.filter(parent=parent).order_by("-path").values_list("path", flat=True).first()
    number = child_number(last) + 1 if last else 1
    made = [Organisation(parent=parent, path=base + step(number + place), **row) for place, row in enumerate(rows)]
    return Organisation.everywhere.bulk_create(made)


def ancestors(organisation: Organisation) -> list[Organisation]:
    """The organisations above this one, the highest first, itself last."""
    paths = [organisation.path[:end] for end in range(STEP, len(organisation.path) + 1, STEP)]
    return list(Organisation.everywhere.filter(path__in=paths).order_by("path"))


def county_of(organisation: Organisation) -> Organisation:
    """The county or zone that answers for this organisation; a school directly under a city or province answers to that."""
    chain = ancestors(organisation)
    counties = [node for node in chain if node.kind in (Kind.COUNTY, Kind.ZONE)]
    if counties:
        return counties[-1]
    above = [node for node in chain if node.kind in (Kind.CITY, Kind.PROVINCE)]
    return above[-1] if above else chain[0]


def counties_of(schools: Iterable[int]) -> dict[int, int]:
    """For each school's id the id of the county (or city, or province) that answers for it, in two queries."""
    wanted = dict(Organisation.everywhere.filter(pk__in=set(schools)).values_list("pk", "path"))
    heads = dict(
        Organisation.everywhere.filter(kind__in=[Kind.COUNTY, Kind.ZONE, Kind.CITY, Kind.PROVINCE]).values_list("path", "pk"),
    )
    answer: dict[int, int] = {}
    for pk, path in wanted.items():
        ends = range(len(path), 0, -STEP)
        answer[pk] = next((heads[path[:end]] for end in ends if path[:end] in heads), pk)
    return answer


def organisation_in(scope: Scope, public_id: str, *, kinds: Iterable[str] = ()) -> Organisation:
    """The organisation with this public id inside the scope; `NotInScope` where there is none."""
    found = Organisation.objects.within(scope).filter(public_id=public_id)
    if kinds:
        found = found.filter(kind__in=list(kinds))
    organisation = found.first()
    if organisation is None:
        raise NotInScope
    return organisation
