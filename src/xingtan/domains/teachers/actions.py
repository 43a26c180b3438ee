"""Changing the register outside a roster: standings, schools, opening a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from xingtan.core.calendar import local_day
from xingtan.core.verdicts import Verdict
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.disclosures.api import note_unmasking
from xingtan.foundation.entrance.ranks import out_of_reach
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.people.sign_in import activation_code
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Kind, Organisation
from xingtan.foundation.scope.tree import add_children

from . import access
from .models import NUMBER_BOX, Teacher, TeacherStanding
from .queries import masked_number, teachers_in_post

SCHOOL_KINDS = (Kind.SCHOOL, Kind.TEACHING_POINT)


@atomic
def set_standings(rows: Iterable[tuple[int, int, Verdict]], now: datetime) -> int:
    """Each (teacher, year, verdict) stands with the teacher, in place of the year's earlier one; returns how many. Called by `credits`."""
    standings = [
        TeacherStanding(teacher_id=teacher_id, year=year, verdict=Verdict(verdict).value, decided_at=now)
        for teacher_id, year, verdict in rows
    ]
    TeacherStanding.objects.bulk_create(
        standings, batch_size=2000, update_conflicts=True, update_fields=["verdict", "decided_at"], unique_fields=["teacher", "year"]
    )
    return len(standings)


@atomic
def unmask(*, actor: Actor, teacher_id: int, reason: str, now: datetime) -> str:
    """The whole identity number, once; that it was opened and by whom stands in the audit log, why beside it among the unmaskings; refused beyond 50 people a day."""
    require(actor, access.UNMASK)
    teacher = Teacher.objects.within(actor.scope).filter(pk=teacher_id).first()
    if teacher is None:
        raise NotInScope
    note_unmasking(actor=actor, subject_id=teacher.account_id, reason=reason, now=now)
    record(actor, "teachers.number_opened", "teacher", [teacher.pk], now=now)
    return NUMBER_BOX.open(teacher.number_closed)


@dataclass(frozen=True, slots=True)
class Slip:
    """What a teacher needs to open the own account; without a code where the teacher holds an office that the printing one does not stand above."""

    name: str
    school: str
    number: str
    code: str


@atomic
def activation_slips(*, actor: Actor, now: datetime) -> list[Slip]:
    """Name, school, masked number and code of everyone in post who has not activated the account, by name; the reading is audited."""
    require(actor, access.PRINT_SLIPS)
    found = (
        teachers_in_post(actor.scope)
        .filter(account__activated_at=None)
        .select_related("account")
        .order_by("school__path", "name_pinyin", "pk")
    )
    waiting = list(found)
    others = out_of_reach(actor, [one.account_id for one in waiting], local_day(now))
    told = [one.pk for one in waiting if one.account_id not in others]
    if told:
        record(actor, "teachers.slips_read", "teacher", told, now=now)
    codes = {one.pk: "" if one.account_id in others else activation_code(one.account) for one in waiting}
    return [Slip(one.name, one.school.name, masked_number(one), codes[one.pk]) for one in waiting]


@atomic
def add_schools(*, actor: Actor, parent_id: int, rows: Sequence[Mapping[str, object]], now: datetime) -> list[Organisation]:
    """The rows (name, and if known kind, code, is_rural, opened_on) stand under the parent; a name that stands there already is left alone."""
    require(actor, access.ADD_SCHOOLS)
    parent = Organisation.objects.within(actor.scope).exclude(kind__in=[*SCHOOL_KINDS, Kind.PROVIDER]).filter(pk=parent_id).first()
    if parent is None:
        raise NotInScope
    there = set(Organisation.everywhere.filter(parent=parent).values_list("name", flat=True))
    fresh = {str(row["name"]): {"kind": Kind.SCHOOL, **row} for row in rows if row["name"] not in there}
    _refuse_schools(list(fresh.values()))
    made = add_children(parent, fresh.values())
    if made:
        record(actor, "teachers.schools_added", "organisation", [school.pk for school in made], now=now, detail={"parent": parent.pk})
    return made


def _refuse_schools(rows: Sequence[Mapping[str, object]]) -> None:
    for row in rows:
        if row["kind"] not in SCHOOL_KINDS:
            raise Refused("school_kind_unknown", found=row["kind"])
    codes = [str(row["code"]) for row in rows if row.get("code")]
    taken = Organisation.everywhere.filter(kind__in=SCHOOL_KINDS, code__in=codes).values_list("code", flat=True).first()
    twice = next((code for code in codes if codes.count(code) > 1), None) if len(codes) < 5000 else None
    if taken or twice:
        raise Refused("school_code_taken", taken=taken or twice)
