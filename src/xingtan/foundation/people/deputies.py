"""Deputies: somebody of the same branch who stands in for an office holder, for a time, without giving roles on."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from xingtan.core.calendar import local_day
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.refusal import NotInScope, Refused

from .codes import void_earlier_code
from .grants import close_grants
from .models import Account, Grant
from .roles import EVERYONE_SIGNED_IN, Actor, Permission, Role, require

NAME_DEPUTY = Permission("people.name_deputy", EVERYONE_SIGNED_IN - {Role.TEACHER}, is_passed_on=False)
LONGEST = timedelta(days=366)


def deputies_of(grant_id: int, day: date) -> QuerySet[Grant]:
    """Who stands in for this grant's holder now or later, the earliest first."""
    named = Grant.objects.filter(deputy_for_id=grant_id, ended_at=None, to_on__gte=day)
    return named.select_related("account").order_by("from_on", "pk")


@atomic
def name_deputy(*, actor: Actor, account: Account | None, from_on: date, to_on: date, now: datetime) -> Grant:
    """The account has the actor's own role from day to day as deputy; refused for somebody outside the branch, alike for nobody."""
    require(actor, NAME_DEPUTY)
    today = local_day(now)
    held = Grant.objects.select_for_update(of=("self",)).filter(pk=actor.grant_id or 0, account_id=actor.account_id or 0).first()
    if held is None or not held.holds_on(today):
        raise NotInScope
    if account is not None and account.pk == actor.account_id:
        raise Refused("deputy_self")
    if account is None or not _works_in(account, actor, today):
        raise Refused("deputy_unknown")
    if not max(from_on, today) <= to_on <= min(today + LONGEST, held.to_on or date.max):
        raise Refused("deputy_days")
    return _named(held, account, from_on=max(from_on, today), to_on=to_on, actor=actor, now=now)


def _works_in(account: Account, actor: Actor, day: date) -> bool:
    inside = Q(organisation__path__gte=actor.scope.first, organisation__path__lt=actor.scope.beyond)
    held = Grant.objects.filter(inside, account=account, account__is_active=True, ended_at=None, from_on__lte=day)
    return held.filter(Q(to_on=None) | Q(to_on__gte=day)).exists()


def _named(held: Grant, account: Account, *, from_on: date, to_on: date, actor: Actor, now: datetime) -> Grant:
    grant, made = Grant.objects.get_or_create(
        account=account,
        role=held.role,
        organisation_id=held.organisation_id,
        from_on=from_on,
        defaults={"to_on": to_on, "granted_by_id": actor.account_id, "deputy_for": held},
    )
    if not made and grant.deputy_for_id is None and grant.ended_at is None:
        return grant  # holds the role in their own right
    if not made:
        grant.deputy_for, grant.to_on, grant.ended_at = held, to_on, None
        grant.save(update_fields=["deputy_for", "to_on", "ended_at"])
    void_earlier_code(account.pk, but_opened_at=now)
    detail = {"role": grant.role, "organisation": grant.organisation_id, "holder": held.pk, "to": to_on.isoformat()}
    record(actor, "people.deputy_named", "grant", [grant.pk], now=now, detail=detail)
    return grant


@atomic
def dismiss_deputy(*, actor: Actor, grant_id: int, now: datetime) -> Grant:
    """The deputy's share in the actor's own role is over from this moment; again changes nothing, another's deputy does not exist."""
    require(actor, NAME_DEPUTY)
    mine = Grant.objects.filter(deputy_for__account_id=actor.account_id or 0, deputy_for_id=actor.grant_id or 0)
    grant = mine.select_for_update(of=("self",)).filter(pk=grant_id).first()
    if grant is None:
        raise NotInScope
    if grant.ended_at is None:
        close_grants(Grant.objects.filter(pk=grant.pk), now=now)
        record(actor, "people.deputy_dismissed", "grant", [grant.pk], now=now, detail={"holder": grant.deputy_for_id})
    return grant
