"""The schools of a branch by name and code, those that the same file brings along included."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence

from xingtan.domains.teachers.api import SCHOOL_KINDS
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.models import Organisation
from xingtan.foundation.scope.tree import counties_of

from .reading import Problem

Coming = Mapping[int, Sequence[Mapping[str, object]]]


def normal_place(text: str) -> str:
    """A school's or county's name as it is compared: half-width brackets, no blanks."""
    return unicodedata.normalize("NFKC", text).replace(" ", "")


def still_coming(named: Coming) -> dict[int, list[Mapping[str, object]]]:
    """Of the schools named under each office those that do not stand there yet; refused where a code belongs to another school."""
    there = set(Organisation.everywhere.filter(parent_id__in=list(named)).values_list("parent_id", "name"))
    fresh = {parent: [row for row in rows if (parent, row["name"]) not in there] for parent, rows in named.items()}
    codes = [str(row["code"]) for rows in fresh.values() for row in rows if row.get("code")]
    taken = Organisation.everywhere.filter(kind__in=SCHOOL_KINDS, code__among=codes).values_list("code", flat=True).first()
    if taken:
        raise Refused("school_code_taken", taken=taken)
    return {parent: rows for parent, rows in fresh.items() if rows}


class Schools:
    """The open schools of a branch by name and by code; those still to come have keys below zero until they stand."""

    def __init__(self, scope: Scope, coming: Coming | None = None) -> None:
        found = list(Organisation.objects.within(scope).filter(kind__in=SCHOOL_KINDS, closed_on=None))
        self.names: dict[int, str] = {school.pk: school.name for school in found}
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._parents: dict[int, int] = {}
        self._county_names: dict[int, str] | None = None
        self._answers: dict[tuple[str, str], int | Problem] = {}
        for school in found:
            self._know(school.pk, school.name, school.code)
        for parent, rows in (coming or {}).items():
            for row in rows:
                key = -len(self._parents) - 1
                self._parents[key], self.names[key] = parent, str(row["name"])
                self._know(key, str(row["name"]), str(row.get("code", "")))

    def _know(self, key: int, name: str, code: str) -> None:
        self._by_name[normal_place(name)].append(key)
        if code:
            self._by_name[code].append(key)

    def named(self, name: str, county: str) -> int | Problem:
        """The school of that name (in that county, where one is named), or the problem with it; one outside the branch is unknown."""
        known = self._answers.get((name, county))
        if known is None:
            known = self._answers[name, county] = self._look_up(name, county)
        return known

    def _look_up(self, name: str, county: str) -> int | Problem:
        found = self._by_name.get(normal_place(name), [])
        if county and found:
            found = [key for key in found if self._county_name(key) == normal_place(county)]
        if len(found) == 1:
            return found[0]
        return Problem("school", name, "school_ambiguous" if found else "school_unknown")

    def _county_name(self, key: int) -> str:
        if self._county_names is None:
            places = {key: self._parents.get(key, key) for key in self.names}
            above = counties_of(places.values())
            names = dict(Organisation.everywhere.filter(pk__in=set(above.values())).values_list("pk", "name"))
            self._county_names = {key: normal_place(names[above[place]]) for key, place in places.items()}
        return self._county_names[key]

    def standing(self) -> dict[int, int]:
        """For each school that was still to come its key now that it stands."""
        made = Organisation.everywhere.filter(parent_id__in=set(self._parents.values())).values_list("parent_id", "name", "pk")
        keys = {(parent, name): pk for parent, name, pk in made}
        return {key: keys[parent, self.names[key]] for key, parent in self._parents.items()}
