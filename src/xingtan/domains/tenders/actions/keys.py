"""Who holds a tender's keys: appointed by the office, a key of one's own with a passphrase that is shown once, confirmed by typing it."""

from __future__ import annotations

from datetime import datetime

from xingtan.domains.tenders import access
from xingtan.domains.tenders.models import Keyholder, Tender
from xingtan.domains.tenders.queries.holders import candidates
from xingtan.domains.tenders.states import Side, TenderState
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.keys import locks
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .holding import held_tender, refuse_unless


@atomic
def appoint(*, actor: Actor, pid: str, grant_id: int, side: Side, now: datetime) -> Keyholder:
    """The holder of this office or supervision is asked to make a key for that side; nobody is on both."""
    require(actor, access.KEEP_TENDERS)
    tender = held_tender(actor, pid)
    refuse_unless(tender, TenderState.DRAFT)
    grant = next((one for one in candidates(tender, side, now=now) if one.pk == grant_id), None)
    if grant is None:
        raise Refused("key_not_for_this_side")
    if Keyholder.objects.filter(tender=tender, account_id=grant.account_id).exists():
        raise Refused("key_twice")
    made = Keyholder.objects.create(
        tender=tender, account_id=grant.account_id, organisation_id=grant.organisation_id, side=side.value, appointed_at=now
    )
    record(actor, "tenders.key_appointed", "keyholder", [made.pk], now=now, detail={"tender": tender.pk, "side": side.value})
    params = {"title": tender.title}
    tell([grant.account_id], "tender_key_wanted", source=f"key:{made.pk}", params=params, link=f"/bureau/tenders/{pid}/key/", now=now)
    return made


@atomic
def dismiss(*, actor: Actor, pid: str, holder_id: int, now: datetime) -> None:
    """The appointment is gone, as long as the call was not published."""
    require(actor, access.KEEP_TENDERS)
    tender = held_tender(actor, pid)
    refuse_unless(tender, TenderState.DRAFT)
    if not Keyholder.objects.filter(tender=tender, pk=holder_id).delete()[0]:
        raise NotInScope
    record(actor, "tenders.key_dismissed", "keyholder", [holder_id], now=now, detail={"tender": tender.pk})


def name_of(holder: Keyholder, tender: Tender) -> str:
    """What the holder's key is bound to."""
    return f"{tender.public_id}/{holder.account_id}"


def own_holder(actor: Actor, pid: str) -> tuple[Tender, Keyholder]:
    """The tender, locked, and the actor's own key of it; `NotInScope` for everybody else."""
    tender = Tender.everywhere.select_for_update(of=("self",)).filter(public_id=pid).first()
    holder = Keyholder.objects.select_for_update().filter(tender=tender, account_id=actor.account_id or 0).first() if tender else None
    if tender is None or holder is None:
        raise NotInScope
    return tender, holder


@atomic
def make_key(*, actor: Actor, pid: str, now: datetime) -> str:
    """The actor has a fresh key; answers its passphrase, which is kept nowhere. The key counts once the passphrase was typed back."""
    require(actor, access.HOLD_KEY)
    tender, holder = own_holder(actor, pid)
    refuse_unless(tender, TenderState.DRAFT)
    if holder.ready_at is not None:
        raise Refused("key_is_made")
    pair = locks.new_pair(name_of(holder, tender))
    holder.public_key, holder.closed_key = pair.public, pair.closed
    holder.save(update_fields=["public_key", "closed_key"])
    record(actor, "tenders.key_made", "keyholder", [holder.pk], now=now, detail={"tender": tender.pk, "key": pair.public[:16]})
    return pair.passphrase


def private_key(holder: Keyholder, tender: Tender, passphrase: str) -> bytes:
    """The holder's private key; refused for a wrong passphrase."""
    if not holder.closed_key:
        raise Refused("key_not_made")
    try:
        return locks.private_of(holder.closed_key, passphrase, name_of(holder, tender))
    except locks.WrongPassphrase:
        raise Refused("key_wrong_passphrase") from None


@atomic
def confirm_key(*, actor: Actor, pid: str, passphrase: str, now: datetime) -> Keyholder:
    """The passphrase was written down: it opens the key, which is ready; afterwards the same act only tries it out."""
    require(actor, access.HOLD_KEY)
    tender, holder = own_holder(actor, pid)
    private = private_key(holder, tender, passphrase)
    if holder.half:
        locks.unseal_half(private, holder.half, name_of(holder, tender))
    if holder.ready_at is None:
        refuse_unless(tender, TenderState.DRAFT)
        holder.ready_at = now
        holder.save(update_fields=["ready_at"])
        record(actor, "tenders.key_ready", "keyholder", [holder.pk], now=now, detail={"key": holder.public_key[:16]})
    return holder
