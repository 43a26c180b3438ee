"""Calls for providers, the own bid's receipts, results and standings. Bids themselves are handed in on the page, where they are sealed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus

from django.db.models import QuerySet
from ninja import Query, Router, Schema

from xingtan.core.tendering import CriterionKind
from xingtan.domains.tenders import api as tenders
from xingtan.foundation.people.roles import EVERYONE_SIGNED_IN, Permission
from xingtan.foundation.refusal import NotInScope

from .http import Request
from .operations import reads, writes
from .paging import Page, Paging, page_of
from .shapes import In, OrganisationOut, organisation

router = Router(tags=["tenders"])
calls = Router(tags=["tenders"])
evaluations = Router(tags=["tenders"])
SEE_CALLS = Permission("tenders.see_calls", EVERYONE_SIGNED_IN)


class CriterionOut(Schema):
    """What bids are judged by, in whole per cent."""

    kind: CriterionKind
    title: str
    weight: int


class RankOut(Schema):
    """A bid's place; totals in thousandths of 100."""

    rank: int
    provider: OrganisationOut
    mean: int
    lowest: int
    highest: int
    is_chosen: bool
    why: str


class TenderRow(Schema):
    """A call in a list."""

    id: str
    title: str
    project: str
    organiser: OrganisationOut
    state: tenders.TenderState
    opens_at: datetime
    closes_at: datetime


class TenderOut(TenderRow):
    """A call with its criteria; the ranking once it is posted."""

    content: str
    requirements: str
    places: int
    ceiling_fen: int | None
    criteria: list[CriterionOut]
    ranking: list[RankOut]


class BidOut(Schema):
    """The own bid as far as anybody knows it: its state and receipts."""

    state: tenders.BidState
    version: int
    receipts: list[str]


class QuestionIn(In):
    """A question on a call."""

    text: str


class EvaluationOut(Schema):
    """A provider's standing of a year; total in thousandths of 100."""

    year: int
    office: OrganisationOut
    provider: OrganisationOut
    total: int
    rank: int
    is_out: bool
    share_percent: int


def _rows(found: Sequence[tenders.Tender]) -> list[TenderRow]:
    return [TenderRow.model_validate(_facts(one)) for one in found]


def _facts(one: tenders.Tender) -> dict[str, object]:
    return {
        "id": one.public_id,
        "title": one.title,
        "project": one.project.public_id,
        "organiser": organisation(one.organiser),
        "state": tenders.TenderState(one.state),
        "opens_at": one.opens_at,
        "closes_at": one.closes_at,
    }


def _out(one: tenders.Tender, *, is_public: bool) -> TenderOut:
    names = ("content", "requirements", "places", "ceiling_fen")
    criteria = [CriterionOut(kind=CriterionKind(row.kind), title=row.title, weight=row.weight) for row in tenders.criteria_of(one)]
    ranking = [
        RankOut(
            rank=row.rank, provider=organisation(row.bid.provider), mean=row.mean, lowest=row.lowest, highest=row.highest,
            is_chosen=row.is_chosen, why=row.why,
        )
        for row in tenders.ranking_of(one, is_public=is_public)
    ]  # fmt: skip
    told = _facts(one) | {name: getattr(one, name) for name in names}
    return TenderOut.model_validate(told | {"criteria": criteria, "ranking": ranking})


@reads(router, "", "tenders_list", Page[TenderRow], permission=tenders.SEE_TENDERS)
def list_tenders(request: Request, paging: Query[Paging]) -> Page[TenderRow]:
    """The branch's tenders in every state."""
    found: QuerySet[tenders.Tender] = tenders.tenders_in(request.actor.scope)
    return page_of(found, paging, _rows)


@reads(router, "/{tender}", "tenders_get", TenderOut, permission=tenders.SEE_TENDERS)
def get_tender(request: Request, tender: str) -> TenderOut:
    """One tender of the branch."""
    return _out(tenders.tender_in(request.actor.scope, tender), is_public=False)


@reads(calls, "", "calls_list", Page[TenderRow], permission=SEE_CALLS)
def list_calls(request: Request, paging: Query[Paging]) -> Page[TenderRow]:
    """Every call that was published."""
    return page_of(tenders.public_tenders(), paging, _rows)


@reads(calls, "/{tender}", "calls_get", TenderOut, permission=SEE_CALLS)
def get_call(request: Request, tender: str) -> TenderOut:
    """One published call."""
    return _out(tenders.public_tender(tender), is_public=True)


@reads(calls, "/{tender}/bid", "calls_bid", BidOut, permission=tenders.BID)
def own_bid(request: Request, tender: str) -> BidOut:
    """The own provider's bid and its receipts."""
    found = tenders.own_bid(request.actor, tenders.public_tender(tender))
    if found is None:
        raise NotInScope
    told = found.state if found.tender.state in ("announced", "awarded", "finished") or found.state == "withdrawn" else "sealed"
    receipts = [one.receipt for one in tenders.seals_of(found)]
    return BidOut(state=tenders.BidState(told), version=found.version, receipts=receipts)


@writes(calls, "/{tender}/questions", "calls_ask", TenderOut, permission=tenders.BID, status=HTTPStatus.CREATED)
def ask(request: Request, tender: str, body: QuestionIn) -> TenderOut:
    """Ask about a call."""
    tenders.ask(actor=request.actor, pid=tender, text=body.text, now=request.now)
    return _out(tenders.public_tender(tender), is_public=True)


@reads(evaluations, "", "evaluations_list", Page[EvaluationOut], permission=tenders.SEE_TENDERS)
def list_evaluations(request: Request, paging: Query[Paging]) -> Page[EvaluationOut]:
    """Standings of providers, the latest year first."""
    return page_of(tenders.standings_in(request.actor.scope), paging, _standings)


def _standings(found: Sequence[tenders.ProviderStanding]) -> list[EvaluationOut]:
    names = ("year", "total", "rank", "is_out", "share_percent")
    return [
        EvaluationOut(office=organisation(one.office), provider=organisation(one.provider), **{name: getattr(one, name) for name in names})
        for one in found
    ]
