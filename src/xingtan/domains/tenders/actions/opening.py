"""The opening: after the window one of each side turns the key within half an hour, and every bid opens at once, or none."""

from __future__ import annotations

import hashlib
from datetime import datetime

from cryptography.exceptions import InvalidTag

from xingtan.core.tendering import Offered, draw_order, seed_of, unpacked
from xingtan.domains.tenders import access
from xingtan.domains.tenders.models import Bid, BidSeal, Keyholder, Tender
from xingtan.domains.tenders.rules import is_together, refuse_turn
from xingtan.domains.tenders.states import BidState, Side, TenderState
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.files.store import path_of_content
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.keys import locks, open_box
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import Refused

from .bidding import name_of
from .blinding import keep_copies
from .holding import held_anywhere, move, move_bid, said
from .keys import name_of as holder_name
from .keys import own_holder, private_key
from .telling import staff_of

HALF_BOX = open_box("tenders.half")
CODES = "ABCDEFGHJKLMNPQRSTUVWXYZ"


@atomic
def turn_key(*, actor: Actor, pid: str, passphrase: str, now: datetime) -> Tender:
    """The actor's key is turned. When one of the other side was turned within half an hour, the bids are open; else it waits for it."""
    require(actor, access.HOLD_KEY)
    _tender, holder = own_holder(actor, pid)
    tender = held_anywhere(pid)
    if why := refuse_turn(TenderState(tender.state), tender.closes_at, now=now):
        raise Refused(why, at=said(tender.closes_at))
    private = private_key(holder, tender, passphrase)
    if not holder.half:
        raise Refused("key_without_half")
    half = locks.unseal_half(private, holder.half, holder_name(holder, tender))
    holder.turned, holder.turned_at = HALF_BOX.close(half.hex()), now
    holder.save(update_fields=["turned", "turned_at"])
    record(actor, "tenders.key_turned", "keyholder", [holder.pk], now=now, detail={"tender": tender.pk, "side": holder.side})
    other = _other(tender, holder, now)
    if other is not None:
        _open(actor, tender, {Side(holder.side): half, Side(other.side): bytes.fromhex(HALF_BOX.open(other.turned))}, now=now)
        record(actor, "tenders.opened", "tender", [tender.pk], now=now, detail={"with": other.account_id, "seed": tender.seed})
    return tender


def _other(tender: Tender, holder: Keyholder, now: datetime) -> Keyholder | None:
    """Who of the other side turned the key a moment ago; never the same person."""
    turned = (
        Keyholder.objects.filter(tender=tender, turned_at__isnull=False).exclude(side=holder.side).exclude(account_id=holder.account_id)
    )
    return next((one for one in turned.order_by("-turned_at") if one.turned and one.turned_at and is_together(one.turned_at, now)), None)


def _open(actor: Actor, tender: Tender, halves: dict[Side, bytes], *, now: datetime) -> None:
    private = locks.joined(tender.public_id, tender.key_version, halves[Side.OFFICE], halves[Side.WITNESS], tender.public_key)
    if private is None:
        raise Refused("key_halves_do_not_fit")
    bids = list(
        Bid.everywhere.select_for_update(of=("self",)).filter(tender=tender, state=BidState.SEALED.value).select_related("provider")
    )
    seals = {one.bid_id: one for one in BidSeal.objects.filter(bid__in=bids).select_related("sealed").order_by("version")}
    seed = seed_of(tender.public_id, [one.sha256 for one in seals.values()])
    order = draw_order(seed, [one.public_id for one in bids])
    for bid in bids:
        _open_bid(actor, bid, seals[bid.pk], private, code=CODES[order.index(bid.public_id)], now=now)
    Keyholder.objects.filter(tender=tender).update(half="", turned="")
    move(tender, "open", now=now, opened_at=now, seed=seed)
    source, params = f"tender_opened:{tender.pk}", {"title": tender.title}
    tell(staff_of([one.provider_id for one in bids], now), "tender_opened", source=source, params=params, link=_link(tender), now=now)


def _link(tender: Tender) -> str:
    return f"/provider/tenders/{tender.public_id}/"


def _open_bid(actor: Actor, bid: Bid, seal: BidSeal, private: bytes, *, code: str, now: datetime) -> None:
    """What was sealed is readable, or the bid is excluded because it was altered since its receipt."""
    offered = _content(bid, seal, private)
    if offered is None:
        move_bid(bid, "exclude", now=now, reason_code="unreadable")
        return
    content = {"texts": dict(offered.texts), "people": list(offered.people)}
    move_bid(bid, "open", now=now, code=code, content=content, price_fen=offered.price_fen)
    keep_copies(actor, bid, offered, now=now)


def _content(bid: Bid, seal: BidSeal, private: bytes) -> Offered | None:
    try:
        sealed = path_of_content(seal.sealed.sha256).read_bytes()
        raw = locks.unseal(private, sealed, name_of(bid.tender, bid, seal.version))
    except (OSError, InvalidTag, ValueError):
        return None
    is_same = hashlib.sha256(sealed).hexdigest() == seal.sha256 and locks.commitment(raw[:32], raw[32:]) == seal.commitment
    return unpacked(raw[32:]) if is_same else None
