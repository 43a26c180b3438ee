"""Schools renamed, closed, merged, split, and put under another office: dated acts of an office above them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from xingtan.core.calendar import local_day
from xingtan.domains.teachers import api as teachers
from xingtan.domains.teachers.api import Status, Teacher
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.grants import close_grants
from xingtan.foundation.people.models import Grant
from xingtan.foundation.people.roles import Actor, Role, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope import changing
from xingtan.foundation.scope.gate import ScopedQuerySet
from xingtan.foundation.scope.models import Kind, Organisation
from xingtan.foundation.scope.tree import add_children

from . import access
from .rules import GONE, refuse_day
from .turning import refuse, tell_moved, told_reason, turn

OFFICES = (Kind.COUNTY, Kind.ZONE, Kind.CITY, Kind.PROVINCE)


class Order(NamedTuple):
    """Since when the act holds, and why (with the number of the decision)."""

    since: date
    reason: str


def _begin(actor: Actor, ids: Collection[int], order: Order, now: datetime) -> list[Organisation]:
    """The schools of the branch, held and open, below the actor's own office; the order's day has come."""
    require(actor, access.REORGANISE)
    told_reason(order.reason)
    refuse(refuse_day(order.since, standing_since=None, today=local_day(now)))
    inside = Organisation.objects.within(actor.scope).filter(pk__in=ids, kind__in=teachers.SCHOOL_KINDS)
    if inside.count() != len(set(ids)):
        raise NotInScope
    return changing.hold_open(ids)


def _told(order: Order) -> dict[str, object]:
    return {"since": str(order.since), "reason": order.reason.strip()[:200]}


@atomic
def rename_school(*, actor: Actor, school_id: int, name: str, order: Order, now: datetime) -> Organisation:
    """The school bears the new name from that day on; documents about an earlier day print the old one. The same name changes nothing."""
    [school] = _begin(actor, [school_id], order, now)
    wanted = " ".join(name.split())[:120]
    if not wanted:
        raise Refused("school_name_missing")
    if wanted != school.name:
        changing.rename(school, wanted, since=order.since, by=actor.account_id, now=now)
        record(actor, "moves.school_renamed", "organisation", [school.pk], now=now, detail=_told(order))
    return school


@atomic
def close_school(*, actor: Actor, school_id: int, order: Order, now: datetime) -> Organisation:
    """The school is closed; its office holders' roles end. Refused while somebody is in post there, or a unit below it is open."""
    [school] = _begin(actor, [school_id], order, now)
    people = _people([school.pk]).exclude(status__in=GONE).count()
    if people or Organisation.everywhere.filter(parent=school, closed_on=None).exists():
        raise Refused("school_has_people", count=people)
    _end(school, order, now)
    record(actor, "moves.school_closed", "organisation", [school.pk], now=now, detail=_told(order))
    return school


@atomic
def merge_schools(*, actor: Actor, school_ids: Collection[int], into_id: int, order: Order, now: datetime) -> int:
    """Everyone of these schools belongs to the other one from that day on, and these are closed; returns how many people moved."""
    held = {one.pk: one for one in _begin(actor, [*school_ids, into_id], order, now)}
    into = held.pop(into_id)
    if not held:
        raise Refused("school_not_these")
    moved = _move(actor, list(_people(list(held))), into, order, now)
    for school in held.values():
        _end(school, order, now)
    _succeed(actor, [(school, into) for school in held.values()], "merged", order, now)
    return moved


@atomic
def split_school(*, actor: Actor, school_id: int, name: str, teacher_ids: Collection[int], order: Order, now: datetime) -> Organisation:
    """A new school of that name stands beside the old one, and these of its teachers belong to it from that day on."""
    [school] = _begin(actor, [school_id], order, now)
    people = list(_people([school.pk]).filter(pk__in=teacher_ids))
    if len(people) != len(set(teacher_ids)) or not name.strip() or school.parent is None:
        raise Refused("school_name_missing") if not name.strip() else NotInScope()
    values: Mapping[str, object] = {"kind": school.kind, "is_rural": school.is_rural, "opened_on": order.since}
    if Organisation.everywhere.filter(parent=school.parent, name=name.strip()).exists():
        raise Refused("school_exists", name=name.strip())
    [made] = add_children(school.parent, [{**values, "name": name.strip()[:120]}])
    _move(actor, people, made, order, now)
    _succeed(actor, [(school, made)], "split", order, now)
    return made


@atomic
def put_under(*, actor: Actor, school_id: int, office_id: int, order: Order, now: datetime) -> Organisation:
    """A new unit with name and code of the school stands under the other office (both of the branch); everyone, its office holders and the units below go along.

    The old unit is closed and keeps what was written under it with the office of that time.
    """
    [school] = _begin(actor, [school_id], order, now)
    office = Organisation.objects.within(actor.scope).filter(pk=office_id, kind__in=OFFICES, closed_on=None).first()
    if office is None:
        raise NotInScope
    if office.pk == school.parent_id:
        raise Refused("school_not_these")
    return _put_under(actor, school, office, order, now)


def _put_under(actor: Actor, school: Organisation, parent: Organisation, order: Order, now: datetime) -> Organisation:
    made = changing.open_successor(school, parent, since=order.since, by=actor.account_id, now=now)
    _move(actor, list(_people([school.pk])), made, order, now)
    _move_office(school, made, actor, now)
    _succeed(actor, [(school, made)], "moved", order, now)
    for below in Organisation.everywhere.select_for_update(of=("self",)).filter(parent=school, closed_on=None).order_by("path"):
        _put_under(actor, below, made, order, now)
    return made


def _people(school_ids: Sequence[int]) -> ScopedQuerySet[Teacher]:
    found = Teacher.everywhere.get_queryset().select_for_update(of=("self",)).filter(school_id__in=school_ids)
    return found.exclude(status=Status.MERGED).order_by("pk")


def _move(actor: Actor, people: Sequence[Teacher], to: Organisation, order: Order, now: datetime) -> int:
    moved = turn(people, {"school": str(to.pk)}, since=order.since, actor=actor, now=now)
    tell_moved(moved, dict.fromkeys(moved, to.pk), since=order.since, now=now)
    return len(moved)


def _end(school: Organisation, order: Order, now: datetime) -> None:
    changing.close(school, order.since)
    close_grants(Grant.objects.filter(organisation=school), now=now)


def _move_office(old: Organisation, new: Organisation, actor: Actor, now: datetime) -> None:
    """Whoever held an office at the old unit holds it at the new one."""
    held = Grant.objects.filter(organisation=old, ended_at=None, deputy_for=None).exclude(role=Role.TEACHER.value)
    today = local_day(now)
    fresh = [Grant(account_id=one.account_id, role=one.role, organisation=new, from_on=max(today, one.from_on), to_on=one.to_on,
                   granted_by_id=actor.account_id) for one in held if one.to_on is None or one.to_on >= today]  # fmt: skip
    close_grants(Grant.objects.filter(organisation=old), now=now)
    Grant.objects.bulk_create(fresh)


def _succeed(actor: Actor, pairs: Collection[tuple[Organisation, Organisation]], act: str, order: Order, now: datetime) -> None:
    changing.succeed(pairs, act, since=order.since, reason=order.reason.strip()[:200], by=actor.account_id, now=now)
    ids = [one.pk for pair in pairs for one in pair]
    record(actor, f"moves.school_{act}", "organisation", ids, now=now, detail=_told(order))
