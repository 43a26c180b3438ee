"""Who may be drawn: people of an office's trainer pool who get an account and the role."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from xingtan.core.calendar import local_day
from xingtan.domains.registers import api as registers
from xingtan.domains.tenders import access
from xingtan.domains.tenders.models import Expert
from xingtan.domains.tenders.queries.panels import draws_ahead
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.accounts import open_office_account
from xingtan.foundation.people.grants import end_role, give_role
from xingtan.foundation.people.models import Account, Grant
from xingtan.foundation.people.roles import Actor, Role, require
from xingtan.foundation.refusal import NotInScope, Refused


@atomic
def name_expert(*, actor: Actor, pool: str, login: str, now: datetime) -> Expert:
    """The approved pool member may be drawn: with the account of this sign-in name, or a new one that waits to be activated."""
    require(actor, access.NAME_EXPERTS)
    found = registers.pool_in(actor.scope).filter(public_id=pool).first()
    if found is None or not actor.scope.holds(found.office.path):
        raise NotInScope
    if found.state != registers.PoolState.APPROVED:
        raise Refused("expert_not_in_pool")
    account = Account.objects.filter(login=login.strip(), name=found.name).first()
    if account is None:
        account = open_office_account(actor=actor, login=login.strip(), name=found.name, now=now)
    if Expert.everywhere.filter(Q(pool=found) | Q(account=account), to_on=None).exists():
        raise Refused("expert_twice")
    today = local_day(now)
    held = Grant.objects.filter(account=account, role=Role.EXPERT.value, organisation_id=found.office_id)
    if not any(one.holds_on(today) for one in held):
        give_role(actor=actor, account_id=account.pk, role=Role.EXPERT, organisation_id=found.office_id, from_on=today, now=now)
    facts = {"name": found.name, "workplace": found.workplace, "subject": found.subject, "from_on": today}
    made: Expert = Expert.everywhere.create(office_id=found.office_id, account=account, pool=found, **facts)
    record(actor, "tenders.expert_named", "expert", [made.pk], now=now)
    return made


@atomic
def end_expert(*, actor: Actor, pid: str, now: datetime) -> Expert:
    """The expert is drawn no more and the role is over; panels that are at work keep their member until the office replaces it.

    Refused between an opening and its draw: the seed is known by then, and leaving somebody out would choose who sits.
    """
    require(actor, access.NAME_EXPERTS)
    found: Expert | None = Expert.objects.within(actor.scope).select_for_update(of=("self",)).filter(public_id=pid, to_on=None).first()
    if found is None:
        raise NotInScope
    if ahead := draws_ahead(found):
        raise Refused("expert_draw_ahead", title=ahead.title)
    today = local_day(now)
    for grant in Grant.objects.filter(account_id=found.account_id, role=Role.EXPERT.value, organisation_id=found.office_id):
        if grant.holds_on(today):
            end_role(actor=actor, grant_id=grant.pk, now=now)
    found.to_on = today
    found.save(update_fields=["to_on"])
    record(actor, "tenders.expert_ended", "expert", [found.pk], now=now)
    return found
