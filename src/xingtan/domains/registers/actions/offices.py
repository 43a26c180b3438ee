"""Offices beside the tree, and the people in them."""

from __future__ import annotations

from datetime import date, datetime

from xingtan.core.calendar import local_day
from xingtan.domains.registers import access
from xingtan.domains.registers.models import SideOffice, SideOfficeMember
from xingtan.domains.registers.queries.lists import side_office_in
from xingtan.domains.registers.states import OfficeDuty
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Organisation


@atomic
def found_office(*, actor: Actor, organisation_id: int, kind: str, name: str, project: str, from_on: date, now: datetime) -> SideOffice:  # noqa: PLR0913 -- an office is these facts
    """The office stands beside the organisation from that day."""
    require(actor, access.KEEP_OFFICES)
    if not Organisation.objects.within(actor.scope).filter(pk=organisation_id).exists():
        raise NotInScope
    if SideOffice.everywhere.filter(organisation_id=organisation_id, name=name, to_on=None).exists():
        raise Refused("side_office_twice")
    made = SideOffice.everywhere.create(organisation_id=organisation_id, kind=kind, name=name, project=project, from_on=from_on)
    record(actor, "registers.office_founded", "side_office", [made.pk], now=now, detail={"kind": kind})
    return made


@atomic
def close_office(*, actor: Actor, pid: str, now: datetime) -> SideOffice:
    """The office and everybody's place in it end today; closing again changes nothing."""
    require(actor, access.KEEP_OFFICES)
    office = SideOffice.everywhere.select_for_update().get(pk=side_office_in(actor.scope, pid).pk)
    if office.to_on is None:
        today = local_day(now)
        SideOfficeMember.objects.filter(office=office, to_on=None, from_on__lte=today).update(to_on=today)
        SideOfficeMember.objects.filter(office=office, to_on=None).delete()
        office.to_on = max(today, office.from_on)
        office.save(update_fields=["to_on"])
        record(actor, "registers.office_closed", "side_office", [office.pk], now=now)
    return office


@atomic
def seat(*, actor: Actor, pid: str, name: str, post: str, duty: str, from_on: date, now: datetime) -> SideOfficeMember:  # noqa: PLR0913 -- a place is these facts
    """The person is in the office from that day; it has one head at a time."""
    require(actor, access.KEEP_OFFICES)
    office = SideOffice.everywhere.select_for_update().get(pk=side_office_in(actor.scope, pid).pk)
    if office.to_on is not None:
        raise Refused("side_office_ended")
    if duty == OfficeDuty.HEAD and SideOfficeMember.objects.filter(office=office, duty=duty, to_on=None).exists():
        raise Refused("side_office_has_head")
    made = SideOfficeMember.objects.create(office=office, name=name, post=post, duty=duty, from_on=from_on)
    record(actor, "registers.office_seated", "side_office", [office.pk], now=now, detail={"duty": duty})
    return made


@atomic
def unseat(*, actor: Actor, pid: str, member_id: int, now: datetime) -> None:
    """The person's place ended today; ending again changes nothing."""
    require(actor, access.KEEP_OFFICES)
    row = SideOfficeMember.objects.select_for_update().filter(office=side_office_in(actor.scope, pid), pk=member_id).first()
    if row is None:
        raise NotInScope
    if row.to_on is None:
        row.to_on = max(row.from_on, local_day(now))
        row.save(update_fields=["to_on"])
        record(actor, "registers.office_unseated", "side_office", [row.office_id], now=now)
