"""Bids: sealed the moment they arrive, replaced and withdrawn until the window closes."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime

from xingtan.core.tendering import Offered, packed, refuse_offered
from xingtan.core.tendering.envelopes import MOST_BYTES, MOST_FILES
from xingtan.domains.tenders import access
from xingtan.domains.tenders.models import Bid, BidSeal, Tender
from xingtan.domains.tenders.queries.standings import is_out_for
from xingtan.domains.tenders.rules import refuse_submission
from xingtan.domains.tenders.states import TenderState
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.files.blind import CannotBlind, blinded
from xingtan.foundation.files.store import keep_file
from xingtan.foundation.keys import locks
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .holding import held_anywhere, move_bid, said

SEALED = "tenders.sealed"


def name_of(tender: Tender, bid: Bid, version: int) -> str:
    """What a sealed envelope is bound to: no other bid, version or tender takes it."""
    return f"{tender.public_id}/{bid.public_id}/{version}"


def _refuse_closed(tender: Tender, now: datetime) -> None:
    why = refuse_submission(TenderState(tender.state), tender.opens_at, tender.closes_at, now=now)
    if why:
        raise Refused(why, at=said(tender.opens_at if why == "tender_not_open_yet" else tender.closes_at))


def _refuse_files(offered: Offered, names: Collection[str]) -> None:
    """Every document can be anonymised; found out now, while the bidder can still mend it."""
    for one in offered.files:
        try:
            blinded(one.content, names)
        except CannotBlind as cannot:
            raise Refused(cannot.code, name=one.name) from None


@atomic
def submit(*, actor: Actor, pid: str, offered: Offered, now: datetime) -> BidSeal:
    """The provider's bid is sealed and this is its receipt; an earlier one is replaced. Nothing of it can be read until the opening."""
    require(actor, access.BID)
    tender = held_anywhere(pid)
    _refuse_closed(tender, now)
    if is_out_for(actor.organisation_id or 0, tender):
        raise Refused("provider_is_out")
    if why := refuse_offered(offered, tender.ceiling_fen):
        raise Refused(why, files=MOST_FILES, mib=MOST_BYTES >> 20)
    _refuse_files(offered, ())
    bid, is_new = Bid.everywhere.get_or_create(tender=tender, provider_id=actor.organisation_id, defaults={"changed_at": now})
    bid = Bid.everywhere.select_for_update().get(pk=bid.pk)
    if not is_new:
        move_bid(bid, "replace", now=now, version=bid.version + 1)
    seal = _seal(actor, tender, bid, offered, now=now)
    detail = {"tender": tender.pk, "version": bid.version, "sha256": seal.sha256, "commitment": seal.commitment}
    record(actor, "tenders.sealed", "bid", [bid.pk], now=now, detail=detail)
    return seal


def _seal(actor: Actor, tender: Tender, bid: Bid, offered: Offered, *, now: datetime) -> BidSeal:
    secret, content = secrets.token_bytes(32), packed(offered)
    sealed = locks.seal(tender.public_key, secret + content, name_of(tender, bid, bid.version), is_rounded=True)
    file = keep_file([sealed], kind=SEALED, name="bid.sealed", media_type="application/octet-stream", actor=actor, now=now)
    return BidSeal.objects.create(
        bid=bid,
        version=bid.version,
        sealed=file,
        sha256=hashlib.sha256(sealed).hexdigest(),
        commitment=locks.commitment(secret, content),
        sealed_at=now,
        account_id=actor.account_id or 0,
    )


@atomic
def withdraw_bid(*, actor: Actor, pid: str, now: datetime) -> Bid:
    """The bid counts no more and will never be opened; until the window closes another may be handed in."""
    require(actor, access.BID)
    tender = held_anywhere(pid)
    _refuse_closed(tender, now)
    bid = Bid.everywhere.select_for_update().filter(tender=tender, provider_id=actor.organisation_id or 0).first()
    if bid is None:
        raise NotInScope
    move_bid(bid, "withdraw", now=now)
    record(actor, "tenders.withdrawn", "bid", [bid.pk], now=now, detail={"tender": tender.pk})
    return bid
