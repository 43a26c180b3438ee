"""Rows held until the transaction ends, and the one way in which a tender or a bid goes from state to state."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from xingtan.domains.tenders.models import Bid, Tender
from xingtan.domains.tenders.rules import refuse_act
from xingtan.domains.tenders.states import BID_MOVES, STANDING_BIDS, TENDER_MOVES, BidState, TenderState
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import NotInScope, Refused


def said(at: datetime) -> str:
    """A moment as people read it: the local day and time."""
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")


def _one(found: QuerySet[Tender], pid: str) -> Tender:
    tender = found.select_for_update(of=("self",)).filter(public_id=pid).select_related("project__training_year", "organiser").first()
    if tender is None:
        raise NotInScope
    return tender


def held_tender(actor: Actor, pid: str) -> Tender:
    """The tender of the actor's branch, locked."""
    return _one(Tender.objects.within(actor.scope), pid)


def held_anywhere(pid: str) -> Tender:
    """The tender, locked, for those whose right does not come from the branch: bidders, key holders, experts; a draft is not there."""
    return _one(Tender.everywhere.exclude(state=TenderState.DRAFT.value), pid)


def move(tender: Tender, act: str, *, now: datetime, **more: Any) -> None:  # noqa: ANN401 -- fields of the tender
    """The tender has done the act; refused where its state has no such one."""
    if why := refuse_act(TENDER_MOVES, TenderState(tender.state), act):
        raise Refused(why)
    tender.state, tender.changed_at = TENDER_MOVES[TenderState(tender.state)][act].value, now
    for field, value in more.items():
        setattr(tender, field, value)
    tender.save(update_fields=["state", "changed_at", *more])


def refuse_unless(tender: Tender, *states: TenderState) -> None:
    """Nothing changed; refused in every other state."""
    if tender.state not in states:
        raise Refused("tender_wrong_state")


def move_bid(bid: Bid, act: str, *, now: datetime, **more: Any) -> None:  # noqa: ANN401 -- fields of the bid
    """The bid has done the act; refused where its state has no such one."""
    if why := refuse_act(BID_MOVES, BidState(bid.state), act):
        raise Refused(why)
    bid.state, bid.changed_at = BID_MOVES[BidState(bid.state)][act].value, now
    for field, value in more.items():
        setattr(bid, field, value)
    bid.save(update_fields=["state", "changed_at", *more])


def bids_that_stand(tender: Tender) -> list[Bid]:
    """Opened bids that were not excluded, locked, by code."""
    states = [state.value for state in STANDING_BIDS]
    found = Bid.everywhere.select_for_update(of=("self",)).filter(tender=tender, state__in=states)
    return list(found.select_related("provider").order_by("code"))
