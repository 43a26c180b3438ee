"""The trainer pool: nominated by one person, approved or refused by another, ended with a reason."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from xingtan.core.calendar import local_day
from xingtan.domains.registers import access
from xingtan.domains.registers.models import PoolMember
from xingtan.domains.registers.queries.places import pools_for
from xingtan.domains.registers.rules import refuse_pool_decision, refuse_term
from xingtan.domains.registers.states import PoolState
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused


class Nomination(NamedTuple):
    """Whom, for which team, why, for how long."""

    name: str
    workplace: str
    team: str
    duties: str
    competence: str
    from_on: date
    to_on: date | None
    subject: str = ""
    stage: str = ""


@atomic
def nominate(*, actor: Actor, office_id: int, wanted: Nomination, now: datetime) -> PoolMember:
    """The nomination waits for the office whose pool it is."""
    require(actor, access.NOMINATE)
    if not pools_for(actor).filter(pk=office_id).exists():
        raise Refused("pool_office_unknown")
    if why := refuse_term(wanted.from_on, wanted.to_on):
        raise Refused(why)
    standing = [PoolState.NOMINATED.value, PoolState.APPROVED.value]
    same = PoolMember.everywhere.filter(office_id=office_id, team=wanted.team, name=wanted.name, workplace=wanted.workplace)
    if same.filter(state__in=standing).exists():
        raise Refused("pool_twice", name=wanted.name, workplace=wanted.workplace)
    made = PoolMember.everywhere.create(
        **wanted._asdict(),
        office_id=office_id,
        nominator_id=actor.organisation_id or office_id,
        state=PoolState.NOMINATED.value,
        nominated_at=now,
        nominated_by_id=actor.account_id,
    )
    record(actor, "registers.nominated", "pool_member", [made.pk], now=now, detail={"team": made.team, "office": office_id})
    return made


@atomic
def decide_nominations(*, actor: Actor, ids: Collection[int], is_approved: bool, reason: str, now: datetime) -> int:
    """Every nomination is in the pool, or refused with the reason; all of them or none. Only offices of their own pools decide."""
    require(actor, access.DECIDE_POOL)
    rows = list(PoolMember.objects.within(actor.scope).select_for_update(of=("self",)).filter(pk__in=list(ids)).order_by("pk"))
    if len(rows) != len(set(ids)):
        raise NotInScope
    for row in rows:
        is_own = row.nominated_by_id is not None and row.nominated_by_id == actor.account_id
        if why := refuse_pool_decision(PoolState(row.state), is_own=is_own, is_approved=is_approved, reason=reason):
            raise Refused(why)
        row.state = (PoolState.APPROVED if is_approved else PoolState.REFUSED).value
        row.reason, row.decided_at, row.decided_by_id = reason.strip()[:200], now, actor.account_id
    PoolMember.everywhere.bulk_update(rows, ["state", "reason", "decided_at", "decided_by_id"])
    act = "registers.pool_approved" if is_approved else "registers.pool_refused"
    record(actor, act, "pool_member", [row.pk for row in rows], now=now)
    return len(rows)


@atomic
def end_in_pool(*, actor: Actor, member_id: int, reason: str, now: datetime) -> PoolMember:
    """The person left the pool today, for the reason; ending again changes nothing."""
    require(actor, access.DECIDE_POOL)
    row: PoolMember | None = PoolMember.objects.within(actor.scope).select_for_update(of=("self",)).filter(pk=member_id).first()
    if row is None:
        raise NotInScope
    if row.state == PoolState.ENDED:
        return row
    if row.state != PoolState.APPROVED:
        raise Refused("pool_wrong_state")
    if not reason.strip():
        raise Refused("register_needs_reason")
    row.state, row.reason, row.to_on = PoolState.ENDED.value, reason.strip()[:200], max(row.from_on, local_day(now))
    row.save(update_fields=["state", "reason", "to_on"])
    record(actor, "registers.pool_ended", "pool_member", [row.pk], now=now)
    return row
