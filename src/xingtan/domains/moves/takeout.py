"""What goes along: everything that stands about a teacher, or about everyone of a school, free and at any time."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, BinaryIO

from django.conf import settings

from xingtan.domains.teachers import api as teachers
from xingtan.domains.teachers.api import Teacher
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.files.takeout import Opener, Walk, pack
from xingtan.foundation.people.roles import Actor, Role, require
from xingtan.foundation.refusal import NotInScope

TOKENS = "teachers.TeacherToken"
CLOSED = {(model._meta.label, column): (box, condition) for model, column, box, condition in teachers.CLOSED_COLUMNS if column != "value"}


def take_out(*, actor: Actor, teacher_ids: Collection[int], now: datetime) -> BinaryIO:
    """One .zip with everything about these teachers of the branch (a teacher: oneself); numbers are masked unless they are one's own. Audited."""
    require(actor, teachers.TAKE_OUT)
    own = actor.role is Role.TEACHER
    if own and set(teacher_ids) != {actor.teacher_id}:
        raise NotInScope
    if not own and teachers.teachers_in(actor.scope).filter(pk__among=teacher_ids).count() != len(set(teacher_ids)):
        raise NotInScope
    _note(actor, teacher_ids, now)
    walk = Walk(settings.ROOMS, leave_out=[TOKENS], openers=_openers(whole=own))
    return pack(walk.tables(Teacher, list(teachers.whose(teacher_ids))))


@atomic
def _note(actor: Actor, teacher_ids: Collection[int], now: datetime) -> None:
    record(actor, "moves.taken_out", "teacher", sorted(teacher_ids), now=now)


def _openers(*, whole: bool) -> Mapping[tuple[str, str], Opener]:
    number, phone = (CLOSED[Teacher._meta.label, column][0] for column in ("number_closed", "phone_closed"))

    def told_number(row: Mapping[str, Any]) -> str:
        return number.open(row["number_closed"]) if whole else teachers.masked(number.open(row["number_closed"]))

    def told_phone(row: Mapping[str, Any]) -> str:
        return phone.open(row["phone_closed"]) if whole else teachers.masked_phone(phone.open(row["phone_closed"]))

    def told_fact(row: Mapping[str, Any]) -> str:
        if row["kind"] not in (teachers.FactKind.NAME, teachers.FactKind.PHONE):
            return str(row["value"])
        return teachers.fact_opened(row["value"]) if whole else "***"

    return {
        (Teacher._meta.label, "number_closed"): told_number,
        (Teacher._meta.label, "phone_closed"): told_phone,
        (teachers.TeacherFact._meta.label, "value"): told_fact,
    }
