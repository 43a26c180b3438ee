"""Who may act where: giving and ending roles, and the actor behind a request."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from xingtan.core.calendar import local_day
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.models import Kind, Organisation

from .codes import void_earlier_code
from .models import Account, Grant
from .reach import refuse_stranger
from .roles import BUREAU, Actor, Permission, Role, require

GIVE_ROLES = Permission("people.give_roles", BUREAU, is_passed_on=False)
LEARNING = frozenset({Role.TUTOR, Role.WORKSHOP_LEAD})
EXPERTS = frozenset({Role.EXPERT})
OFFICES = frozenset({Kind.COUNTY, Kind.ZONE, Kind.CITY, Kind.PROVINCE})
# Which roles an organisation of each kind has; a teacher's role comes with the roster and is not given here.
ROLES_AT: Mapping[str, frozenset[Role]] = {
    Kind.SCHOOL: frozenset({Role.SCHOOL_CLERK, Role.SCHOOL_REVIEWER}) | LEARNING,
    Kind.TEACHING_POINT: frozenset({Role.SCHOOL_CLERK, Role.SCHOOL_REVIEWER}),
    Kind.COUNTY: frozenset({Role.COUNTY_OFFICER, Role.SUPERVISOR}) | LEARNING | EXPERTS,
    Kind.ZONE: frozenset({Role.COUNTY_OFFICER, Role.SUPERVISOR}) | LEARNING | EXPERTS,
    Kind.CITY: frozenset({Role.CITY_OFFICER, Role.SUPERVISOR}) | LEARNING | EXPERTS,
    Kind.PROVINCE: frozenset({Role.PROVINCE_OFFICER, Role.SUPERVISOR}) | LEARNING | EXPERTS,
    Kind.PROVIDER: frozenset({Role.PROVIDER_STAFF}) | LEARNING,
}


def grants_of(account: Account, day: date) -> list[Grant]:
    """The roles that the account may use on this day, in a steady order."""
    found = Grant.objects.filter(account=account, from_on__lte=day).select_related("organisation").order_by("pk")
    return [grant for grant in found if grant.holds_on(day)]


def actor_of(grant: Grant, *, name: str, teacher_id: int | None = None) -> Actor:
    """The actor who uses this grant."""
    return Actor(
        account_id=grant.account_id,
        role=Role(grant.role),
        organisation_id=grant.organisation_id,
        scope=grant.organisation.scope,
        name=name,
        teacher_id=teacher_id,
        grant_id=grant.pk,
        deputy_for_id=grant.deputy_for_id,
    )


@atomic
def give_role(  # noqa: PLR0913 -- a grant is these facts
    *, actor: Actor, account_id: int, role: Role, organisation_id: int, from_on: date, to_on: date | None = None, now: datetime
) -> Grant:
    """The account holds the role in that branch from day to day; an office gives it within the own branch, to people of the own branch."""
    require(actor, GIVE_ROLES)
    organisation = Organisation.objects.within(actor.scope).filter(pk=organisation_id).first()
    if organisation is None:
        raise NotInScope
    refuse_stranger(actor, account_id, now=now)
    if role not in ROLES_AT[organisation.kind]:
        raise Refused("role_not_here")
    if to_on is not None and to_on < max(from_on, local_day(now)):
        raise Refused("role_days")
    grant, made = Grant.objects.get_or_create(
        account_id=account_id,
        role=role.value,
        organisation=organisation,
        from_on=from_on,
        defaults={"to_on": to_on, "granted_by_id": actor.account_id},
    )
    if not made and (grant.ended_at is None or grant.deputy_for_id is not None):
        return grant
    if not made:  # taken back on the day it began, and given again
        grant.ended_at, grant.to_on, grant.granted_by_id = None, to_on, actor.account_id
        grant.save(update_fields=["ended_at", "to_on", "granted_by"])
    void_earlier_code(account_id, but_opened_at=now)
    record(actor, "people.role_given", "grant", [grant.pk], now=now, detail={"role": role.value, "organisation": organisation.pk})
    return grant


def offices_of(scope: Scope) -> QuerySet[Grant]:
    """Every role but a teacher's that was ever held in the branch, by organisation, with its holder and whom a deputy stands in for."""
    held = Grant.objects.filter(organisation__path__gte=scope.first, organisation__path__lt=scope.beyond).exclude(role=Role.TEACHER.value)
    return held.select_related("account", "organisation", "deputy_for__account").order_by("organisation__path", "role", "pk")


def office_holders(scope: Scope, day: date, *, with_later: bool = False) -> QuerySet[Grant]:
    """Every role but a teacher's that is held on this day in the branch, and those that begin later when asked."""
    held = offices_of(scope).filter(Q(to_on=None) | Q(to_on__gte=day), ended_at=None)
    return held if with_later else held.filter(from_on__lte=day)


@atomic
def end_role(*, actor: Actor, grant_id: int, now: datetime) -> Grant:
    """The role is over from this moment, and its deputies' share with it; an ended one is not there, the own is refused."""
    require(actor, GIVE_ROLES)
    held = office_holders(actor.scope, local_day(now), with_later=True)
    grant = held.select_for_update(of=("self",)).filter(pk=grant_id).first()
    if grant is None:
        raise NotInScope
    if grant.account_id == actor.account_id:
        raise Refused("role_own")
    close_grants(Grant.objects.filter(Q(pk=grant.pk) | Q(deputy_for=grant.pk)), now=now)
    record(actor, "people.role_ended", "grant", [grant.pk], now=now, detail={"role": grant.role, "organisation": grant.organisation_id})
    return grant


def close_grants(grants: QuerySet[Grant], *, now: datetime) -> None:
    """These grants open nothing from now on; yesterday was their last day, or the day they began."""
    today = local_day(now)
    for grant in grants.filter(Q(to_on=None) | Q(to_on__gte=today), ended_at=None):
        grant.ended_at, grant.to_on = now, max(grant.from_on, today - timedelta(days=1))
        grant.save(update_fields=["ended_at", "to_on"])
