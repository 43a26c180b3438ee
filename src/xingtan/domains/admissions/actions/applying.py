"""The teacher's own way: a draft that is kept, the application, the answer to an offer, the withdrawal."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from xingtan.domains.admissions import access
from xingtan.domains.admissions.around import Around, around, held, moment, open_round, refuse_closed, standing_of
from xingtan.domains.admissions.debts import oldest_debts
from xingtan.domains.admissions.entering import Wish, check_wishes, entered, refuse_taken
from xingtan.domains.admissions.holding import hold_project
from xingtan.domains.admissions.models import Application
from xingtan.domains.admissions.moving import Deed, bear, move, note
from xingtan.domains.admissions.queries import had_class_cancelled
from xingtan.domains.admissions.rules import refuse_late
from xingtan.domains.admissions.states import SEATED, Act, State, Way
from xingtan.domains.admissions.telling import tell_rooms
from xingtan.domains.suiting.api import refuse_not_rural
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, Role, require
from xingtan.foundation.refusal import NotInScope, Refused

from .seating import release, seat_approved


class Own(NamedTuple):
    """What a teacher wishes: the class or course, the category of seats, and whether it clears a debt of an earlier year."""

    choice_id: int | None = None
    category: str = ""
    is_make_up: bool = False


@atomic
def save_draft(*, actor: Actor, project_id: int, own: Own, now: datetime) -> Application:
    """The wish is kept as a draft, at most one a project; nobody else has to do with it yet."""
    require(actor, access.APPLY)
    teacher = _self(actor)
    found = hold_project(project_id, now)
    refuse_closed(found, Way.OWN, now)
    check_wishes(found, [Wish(teacher.pk, own.choice_id, own.category)])
    row = standing_of(project_id, [teacher.pk]).get(teacher.pk)
    deed = Deed(actor, now)
    if row is None:
        fresh = entered(found, Wish(teacher.pk, own.choice_id, own.category), teacher, Way.OWN, deed)
        fresh.state = State.DRAFTED.value
        return bear([fresh], Act.DRAFT, deed)[0]
    if row.state != State.DRAFTED:
        raise Refused("admission_stands", count=1)
    if (row.choice_id, row.category) != (own.choice_id, own.category):
        move([row], Act.CHANGE, deed, choice_id=own.choice_id, category=own.category)
    return row


@atomic
def apply(*, actor: Actor, project_id: int, own: Own, now: datetime) -> Application:
    """The teacher has applied: it waits for whoever approves, for the round's end, has a seat or a place in line. Again: the same answer."""
    require(actor, access.APPLY)
    teacher = _self(actor)
    found = hold_project(project_id, now)
    refuse_closed(found, Way.OWN, now)
    row = standing_of(project_id, [teacher.pk]).get(teacher.pk)
    if row is not None and row.state != State.DRAFTED:
        return row
    wish = Wish(teacher.pk, own.choice_id, own.category)
    check_wishes(found, [wish], shut_out=True, now=now)
    refuse_not_rural([wish])
    fresh = entered(found, wish, teacher, Way.OWN, Deed(actor, now))
    fresh.round = open_round(found, is_first=had_class_cancelled(project_id, teacher.pk), now=now)
    fresh.makes_up = _debt(teacher, found) if own.is_make_up else None
    refuse_taken(found, [wish], is_capped=fresh.round is None or fresh.round.is_capped)
    return _stand(found, row, fresh, Deed(actor, now))


def _stand(found: Around, draft: Application | None, fresh: Application, deed: Deed) -> Application:
    """The draft became the application, or it was born; where nobody approves and no round decides later, it is seated at once."""
    fresh.state = State.APPLIED.value
    if draft is None:
        [row] = bear([fresh], Act.APPLY, deed)
    else:
        row = draft
        told = ("round_id", "choice_id", "category", "makes_up", "arrived", "applied_at", "warnings", "school_id")
        move([row], Act.APPLY, deed, reason="", **{name: getattr(fresh, name) for name in told})
    row.teacher, row.school = fresh.teacher, fresh.school
    if not found.steps:
        move([row], Act.APPROVE, Deed(None, deed.now))
        if fresh.round is None or fresh.round.is_capped:
            seat_approved(found, [row], Deed(None, deed.now))
    note(deed, "applied", [row], project=found.project.pk)
    return row


def refuse_own(project_id: int, teacher_id: int, now: datetime) -> None:
    """Nothing happened; raises what stands against applying now: the project, its days, its rounds."""
    found = around(project_id)
    refuse_closed(found, Way.OWN, now)
    open_round(found, is_first=had_class_cancelled(project_id, teacher_id), now=now)


def _self(actor: Actor) -> teachers.Teacher:
    teacher = teachers.teachers_by_id([actor.teacher_id or 0]).get(actor.teacher_id or 0)
    if teacher is None:
        raise NotInScope
    return teacher


def _debt(teacher: teachers.Teacher, found: Around) -> int:
    debt = oldest_debts([teacher.pk], before=found.project.training_year.year).get(teacher.pk)
    if debt is None:
        raise Refused("admission_no_debt")
    return debt


@atomic
def accept(*, actor: Actor, application_id: int, now: datetime) -> Application:
    """The teacher took the offer and is admitted; refused once its time is over. Accepting again changes nothing."""
    require(actor, access.APPLY)
    [row] = held_with_project(actor, [application_id], now)[1]
    if row.state == State.ADMITTED:
        return row
    if row.state == State.OFFERED and row.answer_by is not None and now >= row.answer_by:
        raise Refused("offer_over", until=moment(row.answer_by))
    move([row], Act.ACCEPT, Deed(actor, now), decided_at=now, decided_by_id=actor.account_id)
    tell_rooms("admitted", [row], now)
    note(Deed(actor, now), "accepted", [row])
    return row


@atomic
def withdraw(*, actor: Actor, ids: Collection[int], reason: str, now: datetime) -> int:
    """The applications ended, seats are free for the next in line, study done is kept (D7); those that had ended are left alone."""
    require(actor, access.to_change(actor))
    found, rows = held_with_project(actor, ids, now)
    rows = [row for row in rows if row.state != State.WITHDRAWN]
    if actor.role is not Role.TEACHER and not reason.strip():
        raise Refused("admission_needs_reason")
    if any(row.state in SEATED for row in rows) and (why := refuse_late(found.terms.withdraw_until, now, "withdrawal_over")):
        raise Refused(why, until=moment(found.terms.withdraw_until))
    release(found, rows, Act.WITHDRAW, Deed(actor, now, reason.strip()))
    note(Deed(actor, now), "withdrawn", rows, project=found.project.pk)
    return len(rows)


def held_with_project(actor: Actor, ids: Collection[int], now: datetime) -> tuple[Around, list[Application]]:
    """The project held, then the applications; refused when they are of several projects, `NotInScope` when there is none."""
    of = set(Application.everywhere.filter(pk__among=ids).values_list("project_id", flat=True))
    if not of:
        raise NotInScope
    if len(of) > 1:
        raise Refused("admission_several_projects")
    found = hold_project(of.pop(), now)
    return found, held(actor, ids)
