"""The panel: drawn by everybody's lot, interests declared, those who have one replaced by the next of the draw; bids excluded."""

from __future__ import annotations

from datetime import datetime

from xingtan.domains.tenders import access
from xingtan.domains.tenders.models import Bid, PanelMember, Tender
from xingtan.domains.tenders.queries.panels import drawable, drawn, panel_of
from xingtan.domains.tenders.rules import refuse_act
from xingtan.domains.tenders.states import PANEL_MOVES, PanelState, TenderState
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .holding import bids_that_stand, held_anywhere, held_tender, move, move_bid, refuse_unless

REASONS = ("not_compliant", "interest", "untrue")


def _seat(tender: Tender, *, missing: int, now: datetime) -> list[PanelMember]:
    """The next of the draw sit on the panel: nobody twice, nobody with an interest that is known."""
    seated = {one.expert_id for one in panel_of(tender)}
    free = [one for one, why in drawable(tender, now=now) if why is None]
    order = [one for one in drawn(tender, free) if one.pk not in seated]
    if len(order) < missing:
        raise Refused("panel_too_few", missing=missing - len(order))
    rows = [
        PanelMember(tender=tender, expert=one, place=len(seated) + number, drawn_at=now) for number, one in enumerate(order[:missing], 1)
    ]
    made = PanelMember.objects.bulk_create(rows)
    source, params = f"panel:{tender.pk}:{len(seated)}", {"title": tender.title}
    tell(
        [one.expert.account_id for one in made], "tender_drawn", source=source, params=params, link=f"/expert/{tender.public_id}/", now=now
    )
    return made


@atomic
def draw_panel(*, actor: Actor, pid: str, now: datetime) -> list[PanelMember]:
    """As many experts as the call names are drawn by the seed, once for a tender; nobody can draw again for a better lot."""
    require(actor, access.KEEP_TENDERS)
    tender = held_tender(actor, pid)
    refuse_unless(tender, TenderState.OPENED)
    if not bids_that_stand(tender):
        raise Refused("tender_without_bids")
    if panel_of(tender):
        raise Refused("panel_is_drawn")
    made = _seat(tender, missing=tender.panel_size, now=now)
    detail = {"seed": tender.seed, "experts": [one.expert_id for one in made]}
    record(actor, "tenders.panel_drawn", "tender", [tender.pk], now=now, detail=detail)
    return made


def own_seat(actor: Actor, tender: Tender) -> PanelMember:
    """The actor's own seat on the panel, locked; `NotInScope` for everybody else."""
    found = PanelMember.objects.select_for_update(of=("self",)).filter(tender=tender, expert__account_id=actor.account_id or 0)
    seat = found.select_related("expert").first()
    if seat is None:
        raise NotInScope
    return seat


@atomic
def declare(*, actor: Actor, pid: str, has_interest: bool, words: str = "", now: datetime) -> PanelMember:
    """The expert has seen who bids and has no interest, or steps back and the next of the draw is asked."""
    require(actor, access.JUDGE)
    tender = held_anywhere(pid)
    refuse_unless(tender, TenderState.OPENED, TenderState.REVIEWING)
    seat = own_seat(actor, tender)
    if has_interest:
        return _recuse(actor, tender, seat, words, now=now)
    _move(seat, "declare")
    seat.declared_at = now
    seat.save(update_fields=["state", "declared_at"])
    record(actor, "tenders.declared", "panel_member", [seat.pk], now=now, detail={"tender": tender.pk})
    return seat


def _move(seat: PanelMember, act: str) -> None:
    if refuse_act(PANEL_MOVES, PanelState(seat.state), act):
        raise Refused("panel_wrong_state")
    seat.state = PANEL_MOVES[PanelState(seat.state)][act].value


def _recuse(actor: Actor, tender: Tender, seat: PanelMember, words: str, *, now: datetime) -> PanelMember:
    if not words.strip():
        raise Refused("tender_needs_reason")
    _move(seat, "recuse")
    seat.words, seat.declared_at = words.strip()[:500], now
    seat.save(update_fields=["state", "words", "declared_at"])
    record(actor, "tenders.recused", "panel_member", [seat.pk], now=now, detail={"tender": tender.pk})
    _seat(tender, missing=1, now=now)
    return seat


@atomic
def replace_member(*, actor: Actor, pid: str, member: str, reason: str, now: datetime) -> PanelMember:
    """The office takes an expert off the panel, for the reason, and the next of the draw is asked; once the review began, only one who is silent."""
    require(actor, access.KEEP_TENDERS)
    tender = held_tender(actor, pid)
    refuse_unless(tender, TenderState.OPENED, TenderState.REVIEWING)
    seat = PanelMember.objects.select_for_update(of=("self",)).filter(tender=tender, public_id=member).select_related("expert").first()
    if seat is None:
        raise NotInScope
    if seat.state != PanelState.DRAWN:
        refuse_unless(tender, TenderState.OPENED)
    return _recuse(actor, tender, seat, reason, now=now)


@atomic
def exclude_bid(*, actor: Actor, pid: str, bid: str, reason_code: str, reason: str, now: datetime) -> Bid:
    """The bid is out, for the reason, which its provider reads; a ranking that was made has to be made again."""
    require(actor, access.KEEP_TENDERS)
    tender = held_tender(actor, pid)
    refuse_unless(tender, TenderState.OPENED, TenderState.REVIEWING, TenderState.DEFENDING, TenderState.RANKED)
    found = next((one for one in bids_that_stand(tender) if one.public_id == bid), None)
    if found is None:
        raise NotInScope
    if reason_code not in REASONS or not reason.strip():
        raise Refused("tender_needs_reason")
    move_bid(found, "exclude", now=now, reason_code=reason_code, reason=reason.strip()[:1000])
    record(actor, "tenders.excluded", "bid", [found.pk], now=now, detail={"tender": tender.pk, "reason": reason_code})
    return found


@atomic
def begin_review(*, actor: Actor, pid: str, now: datetime) -> Tender:
    """The panel reads and judges; every member has declared to have no interest."""
    require(actor, access.KEEP_TENDERS)
    tender = held_tender(actor, pid)
    refuse_unless(tender, TenderState.OPENED)
    states = [one.state for one in panel_of(tender)]
    missing = tender.panel_size - states.count(PanelState.DECLARED.value)
    if missing:
        raise Refused("panel_not_declared", missing=missing)
    if not bids_that_stand(tender):
        raise Refused("tender_without_bids")
    move(tender, "review", now=now)
    record(actor, "tenders.review_begun", "tender", [tender.pk], now=now)
    return tender
