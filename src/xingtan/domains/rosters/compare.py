"""A row of a file beside the register's row of the same person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from operator import attrgetter
from typing import Any, TypeAlias

from xingtan.domains.teachers.api import COMPARED, Change, Status, Teacher, masked, phone_index, phone_of

from .reading import Problem

STORED = tuple({"school": "school_id", "phone": "phone_index"}.get(key, key) for key in COMPARED)
Standing: TypeAlias = tuple[Any, ...]  # the values of STORED, then the teacher's key
SCHOOL, STATUS = COMPARED.index("school"), COMPARED.index("status")
_values_of = attrgetter(*STORED, "pk")


def standing(indexes: Collection[str]) -> dict[str, Standing]:
    """For each of the numbers' indexes that the register knows the row of today."""
    rows = Teacher.everywhere.filter(number_index__among=indexes).order_by().values_list("number_index", *STORED, "pk")
    return {row[0]: row[1:] for row in rows}


def standing_of(teacher: Teacher) -> Standing:
    """The same of a teacher at hand."""
    found: Standing = _values_of(teacher)
    return found


def differing(values: Mapping[str, Any], school_id: int, stands: Standing) -> list[str]:
    """The columns of which the row says otherwise than the register; a cell left empty says nothing."""
    found = []
    for key, stood in zip(COMPARED, stands, strict=False):
        told = values.get(key)
        if told is None:
            continue
        if key == "school":
            told = school_id
        elif key == "phone":
            told = phone_index(told)
        if told != stood:
            found.append(key)
    return found


def refuse_person(stands: Standing, number: str, branch: Collection[int]) -> Problem | None:
    """Why the row may not change this person, or None: merged into another record, or with a unit outside the branch."""
    if stands[STATUS] == Status.MERGED:
        return Problem("number", masked(number), "merged_person")
    if stands[SCHOOL] not in branch:
        return Problem("number", masked(number), "already_elsewhere")
    return None


def changes(columns: Iterable[str], values: Mapping[str, Any], school_id: int, stands: Standing, phone: str) -> list[Change]:
    """What changes, before and after as text; `phone` is the one in force."""
    found = []
    for key in columns:
        before = {"phone": phone}.get(key, stands[COMPARED.index(key)])
        found.append(Change(key, str(before), str(school_id if key == "school" else values[key])))
    return found


def phones_of(ids: Collection[int]) -> dict[int, str]:
    """The phones in force of these teachers, opened."""
    return {teacher.pk: phone_of(teacher) for teacher in Teacher.everywhere.filter(pk__among=ids).only("pk", "phone_closed")} if ids else {}
