"""A list of people as typed or pasted, matched with the register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from xingtan.domains.eligibility.states import Match
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.scope.branch import Scope


class Matched(NamedTuple):
    """What became of one line: its place from 1, what was typed, and the teacher when there is exactly one."""

    place: int
    text: str
    match: Match
    teacher_id: int | None = None


def matched(lines: Sequence[str], scope: Scope) -> list[Matched]:
    """Each line with the teacher of the branch whom it names by identity number, staff number or full name; four queries at most."""
    numbers = {typed: one.pk for typed, one in teachers.teachers_by_number(lines, scope).items()}
    rest = [line for line in lines if line not in numbers]
    by_word = _by_word(rest, scope) if rest else {}
    seen: set[int] = set()
    answer = []
    for place, line in enumerate(lines, start=1):
        ids = [numbers[line]] if line in numbers else by_word.get(line, [])
        answer.append(_one(place, line, ids, seen))
    return answer


def _one(place: int, line: str, ids: Sequence[int], seen: set[int]) -> Matched:
    if len(ids) != 1:
        return Matched(place, line, Match.AMBIGUOUS if ids else Match.UNKNOWN)
    if ids[0] in seen:
        return Matched(place, line, Match.TWICE, ids[0])
    seen.add(ids[0])
    return Matched(place, line, Match.FOUND, ids[0])


def _by_word(lines: Sequence[str], scope: Scope) -> dict[str, list[int]]:
    """The teachers behind staff numbers and names; a staff number goes before a name."""
    found: dict[str, list[int]] = defaultdict(list)
    staff = teachers.teachers_in(scope).exclude(staff_number="").filter(staff_number__among=lines)
    for pk, number in staff.order_by("pk").values_list("pk", "staff_number"):
        found[number].append(pk)
    named = {teachers.normal_name(line): line for line in lines if line not in found}
    for pk, name in teachers.teachers_in(scope).filter(name__among=list(named)).order_by("pk").values_list("pk", "name"):
        found[named[name]].append(pk)
    return dict(found)
