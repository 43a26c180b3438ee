"""Seats for rural schools, and who may not have one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from xingtan.domains.teachers import api as teachers
from xingtan.foundation.refusal import Refused

RURAL = "rural"


class Sought(Protocol):
    """A seat of this category for this teacher."""

    @property
    def teacher_id(self) -> int:
        """Who is to have it."""

    @property
    def category(self) -> str:
        """Of which category."""


def is_for_rural(category: str) -> bool:
    """True for a category of seats that only teachers of rural schools may have."""
    return category == RURAL or category.startswith(f"{RURAL}_")


def refuse_not_rural(wishes: Iterable[Sought]) -> None:
    """Nothing happened; raises where a teacher of another school is to have a seat for rural ones."""
    ids = [wish.teacher_id for wish in wishes if is_for_rural(wish.category)]
    if others := [one for one in teachers.teachers_by_id(ids).values() if not one.school.is_rural]:
        raise Refused("admission_not_rural", count=len(others))
