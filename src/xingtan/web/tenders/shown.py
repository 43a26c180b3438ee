"""What the office's pages of a tender show, by where it stands."""

from __future__ import annotations

from typing import Any

from django import forms

from xingtan.core.calendar import local_day
from xingtan.core.tendering import shares
from xingtan.domains.tenders import api as tenders
from xingtan.foundation.notices import api as notices
from xingtan.web.http import Request

from . import forms as f
from . import words


def office_facts(request: Request, tender: tenders.Tender, tried: tuple[str, forms.Form] | None) -> dict[str, Any]:
    """Everything that the page of one tender shows."""
    name, form = tried or ("", None)
    return {
        "tender": tender,
        "chip": words.CHIPS[tender.state],
        "state": words.STATES[tender.state],
        "criteria": tenders.criteria_of(tender),
        "has_defence": tenders.has_defence(tender),
        "questions": [
            (one, f.AnswerForm(initial={"question": one.public_id})) for one in tenders.questions_of(tender, only_answered=False)
        ],
        "may_keep": request.actor.may(tenders.KEEP_TENDERS),
        "own_key": tenders.own_key(request.actor.account_id, tender.public_id),
        "tried": name,
        "tried_form": form,
        "cancel_form": _form("cancel", tried, f.ReasonForm()),
        "is_closed": request.now >= tender.closes_at,
        "steps": steps(tender, request),
        **key_facts(tender, request),
        **bid_list(tender),
        **panel_facts(tender),
        **result_facts(tender, request, tried),
    }


def _form(act: str, tried: tuple[str, forms.Form] | None, fresh: forms.Form) -> forms.Form:
    return tried[1] if tried and tried[0] == act else fresh


def steps(tender: tenders.Tender, request: Request) -> list[tuple[str, object, str]]:
    """The way of a tender as steps: chip, word, and whether it is done, now or later."""
    order = [one for one in words.STATES if one != tenders.TenderState.CANCELLED]
    if not tenders.has_defence(tender):
        order.remove(tenders.TenderState.DEFENDING)
    if tender.state == tenders.TenderState.CANCELLED:
        return []
    at = order.index(tenders.TenderState(tender.state))
    return [(one, words.STATES[one], "done" if place < at else "now" if place == at else "later") for place, one in enumerate(order)]


def key_facts(tender: tenders.Tender, request: Request) -> dict[str, Any]:
    """Who holds the keys; for a draft, who may be asked."""
    holders = tenders.holders_of(tender)
    may_ask = tender.state == tenders.TenderState.DRAFT and request.actor.may(tenders.KEEP_TENDERS)
    asked = [(side, words.SIDES[side], tenders.candidates(tender, side, now=request.now)) for side in tenders.Side] if may_ask else []
    return {
        "holders": [(one, words.SIDES[tenders.Side(one.side)]) for one in holders],
        "sides": asked,
        "is_ready": {one.side for one in holders if one.ready_at} == set(tenders.Side),
    }


def bid_list(tender: tenders.Tender) -> dict[str, Any]:
    """The opened bids; nothing before the opening, not even how many."""
    rows = [
        (one, words.BID_CHIPS[one.state], words.BIDS[one.state], words.REASONS.get(one.reason_code, ""), _waiting(one))
        for one in tenders.bids_of(tender)
    ]
    return {"is_opened": tenders.is_opened(tender), "bids": rows, "exclude_reasons": [(one, words.REASONS[one]) for one in tenders.REASONS]}


def _waiting(bid: tenders.Bid) -> int:
    return sum(one.state == tenders.BlindState.FLAGGED for one in tenders.files_of(bid))


def panel_facts(tender: tenders.Tender) -> dict[str, Any]:
    """Who was drawn, and how far the panel is."""
    seats = tenders.panel_of(tender)
    return {
        "panel": [(one, words.PANEL_CHIPS[one.state], words.PANEL[one.state]) for one in seats],
        "declared": sum(one.state == tenders.PanelState.DECLARED for one in seats),
        "undrawable": [(one, why) for one, why in _drawable(tender) if why] if tender.state == tenders.TenderState.OPENED else [],
        "on_paper": tenders.progress(tender, is_defence=False),
        "on_site": tenders.progress(tender, is_defence=True),
        "defence": tenders.defence_lines(tender),
    }


def _drawable(tender: tenders.Tender) -> list[tuple[tenders.Expert, str | None]]:
    return tenders.drawable(tender, now=tender.opened_at) if tender.opened_at else []


def rank_rows(tender: tenders.Tender, *, is_public: bool = False) -> list[dict[str, Any]]:
    """The latest ranking as the table and the spread show it."""
    titles = {str(one.pk): one for one in tenders.criteria_of(tender)}
    lines = tenders.ranking_of(tender, is_public=is_public)
    first = max(0, min((one.lowest for one in lines), default=0) // 1000 - 2) * 1000
    width = max(1000, min(100_000, max((one.highest for one in lines), default=0) + 2000) - first)
    return [
        {
            "line": one,
            "bid": one.bid,
            "mean": words.total(one.mean),
            "lowest": words.total(one.lowest),
            "highest": words.total(one.highest),
            "at": [1000 * (at - first) // width for at in (one.lowest, one.mean)] + [max(4, 1000 * (one.highest - one.lowest) // width)],
            "far": len(one.detail["far"]),
            "left_out": len(one.detail["left_out"]),
            "by_lot": one.detail["by_lot"],
            "why": words.REASONS[one.why],
            "criteria": [(titles[key], words.tenths(value)) for key, value in one.detail["criteria"].items() if key in titles],
        }
        for one in lines
    ]


def result_facts(tender: tenders.Tender, request: Request, tried: tuple[str, forms.Form] | None) -> dict[str, Any]:
    """Ranking, notice, objections, contracts."""
    posted = notices.standing_notice(tenders.NOTICE, tender.pk)
    filed = [] if posted is None else list(notices.Objection.everywhere.filter(notice=posted).order_by("number"))
    contracts = tenders.contracts_of(tender)
    answered = {one.bid_id for one in contracts if one.state != tenders.ContractState.DECLINED}
    chosen = [one for one in tenders.bids_of(tender) if one.state == tenders.BidState.CHOSEN and one.pk not in answered]
    proposed = proposal(tender)
    return {
        "ranking": rank_rows(tender),
        "notice": posted,
        "days_form": _form("announce", tried, f.DaysForm(today=local_day(request.now))),
        "objections": [
            (one, notices.OBJECTION_CHIPS[notices.ObjectionState(one.state)], notices.OBJECTION_STATES[notices.ObjectionState(one.state)])
            for one in filed
        ],
        "contracts": [(one, words.CONTRACT_CHIPS[one.state], words.CONTRACTS[one.state]) for one in contracts],
        "terms": [(one, _terms_form(one, proposed, tender, tried)) for one in chosen] if tender.state == "awarded" else [],
        "proposed": proposed,
    }


def proposal(tender: tenders.Tender) -> list[tuple[tenders.Bid, object, int, int]]:
    """For each chosen bid last year's standing, its weight by rule, and the share that follows; newcomers weigh as the last who stayed."""
    told = {one.provider_id: one for one in tenders.latest_for(tender)}
    bids = [one for one in tenders.bids_of(tender) if one.state == tenders.BidState.CHOSEN]
    least = min((one.detail["weight"] for one in told.values() if not one.is_out), default=1)
    weights = {one.pk: told[one.provider_id].detail["weight"] if one.provider_id in told else least for one in bids}
    parts = shares(weights)
    return [(one, told.get(one.provider_id), weights[one.pk], parts[one.pk]) for one in bids]


def _terms_form(
    bid: tenders.Bid, proposed: list[tuple[tenders.Bid, object, int, int]], tender: tenders.Tender, tried: tuple[str, forms.Form] | None
) -> forms.Form:
    if tried and tried[0] == "contract" and tried[1].data.get("bid") == bid.public_id:
        return tried[1]
    share = next((part for one, _standing, _weight, part in proposed if one.pk == bid.pk), None)
    year = tender.project.training_year
    initial = {"bid": bid.public_id, "share_percent": share, "from_on": year.first_on, "to_on": year.last_on}
    return f.TermsForm(initial=initial | {"price": None if bid.price_fen is None else f"{bid.price_fen // 100}.{bid.price_fen % 100:02d}"})


def bid_facts(request: Request, tender: tenders.Tender, bid: tenders.Bid) -> dict[str, Any]:
    """An opened bid for the office."""
    files = [
        (one, words.COPY_CHIPS[one.state], words.COPIES[one.state], [words.REMOVED.get(code, code) for code in one.removed])
        for one in tenders.files_of(bid)
    ]
    return {
        "tender": tender,
        "bid": bid,
        "chip": words.BID_CHIPS[bid.state],
        "state": words.BIDS[bid.state],
        "reason": words.REASONS.get(bid.reason_code, ""),
        "texts": [(words.TEXTS.get(key, key), text) for key, text in bid.content.get("texts", {}).items() if text],
        "files": files,
        "seals": tenders.seals_of(bid),
        "lines": tenders.defence_lines(tender).get(bid.pk, []),
        "exclude_reasons": [(one, words.REASONS[one]) for one in tenders.REASONS],
        "may_keep": request.actor.may(tenders.KEEP_TENDERS),
    }
