"""The lost code of an office's account that was never activated: renewed by whoever gave its roles, or by an office above all of them."""

from __future__ import annotations

from datetime import date, datetime

from xingtan.core.calendar import local_day
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.codes import fresh_code
from xingtan.foundation.people.grants import GIVE_ROLES, office_holders
from xingtan.foundation.people.models import Account, Grant
from xingtan.foundation.people.reach import standing
from xingtan.foundation.people.roles import Actor, Role, require
from xingtan.foundation.refusal import NotInScope, Refused

from .ranks import RANKS, rank_of


@atomic
def renew_code(*, actor: Actor, grant_id: int, now: datetime) -> tuple[Account, str]:
    """The holder's account has a new code, told this once and on record; earlier ones open nothing. `NotInScope` outside the branch."""
    require(actor, GIVE_ROLES)
    grant = office_holders(actor.scope, local_day(now), with_later=True).filter(pk=grant_id).first()
    if grant is None:
        raise NotInScope
    if not may_renew(actor, list(standing(grant.account_id, local_day(now)))):
        raise Refused("code_not_yours")
    code = fresh_code(grant.account_id)
    if not code:
        raise Refused("code_not_needed")
    record(actor, "entrance.code_renewed", "account", [grant.account_id], now=now)
    return grant.account, code


def holds_office(account_id: int, day: date) -> bool:
    """True for an account that has a role, now or later, besides that of a teacher."""
    return standing(account_id, day).exclude(role=Role.TEACHER.value).exists()


def may_renew(actor: Actor, held: list[Grant]) -> bool:
    """True when every office of the account is of the actor's branch, and was given by the actor or stands below."""
    offices = [grant for grant in held if grant.role != Role.TEACHER]
    own = RANKS.get(actor.role, 0)
    return all(
        actor.scope.holds(grant.organisation.path) and (grant.granted_by_id == actor.account_id or rank_of(grant) < own)
        for grant in offices
    )
