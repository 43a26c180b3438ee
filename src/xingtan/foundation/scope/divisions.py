"""The administrative divisions of Jiangxi: one province, its cities, its county-level divisions, with their national codes."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from importlib import resources
from typing import NamedTuple

from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, Permission, Role, require

from .models import Kind, Organisation
from .tree import add_children

LOAD_DIVISIONS = Permission("scope.load_divisions", frozenset({Role.OPERATOR}))
LEVELS = (Kind.PROVINCE, Kind.CITY, Kind.COUNTY)


class Division(NamedTuple):
    """A division of the country: six-digit national code, level, Chinese and English name."""

    code: str
    kind: Kind
    name: str
    name_en: str

    @property
    def above(self) -> str:
        """The code of the division this one belongs to; empty for a province."""
        ends = {Kind.PROVINCE: "", Kind.CITY: self.code[:2] + "0000", Kind.COUNTY: self.code[:4] + "00"}
        return ends[self.kind]


@cache
def divisions() -> tuple[Division, ...]:
    """Every division of the table, the province first, each city before its counties."""
    text = resources.files("xingtan.foundation.scope").joinpath("jiangxi.csv").read_text(encoding="utf-8")
    return tuple(Division(row["code"], Kind(row["kind"]), row["name"], row["name_en"]) for row in csv.DictReader(text.splitlines()))


@atomic
def load_divisions(actor: Actor, now: datetime) -> int:
    """Every division of the table stands in the tree; returns how many were added, nothing when all were there."""
    require(actor, LOAD_DIVISIONS)
    made = [pk for level in LEVELS for pk in _grow(level)]
    if made:
        record(actor, "scope.divisions_loaded", "organisation", made, now=now, detail={"added": len(made)})
    return len(made)


def _grow(level: Kind) -> list[int]:
    known = {node.code: node for node in Organisation.everywhere.filter(kind__in=LEVELS).exclude(code="")}
    missing: dict[str, list[Division]] = {}
    for division in divisions():
        if division.kind is level and division.code not in known:
            missing.setdefault(division.above, []).append(division)
    return [node.pk for above, rows in missing.items() for node in add_children(known.get(above), map(_values, _in_order(rows)))]


def _in_order(rows: Iterable[Division]) -> list[Division]:
    return sorted(rows, key=lambda division: division.code)


def _values(division: Division) -> dict[str, str]:
    return {"kind": division.kind.value, "code": division.code, "name": division.name, "name_en": division.name_en}
