"""Records that may be one person: what they share, the surest first. The same number twice is impossible by constraint."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from xingtan.domains.teachers.models import NUMBER_BOX, Teacher, ToldApart
from xingtan.domains.teachers.queries import teachers_by_id, teachers_in
from xingtan.domains.teachers.rules import birth_of
from xingtan.domains.teachers.states import IdentityKind, Status
from xingtan.foundation.scope.branch import Scope

from .likeness import likenesses

# More people than this with one phone share a school's telephone, not a person.
SHARED = 4
Pair = tuple[int, int]


class Person(NamedTuple):
    """What is compared of a record; numbers only by their keyed indexes."""

    pk: int
    school_id: int
    name: str
    name_pinyin: str
    last4_index: str
    phone_index: str


class Candidate(NamedTuple):
    """Two records, the later registered first, and what they share: `name`, `similar_name`, `school`, `phone`, `last4`, `birthday`."""

    merged: Teacher
    into: Teacher
    shared: frozenset[str]


def candidates(scope: Scope, *, most: int = 200) -> list[Candidate]:
    """The branch's pairs that may be one person and were not told apart, those that share most first, at most so many."""
    found = teachers_in(scope).exclude(status=Status.MERGED).order_by("pk")
    people = {row[0]: Person(*row) for row in found.values_list(*Person._fields)}
    pairs = set(_pairs(people.values()))
    pairs -= set(ToldApart.objects.filter(first__among={first for first, _ in pairs}).values_list("first_id", "second_id"))
    shared = {pair: _shared(people[pair[0]], people[pair[1]]) for pair in pairs}
    likely = sorted((pair for pair in pairs if _is_enough(shared[pair])), key=lambda pair: (-len(shared[pair]), pair))[: 4 * most]
    return _with_birthdays(likely, shared)[:most]


def _pairs(people: Iterable[Person]) -> Iterator[Pair]:
    held: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for one in people:
        held["school", one.school_id, one.name].append(one.pk)
        held["last4", one.last4_index, one.name].append(one.pk)
        held["sound", one.school_id, one.name_pinyin].append(one.pk)
        if one.phone_index:
            held["phone", one.phone_index].append(one.pk)
        for likeness in likenesses(one.name):
            held["like", one.school_id, likeness].append(one.pk)
    for keys in held.values():
        if 1 < len(keys) <= SHARED:
            yield from combinations(sorted(set(keys)), 2)


def _shared(first: Person, second: Person) -> frozenset[str]:
    same = {
        "name": first.name == second.name,
        "similar_name": first.name != second.name and _is_like(first, second),
        "school": first.school_id == second.school_id,
        "phone": bool(first.phone_index) and first.phone_index == second.phone_index,
        "last4": first.last4_index == second.last4_index,
    }
    return frozenset(key for key, is_same in same.items() if is_same)


def _is_like(first: Person, second: Person) -> bool:
    return first.name_pinyin == second.name_pinyin or not likenesses(first.name).isdisjoint(likenesses(second.name))


def _is_enough(shared: Collection[str]) -> bool:
    """A name and one more, or a phone and a similar name; two letters' difference at one school happens in every school."""
    if "name" in shared:
        return len(shared) > 1
    return "similar_name" in shared and bool({"phone", "last4"} & set(shared))


def _with_birthdays(pairs: Collection[Pair], shared: dict[Pair, frozenset[str]]) -> list[Candidate]:
    people = teachers_by_id({pk for pair in pairs for pk in pair})
    born = {pk: _born(one) for pk, one in people.items()}
    found = []
    for first, second in pairs:
        also = {"birthday"} if born[first] and born[first] == born[second] else set()
        found.append(Candidate(people[second], people[first], shared[first, second] | also))
    return sorted(found, key=lambda one: (-len(one.shared), one.into.pk))


def _born(teacher: Teacher) -> str:
    if teacher.identity_kind != IdentityKind.RESIDENT:
        return ""
    return str(birth_of(NUMBER_BOX.open(teacher.number_closed)) or "")
