"""A row of a file beside the register's row of the same person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from operator import attrgetter
from typing import Any, TypeAlias

from django.db.models import CharField
from django.db.models.functions import Cast

from xingtan.domains.teachers.api import COMPARED, Change, Status, Teacher, masked, phone_index, phone_of

from .reading import Problem

STORED = tuple({"school": "school_id", "phone": "phone_index", "hired_on": "hired_text"}.get(key, key) for key in COMPARED)
Standing: TypeAlias = tuple[Any, ...]  # the values of STORED, then the teacher's key
PLACES = tuple((key, place) for place, key in enumerate(COMPARED) if key not in ("school", "phone", "hired_on"))
HIRED, PHONE = COMPARED.index("hired_on"), COMPARED.index("phone")
SCHOOL, STATUS = COMPARED.index("school"), COMPARED.index("status")
_values_of = attrgetter(*(key for key in STORED if key != "hired_text"), "pk")


def standing(indexes: Collection[str]) -> dict[str, Standing]:
    """For each of the numbers' indexes that the register knows the row of today."""
    found = Teacher.everywhere.filter(number_index__among=indexes).order_by().annotate(hired_text=Cast("hired_on", CharField()))
    rows = found.values_list("number_index", *STORED, "pk")  # a day as text: it is only compared, and SQLite's parsing of days costs more
    return {row[0]: row[1:] for row in rows}


def standing_of(teacher: Teacher) -> Standing:
    """The same of a teacher at hand."""
    found: Standing = _values_of(teacher)
    return (*found[:HIRED], teacher.hired_on.isoformat(), *found[HIRED:])


def differing(values: Mapping[str, Any], school_id: int, stands: Standing) -> list[str]:
    """The columns of which the row says otherwise than the register; a cell left empty says nothing."""
    found = [key for key, place in PLACES if key in values and values[key] != stands[place]]
    if "school" in values and school_id != stands[SCHOOL]:
        found.append("school")
    if "hired_on" in values and str(values["hired_on"]) != stands[HIRED]:
        found.append("hired_on")
    if "phone" in values and phone_index(values["phone"]) != stands[PHONE]:
        found.append("phone")
    return sorted(found, key=COMPARED.index) if found else found


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
