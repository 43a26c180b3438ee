"""Schools and individuals ask to become members; the county approves, or refuses with a reason."""

from __future__ import annotations

from datetime import datetime, timedelta

from xingtan.core.calendar import local_day
from xingtan.domains.registers import access
from xingtan.domains.registers.models import PHONE_BOX, Membership
from xingtan.domains.registers.queries.places import counties
from xingtan.domains.registers.rules import refuse_member_decision
from xingtan.domains.registers.states import MemberKind, MemberState
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.people.throttle import Limit, count_attempt, tried
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Organisation
from xingtan.foundation.scope.tree import county_of

MOST_OPEN = 300
FORMS = Limit("mb", 5, timedelta(days=1))
STANDING = [MemberState.APPLIED.value, MemberState.APPROVED.value]


def apply_for_school(  # noqa: PLR0913 -- a form's fields
    *, actor: Actor, county_id: int, name: str, contact: str, phone: str, words: str, address: str, now: datetime
) -> Membership:
    """The school's application waits for the county; its public id is the receipt. From one address a handful a day, then slower."""
    if minutes := count_attempt(tried(address or "unknown", "", FORMS), now=now):
        raise Refused("locked", minutes=minutes)
    return _apply_for_school(actor=actor, county_id=county_id, told=(name.strip(), contact.strip(), phone, words.strip()), now=now)


@atomic
def _apply_for_school(*, actor: Actor, county_id: int, told: tuple[str, str, str, str], now: datetime) -> Membership:
    name, contact, phone, words = told
    county = counties().select_for_update().filter(pk=county_id).first()
    if county is None:
        raise NotInScope
    here = Membership.everywhere.filter(county=county)
    if here.filter(kind=MemberKind.SCHOOL, name=name, state__in=STANDING).exists():
        raise Refused("member_twice")
    if here.filter(state=MemberState.APPLIED).count() >= MOST_OPEN:
        raise Refused("member_county_full")
    made = Membership.everywhere.create(
        county=county, kind=MemberKind.SCHOOL.value, name=name, contact=contact, phone_closed=PHONE_BOX.close(phone.strip()),
        words=words, state=MemberState.APPLIED.value, applied_at=now,
    )  # fmt: skip
    record(actor, "registers.member_applied", "membership", [made.pk], now=now, detail={"kind": made.kind})
    return made


@atomic
def apply_as_individual(*, actor: Actor, words: str, now: datetime) -> Membership:
    """The teacher's own application waits for the county of the own school."""
    require(actor, access.APPLY)
    teacher = teachers.teachers_by_id([actor.teacher_id or 0]).get(actor.teacher_id or 0)
    if teacher is None:
        raise NotInScope
    if Membership.everywhere.filter(teacher=teacher, state__in=STANDING).exists():
        raise Refused("member_twice")
    made = Membership.everywhere.create(
        county=county_of(teacher.school), kind=MemberKind.INDIVIDUAL.value, name=teacher.name, teacher=teacher, school=teacher.school,
        contact=teacher.name, words=words.strip(), state=MemberState.APPLIED.value, applied_at=now,
    )  # fmt: skip
    record(actor, "registers.member_applied", "membership", [made.pk], now=now, detail={"kind": made.kind})
    return made


@atomic
def decide_membership(*, actor: Actor, pid: str, is_approved: bool, reason: str, now: datetime) -> Membership:
    """The applicant is a member from today, or refused with the reason; a school that the county does not have yet is added to it."""
    require(actor, access.DECIDE_MEMBERS)
    row: Membership | None = Membership.objects.within(actor.scope).select_for_update(of=("self",)).filter(public_id=pid).first()
    if row is None:
        raise NotInScope
    if why := refuse_member_decision(MemberState(row.state), is_approved=is_approved, reason=reason):
        raise Refused(why)
    row.state = (MemberState.APPROVED if is_approved else MemberState.REFUSED).value
    row.reason, row.decided_at, row.decided_by_id = reason.strip()[:200], now, actor.account_id
    if is_approved:
        row.from_on = local_day(now)
        row.school = row.school or _school(actor, row, now)
    row.save()
    record(actor, f"registers.member_{row.state}", "membership", [row.pk], now=now, detail={"kind": row.kind})
    if row.teacher is not None:
        params = {"county": str(row.county), "reason": row.reason}
        tell([row.teacher.account_id], f"member_{row.state}", source=f"member:{row.pk}", params=params, link="/my/member/", now=now)
    return row


def _school(actor: Actor, row: Membership, now: datetime) -> Organisation | None:
    found = Organisation.everywhere.filter(parent=row.county, name=row.name).first()
    if found is None:
        made = teachers.add_schools(actor=actor, parent_id=row.county_id, rows=[{"name": row.name, "opened_on": local_day(now)}], now=now)
        found = made[0] if made else None
    return found


@atomic
def end_membership(*, actor: Actor, pid: str, reason: str, now: datetime) -> Membership:
    """The membership ended today, for the reason."""
    require(actor, access.DECIDE_MEMBERS)
    row: Membership | None = Membership.objects.within(actor.scope).select_for_update(of=("self",)).filter(public_id=pid).first()
    if row is None:
        raise NotInScope
    if row.state != MemberState.APPROVED:
        raise Refused("member_wrong_state")
    if not reason.strip():
        raise Refused("register_needs_reason")
    row.state, row.reason, row.to_on = MemberState.ENDED.value, reason.strip()[:200], local_day(now)
    row.save(update_fields=["state", "reason", "to_on"])
    record(actor, "registers.member_ended", "membership", [row.pk], now=now)
    return row
