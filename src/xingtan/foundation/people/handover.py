"""Handing over: an office holder's roles pass to a successor in one act, and the holder's end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Q, QuerySet

from xingtan.core.calendar import local_day
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.branch import Scope

from .codes import void_earlier_code
from .grants import GIVE_ROLES, close_grants, office_holders
from .models import Account, ApiToken, Grant, Handover
from .reach import holds_elsewhere, is_within, refuse_stranger
from .roles import Actor, require
from .sign_in import activation_code


def passing_roles(scope: Scope, holder_id: int, day: date) -> QuerySet[Grant]:
    """The roles of this person in the branch, today's and later ones, that a successor would take; a deputy's share is none."""
    return office_holders(scope, day, with_later=True).filter(account_id=holder_id)


def ending_with(grants: QuerySet[Grant]) -> tuple[int, int]:
    """How many deputies and how many API keys end with these roles."""
    deputies = Grant.objects.filter(deputy_for__in=grants, ended_at=None).count()
    return deputies, ApiToken.objects.filter(grant__in=grants, revoked_at=None).count()


def holder_in(scope: Scope, public_id: str, day: date) -> Account:
    """The account with this public id that holds a role in the branch; `NotInScope` for any other."""
    held = office_holders(scope, day, with_later=True).filter(account__public_id=public_id).first()
    if held is None:
        raise NotInScope
    return held.account


@atomic
def hand_over(*, actor: Actor, holder_id: int, successor_id: int, items: Mapping[str, int], now: datetime) -> Handover:
    """The successor holds every role that the holder had in the actor's branch, and the holder, with deputies and keys, none of them any more."""
    require(actor, GIVE_ROLES)
    if holder_id == actor.account_id:
        raise Refused("handover_own")
    if holder_id == successor_id:
        raise Refused("handover_self")
    refuse_stranger(actor, successor_id, now=now)
    today = local_day(now)
    held = list(passing_roles(actor.scope, holder_id, today).select_for_update(of=("self",)))
    if not [grant for grant in held if grant.deputy_for_id is None]:
        raise Refused("handover_nothing")
    roles = [_pass(grant, successor_id, actor, today) for grant in held if grant.deputy_for_id is None]
    void_earlier_code(successor_id, but_opened_at=now)
    ids = [grant.pk for grant in held]
    close_grants(Grant.objects.filter(Q(pk__in=ids) | Q(deputy_for__in=ids)), now=now)
    kept = Handover.objects.create(
        organisation_id=held[0].organisation_id,
        holder_id=holder_id,
        successor_id=successor_id,
        roles=roles,
        items=dict(items),
        handed_at=now,
        handed_by_id=actor.account_id,
    )
    detail = {"from": holder_id, "to": successor_id, "roles": len(roles), **items}
    record(actor, "people.handed_over", "grant", ids, now=now, detail=detail)
    return kept


def _pass(grant: Grant, successor_id: int, actor: Actor, today: date) -> dict[str, object]:
    """The successor holds this role from today, or from its later first day, to its last."""
    first = max(grant.from_on, today)
    given, made = Grant.objects.get_or_create(
        account_id=successor_id,
        role=grant.role,
        organisation_id=grant.organisation_id,
        from_on=first,
        defaults={"to_on": grant.to_on, "granted_by_id": actor.account_id},
    )
    if not made:
        given.deputy_for, given.ended_at, given.to_on = None, None, grant.to_on
        given.save(update_fields=["deputy_for", "ended_at", "to_on"])
    return {"role": grant.role, "organisation": grant.organisation_id, "before": grant.pk, "after": given.pk}


def successor_code(kept: Handover, actor: Actor, day: date) -> str:
    """The code of the account that this act opened, for whoever did the act, until it is activated or holds an office elsewhere; else ""."""
    is_own = kept.handed_by_id == actor.account_id and kept.successor.created_at == kept.handed_at
    return activation_code(kept.successor) if is_own and not holds_elsewhere(actor.scope, kept.successor_id, day) else ""


def handovers_in(scope: Scope) -> QuerySet[Handover]:
    """Every handover in the branch, the latest first."""
    inside = Handover.objects.filter(is_within(scope))
    return inside.select_related("organisation", "holder", "successor").order_by("-pk")
