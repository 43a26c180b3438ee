"""The yearly look at who holds which role: an office says that they are still right."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from xingtan.core.calendar import local_day
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic

from .access import CONFIRM_ROLES
from .grants import office_holders
from .roles import Actor, require


@atomic
def confirm_roles(*, actor: Actor, grant_ids: Collection[int], now: datetime) -> int:
    """These roles of the branch are confirmed as still right today, not the own; others are left alone. Returns how many."""
    require(actor, CONFIRM_ROLES)
    today = local_day(now)
    held = office_holders(actor.scope, today).filter(pk__in=list(grant_ids)).exclude(account_id=actor.account_id or 0)
    ids = list(held.values_list("pk", flat=True))
    if ids:
        held.model.objects.filter(pk__in=ids).update(confirmed_on=today)
        record(actor, "people.roles_confirmed", "grant", ids, now=now)
    return len(ids)
