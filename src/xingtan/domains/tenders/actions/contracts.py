"""Contracts with the chosen: offered by the office, signed or declined by the provider; when all are answered the tender is finished."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Sum

from xingtan.domains.tenders import access
from xingtan.domains.tenders.models import Bid, Contract, Tender
from xingtan.domains.tenders.rules import refuse_act
from xingtan.domains.tenders.states import CONTRACT_MOVES, BidState, ContractState, TenderState
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .holding import held_anywhere, held_tender, move, refuse_unless
from .telling import officers_of, staff_of


class Target(NamedTuple):
    """What is to be reached: in words, at least how much, of what."""

    label: str
    least: int
    unit: str


class Terms(NamedTuple):
    """A contract's price, share of the trainees in per cent, days and targets."""

    price_fen: int
    share_percent: int
    from_on: date
    to_on: date
    targets: Sequence[Target]


def _refuse_terms(tender: Tender, bid: Bid, terms: Terms) -> None:
    if bid.price_fen is not None and terms.price_fen > bid.price_fen:
        raise Refused("contract_above_bid")
    if terms.from_on > terms.to_on:
        raise Refused("contract_days")
    if not terms.targets:
        raise Refused("contract_without_targets")
    others = Contract.everywhere.filter(bid__tender=tender).exclude(state=ContractState.DECLINED.value).exclude(bid=bid)
    taken = others.aggregate(sum=Sum("share_percent"))["sum"] or 0
    if not 1 <= terms.share_percent <= 100 - taken:
        raise Refused("contract_shares", left=100 - taken)


@atomic
def offer_contract(*, actor: Actor, pid: str, bid: str, terms: Terms, now: datetime) -> Contract:
    """The chosen provider may sign these terms: not above its own price, shares of all not above 100 %, with targets."""
    require(actor, access.KEEP_TENDERS)
    tender = held_tender(actor, pid)
    refuse_unless(tender, TenderState.AWARDED)
    found = Bid.everywhere.filter(tender=tender, public_id=bid, state=BidState.CHOSEN.value).first()
    if found is None:
        raise NotInScope
    if Contract.everywhere.filter(bid=found).exclude(state=ContractState.DECLINED.value).exists():
        raise Refused("contract_twice")
    _refuse_terms(tender, found, terms)
    made: Contract = Contract.everywhere.create(
        bid=found,
        provider_id=found.provider_id,
        targets=[one._asdict() for one in terms.targets],
        price_fen=terms.price_fen,
        share_percent=terms.share_percent,
        from_on=terms.from_on,
        to_on=terms.to_on,
        offered_at=now,
        offered_by_id=actor.account_id,
    )
    record(actor, "tenders.contract_offered", "contract", [made.pk], now=now, detail={"tender": tender.pk})
    source, params, link = f"contract:{made.pk}", {"title": tender.title}, f"/provider/tenders/{pid}/"
    tell(staff_of([found.provider_id], now), "tender_contract", source=source, params=params, link=link, now=now)
    return made


def _move(contract: Contract, act: str, *, now: datetime, **more: Any) -> None:  # noqa: ANN401 -- fields of the contract
    if refuse_act(CONTRACT_MOVES, ContractState(contract.state), act):
        raise Refused("contract_wrong_state")
    contract.state = CONTRACT_MOVES[ContractState(contract.state)][act].value
    for field, value in more.items():
        setattr(contract, field, value)
    contract.save(update_fields=["state", *more])


@atomic
def answer_contract(*, actor: Actor, pid: str, is_signed: bool, reason: str = "", now: datetime) -> Contract:
    """The provider has signed the offered terms, or declined them with a reason."""
    require(actor, access.SIGN)
    tender = held_anywhere(pid)
    found = Contract.everywhere.select_for_update(of=("self",)).filter(bid__tender=tender, provider_id=actor.organisation_id or 0)
    contract = found.order_by("-pk").first()
    if contract is None:
        raise NotInScope
    if not is_signed and not reason.strip():
        raise Refused("tender_needs_reason")
    answered = {"answered_at": now, "answered_by_id": actor.account_id, "reason": reason.strip()[:500]}
    _move(contract, "sign" if is_signed else "decline", now=now, **answered)
    record(actor, f"tenders.contract_{contract.state}", "contract", [contract.pk], now=now, detail={"tender": tender.pk})
    source, params, link = f"contract:{contract.pk}:{contract.state}", {"title": tender.title}, f"/bureau/tenders/{pid}/"
    tell(officers_of(tender.organiser_id, now), "tender_contract_answered", source=source, params=params, link=link, now=now)
    return contract


@atomic
def finish(*, actor: Actor, pid: str, now: datetime) -> Tender:
    """The tender is finished: every chosen provider has signed or declined, and one at least has signed."""
    require(actor, access.KEEP_TENDERS)
    tender = held_tender(actor, pid)
    refuse_unless(tender, TenderState.AWARDED)
    chosen = set(Bid.everywhere.filter(tender=tender, state=BidState.CHOSEN.value).values_list("pk", flat=True))
    states = dict(Contract.everywhere.filter(bid__tender=tender).order_by("pk").values_list("bid_id", "state"))
    waiting = [pk for pk in chosen if states.get(pk, ContractState.OFFERED) == ContractState.OFFERED]
    if waiting or ContractState.SIGNED not in states.values():
        raise Refused("contracts_unanswered", count=len(waiting))
    move(tender, "finish", now=now)
    record(actor, "tenders.finished", "tender", [tender.pk], now=now)
    return tender
