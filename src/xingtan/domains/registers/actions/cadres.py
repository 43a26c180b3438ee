"""Principals and other cadres: who holds which post since when, and which training is needed next."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from xingtan.domains.registers import access
from xingtan.domains.registers.models import Cadre
from xingtan.domains.registers.rules import refuse_term
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused


class Post(NamedTuple):
    """A cadre's post and what training it asks for."""

    duty: str
    from_on: date
    need: str = ""
    need_words: str = ""
    certificate_number: str = ""


def cadre_named(actor: Actor, text: str) -> teachers.Teacher:
    """The one teacher in post of the branch with this name, staff number or identity number; refused where it is none or several."""
    typed = text.strip()
    here = teachers.teachers_in_post(actor.scope)
    found = list(here.filter(name=typed)[:2]) or list(here.filter(staff_number=typed)[:2]) if typed else []
    found = found or list(teachers.teachers_by_number([typed], actor.scope).values())
    if len(found) != 1:
        raise Refused("cadre_not_here")
    return found[0]


@atomic
def appoint(*, actor: Actor, teacher_id: int, post: Post, now: datetime) -> Cadre:
    """The teacher stands in the register with this post at the own school of today."""
    require(actor, access.KEEP_CADRES)
    teacher = teachers.teachers_in_post(actor.scope).filter(pk=teacher_id).first()
    if teacher is None:
        raise NotInScope
    if Cadre.everywhere.filter(teacher=teacher, to_on=None).exists():
        raise Refused("cadre_has_post", name=teacher.name)
    made = Cadre.everywhere.create(teacher=teacher, school_id=teacher.school_id, changed_at=now, **post._asdict())
    record(actor, "registers.cadre_appointed", "cadre", [made.pk], now=now, detail={"duty": made.duty})
    return made


@atomic
def change_cadre(*, actor: Actor, cadre_id: int, need: str, need_words: str, to_on: date | None, now: datetime) -> Cadre:
    """The cadre's training need is this, and the post ends on that day where one is given."""
    require(actor, access.KEEP_CADRES)
    row: Cadre | None = Cadre.objects.within(actor.scope).select_for_update(of=("self",)).filter(pk=cadre_id).first()
    if row is None:
        raise NotInScope
    if why := refuse_term(row.from_on, to_on):
        raise Refused(why)
    row.need, row.need_words, row.to_on, row.changed_at = need, need_words, to_on, now
    row.save(update_fields=["need", "need_words", "to_on", "changed_at"])
    record(actor, "registers.cadre_changed", "cadre", [row.pk], now=now, detail={"need": need, "ended": to_on is not None})
    return row
