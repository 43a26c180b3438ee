"""Reading teachers."""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from xingtan.foundation.db import Prepared
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.gate import ScopedQuerySet
from xingtan.foundation.scope.models import Kind, Organisation

from .merging.alias import whose
from .models import FACT_BOX, NUMBER_BOX, PHONE_BOX, Teacher, TeacherFact, TeacherStanding
from .rules import better, birth_of, masked, masked_phone, normal_number, related
from .states import FactKind, IdentityKind, Status, Subject

CHUNK = 5000


def teachers_in(scope: Scope) -> ScopedQuerySet[Teacher]:
    """Every teacher of the branch, whatever the status, with the school."""
    return Teacher.objects.within(scope).select_related("school")


def teachers_in_post(scope: Scope) -> ScopedQuerySet[Teacher]:
    """The branch's teachers who are in post today, with the school."""
    return teachers_in(scope).filter(status=Status.IN_POST)


def teacher_in(scope: Scope, public_id: str) -> Teacher:
    """The teacher with this public id inside the branch; `NotInScope` where there is none."""
    found: Teacher | None = teachers_in(scope).filter(public_id=public_id).first()
    if found is None:
        raise NotInScope
    return found


def teachers_held(scope: Scope, ids: Collection[int]) -> list[Teacher]:
    """The branch's teachers with these ids, held until the transaction ends; `NotInScope` when one is elsewhere.

    Held first and looked for in the branch afterwards: a locked row whose school another transaction has just
    changed would be dropped by PostgreSQL from a query that joins the school, though the teacher is in the branch.
    """
    rows = Teacher.everywhere.filter(pk__among=ids).order_by("pk")
    list(rows.select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True))
    people = list(Teacher.objects.within(scope).filter(pk__among=ids).order_by("pk"))
    if len(people) != len(set(ids)):
        raise NotInScope
    return people


def teachers_by_id(ids: Iterable[int]) -> dict[int, Teacher]:
    """The teachers with these ids and their schools, whatever the branch: for rooms that already hold the ids."""
    wanted, found = sorted(set(ids)), {}
    for start in range(0, len(wanted), CHUNK):
        chunk = Teacher.everywhere.filter(pk__in=wanted[start : start + CHUNK]).select_related("school")
        found.update({teacher.pk: teacher for teacher in chunk})
    return found


def teacher_ids_of(public_ids: Iterable[str]) -> dict[str, int]:
    """The keys of the teachers with these public ids, whatever the branch; unknown ones are absent."""
    found: dict[str, int] = dict(Teacher.everywhere.filter(public_id__among=list(public_ids)).values_list("public_id", "pk"))
    return found


def teachers_by_number(numbers: Iterable[str], scope: Scope) -> dict[str, Teacher]:
    """For each identity number as typed the teacher of the branch who has it; unknown ones are absent."""
    typed = {NUMBER_BOX.index(normal_number(number)): number for number in numbers}
    indexes, found = list(typed), {}
    for start in range(0, len(indexes), CHUNK):
        chunk = teachers_in(scope).filter(number_index__in=indexes[start : start + CHUNK])
        found.update({typed[teacher.number_index]: teacher for teacher in chunk})
    return found


def schools_in(scope: Scope) -> ScopedQuerySet[Organisation]:
    """The branch's schools and teaching points that are open, in the tree's order."""
    kinds = [Kind.SCHOOL, Kind.TEACHING_POINT]
    return Organisation.objects.within(scope).filter(kind__in=kinds, closed_on=None).order_by("path")


_posts: Prepared[tuple[int, int, date]] = Prepared(
    lambda ids: Teacher.everywhere.filter(pk__among=ids).order_by("pk").values_list("pk", "school_id", "hired_on"), "many"
)
_standings: Prepared[tuple[int, int, str]] = Prepared(
    lambda ids: TeacherStanding.objects.filter(teacher_id__among=ids).order_by("pk").values_list("teacher_id", "year", "verdict"), "many"
)


def posts_of(ids: Iterable[int]) -> list[tuple[int, int, date]]:
    """Id, school's id and day of hire of each of these teachers, by id."""
    return _posts(list(ids))


def standings_of(ids: Collection[int]) -> dict[int, dict[int, str]]:
    """For each of the teachers the verdict of each year that `credits` found, of merged records too: {teacher: {year: verdict}}."""
    persons = whose(ids)
    found: dict[int, dict[int, str]] = {pk: {} for pk in ids}
    for teacher_id, year, verdict in _standings(persons):
        held = found[persons[teacher_id]]
        held[year] = better(held.get(year), verdict)
    return found


def facts_of(teacher_id: int) -> list[TeacherFact]:
    """Every dated fact of the teacher, the newest of each kind first."""
    return list(TeacherFact.objects.filter(teacher_id=teacher_id).order_by("kind", "-from_on", "-pk"))


def facts_on(ids: Collection[int], kind: FactKind, day: date) -> dict[int, str]:
    """The value that held that day for each teacher; before the first record, the first known one stands for it."""
    rows = (
        TeacherFact.objects.filter(teacher_id__in=list(ids), kind=kind).order_by("-from_on").values_list("teacher_id", "value", "from_on")
    )
    found: dict[int, tuple[str, date]] = {}
    for teacher_id, value, from_on in rows:
        if teacher_id not in found or found[teacher_id][1] > day:
            found[teacher_id] = (value, from_on)
    return {teacher_id: value for teacher_id, (value, _from_on) in found.items()}


def facts_known(ids: Collection[int], kinds: Collection[FactKind], day: date, known_at: datetime) -> dict[int, dict[FactKind, str]]:
    """The values that held that day as the register knew them by that moment: {teacher: {kind: value}}; names and phones are not told."""
    plain = [kind for kind in kinds if kind not in (FactKind.NAME, FactKind.PHONE)]
    rows = TeacherFact.objects.filter(teacher_id__among=ids, kind__in=plain, entered_at__lte=known_at).order_by("-from_on", "-pk")
    found: dict[int, dict[FactKind, tuple[str, date]]] = {}
    for teacher_id, kind, value, from_on in rows.values_list("teacher_id", "kind", "value", "from_on"):
        held = found.setdefault(teacher_id, {})
        if kind not in held or held[FactKind(kind)][1] > day:
            held[FactKind(kind)] = (value, from_on)
    return {pk: {kind: value for kind, (value, _from_on) in held.items()} for pk, held in found.items()}


def number_index(number: str) -> str:
    """What the register keeps to find an identity number (in its normal form) by."""
    return NUMBER_BOX.index(number)


def phone_index(phone: str) -> str:
    """What the register keeps to find a phone by; "" for none."""
    return PHONE_BOX.index(phone)


def phone_of(teacher: Teacher) -> str:
    """The whole phone, or "": to be compared or passed on, never shown."""
    return PHONE_BOX.open(teacher.phone_closed)


def open_facts_since(ids: Iterable[int]) -> dict[tuple[int, str], date]:
    """For each of the teachers and kind of fact the day since which today's value holds."""
    rows = TeacherFact.objects.filter(teacher_id__among=list(ids), to_on=None).values_list("teacher_id", "kind", "from_on")
    return {(teacher_id, kind): from_on for teacher_id, kind, from_on in rows}


def number_ends_with(teacher: Teacher, ending: str) -> bool:
    """True when the identity number ends with these characters, whatever their case; compared in equal time."""
    number = normal_number(NUMBER_BOX.open(teacher.number_closed))
    return hmac.compare_digest(number[-len(ending) :].encode(), ending.strip().upper().encode())


def birthday(teacher: Teacher) -> date | None:
    """The day of birth inside a resident's number; None for other documents, which do not say it."""
    return birth_of(NUMBER_BOX.open(teacher.number_closed)) if teacher.identity_kind == IdentityKind.RESIDENT else None


def accounts_by_staff_number(staff_number: str) -> list[int]:
    """The accounts of the teachers with this staff number, whatever the branch; two at most, for two are one too many."""
    found = Teacher.everywhere.filter(staff_number=staff_number.strip()).exclude(staff_number="")
    return list(found.values_list("account_id", flat=True)[:2])


def masked_number(teacher: Teacher) -> str:
    """The identity number as screens may show it."""
    return masked(NUMBER_BOX.open(teacher.number_closed))


def fact_opened(value: str) -> str:
    """A closed fact (a name or phone of before) as it was."""
    return FACT_BOX.open(value)


def masked_phone_of(teacher: Teacher) -> str:
    """The phone as screens may show it, or ""."""
    return masked_phone(PHONE_BOX.open(teacher.phone_closed))


def subjects_related(subject: str) -> frozenset[str]:
    """The subject and its neighbours, among which a workshop may be chosen; an unknown one is related to itself only."""
    known: Mapping[str, Subject] = {each.value: each for each in Subject}
    return frozenset(str(each) for each in related(known[subject])) if subject in known else frozenset({subject})
