"""Acting for another: an office for a school as its clerk, a school's clerk for a teacher; the real person stays the one who acted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.refusal import NotAllowed
from xingtan.foundation.scope.models import Kind, Organisation

from .roles import BUREAU, Actor, Own, Permission, Role, require

ACT_FOR_SCHOOL = Permission("people.act_for_school", BUREAU)
ACT_FOR_TEACHER = Permission("people.act_for_teacher", frozenset({Role.SCHOOL_CLERK}))
ACT_FOR = Permission("people.act_for", ACT_FOR_SCHOOL.roles | ACT_FOR_TEACHER.roles)
SCHOOLS = frozenset({Kind.SCHOOL, Kind.TEACHING_POINT})
LONGEST = timedelta(hours=4)


def for_school(actor: Actor, school: Organisation) -> Actor:
    """The actor as this school's clerk; the account stays the own. `NotAllowed` for who may not, or acts for somebody already."""
    _require_own(actor, ACT_FOR_SCHOOL)
    return replace(
        actor,
        role=Role.SCHOOL_CLERK,
        organisation_id=school.pk,
        scope=school.scope,
        teacher_id=None,
        own=Own(actor.role, actor.organisation_id),
    )


def for_teacher(actor: Actor, teacher_id: int, school: Organisation) -> Actor:
    """The actor in this teacher's place, for the acts that a clerk may do there; `NotAllowed` as `for_school`."""
    _require_own(actor, ACT_FOR_TEACHER)
    own = Own(actor.role, actor.organisation_id)
    return replace(actor, role=Role.TEACHER, organisation_id=school.pk, scope=school.scope, teacher_id=teacher_id, own=own)


def _require_own(actor: Actor, permission: Permission) -> None:
    """One place at a time: an office that acts for a school goes no further."""
    if actor.own is not None:
        raise NotAllowed(permission.name)
    require(actor, permission)


@atomic
def begin(*, actor: Actor, now: datetime) -> None:
    """The audit log says from when on the person acts for another; the actor is the one that `for_…` gave."""
    record(actor, "people.acting_begun", "teacher" if actor.teacher_id else "organisation", _whom(actor), now=now)


@atomic
def stop(*, actor: Actor, now: datetime) -> None:
    """The audit log says until when."""
    record(actor, "people.acting_ended", "teacher" if actor.teacher_id else "organisation", _whom(actor), now=now)


def _whom(actor: Actor) -> list[int]:
    return [actor.teacher_id or actor.organisation_id or 0]
