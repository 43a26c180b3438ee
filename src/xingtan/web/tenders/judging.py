"""An expert's tenders: declaring an interest, reading blind, marking, the defence."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xingtan.domains.tenders import api as tenders
from xingtan.foundation.files.blind import masked
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.tables import page_of
from xingtan.web.words import refusal_sentence

from . import words
from .forms import DefenceForm, ReviewForm
from .office import download


@require_safe
@allowed(tenders.JUDGE)
def tender_list(request: Request) -> HttpResponse:
    """The panels that this expert was drawn for."""
    page = page_of(request, tenders.own_seats(request.actor.account_id))
    rows = [(one, words.PANEL_CHIPS[one.state], words.PANEL[one.state], words.STATES[one.tender.state]) for one in page.rows]
    return render(request, "tenders/expert_list.html", {"page_of": page, "rows": rows})


def _seat(request: Request, pid: str) -> tenders.PanelMember:
    found = tenders.own_seats(request.actor.account_id).filter(tender__public_id=pid).first()
    if found is None:
        raise NotInScope
    return found


def _page(request: Request, pid: str, *, error: str = "", status: int = 200) -> HttpResponse:
    seat = _seat(request, pid)
    tender, is_defence = seat.tender, seat.tender.state == "defending"
    is_judge = seat.state == tenders.PanelState.DECLARED and tender.state not in ("opened", "cancelled")
    own = tenders.own_reviews(seat, is_defence=is_defence)
    facts = {
        "seat": seat,
        "tender": tender,
        "chip": (words.PANEL_CHIPS[seat.state], words.PANEL[seat.state]),
        "state": words.STATES[tender.state],
        "criteria": tenders.criteria_of(tender),
        "bidders": sorted(str(one.provider) for one in tenders.bids_of(tender)) if seat.state == tenders.PanelState.DRAWN else [],
        "bids": [(one.code, own.get(one.pk)) for one in tenders.standing_bids(tender)] if is_judge else [],
        "is_at_work": tender.state in ("reviewing", "defending"),
        "is_defence": is_defence,
        "error": error,
    }
    return render(request, "tenders/expert.html", facts, status=status)


@require_safe
@allowed(tenders.JUDGE)
def tender(request: Request, pid: str) -> HttpResponse:
    """One panel: who bids while an interest is to be declared, afterwards codes only."""
    return _page(request, pid)


@require_POST
@allowed(tenders.JUDGE)
def declare(request: Request, pid: str) -> HttpResponse:
    """The expert has no interest, or steps back."""
    told = {"has_interest": request.POST.get("interest") == "yes", "words": request.POST.get("words", "")[:500]}
    try:
        tenders.declare(actor=request.actor, pid=pid, now=request.now, **told)  # type: ignore[arg-type]  # -- by name
    except Refused as refused:
        return _page(request, pid, error=refusal_sentence(refused), status=409)
    messages.success(request, _("Declared. Thank you."))
    return redirect("expert:tender", pid)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(tenders.JUDGE)
def review(request: Request, pid: str, code: str) -> HttpResponse:
    """One bid under its code, and the marks: kept as a draft, or given for good."""
    seat = _seat(request, pid)
    bid = next((one for one in tenders.standing_bids(seat.tender) if one.code == code), None)
    if bid is None or seat.state != tenders.PanelState.DECLARED or seat.tender.state in ("opened", "cancelled"):
        raise NotInScope
    is_defence = seat.tender.state == "defending"
    own = tenders.own_reviews(seat, is_defence=is_defence).get(bid.pk)
    criteria = tenders.judged_on(seat.tender, is_defence=is_defence)
    initial = {"words": own.words if own else ""}
    form = ReviewForm(request.POST or None, criteria=criteria, marks=own.marks if own else None, initial=initial)
    status = 422 if request.method == "POST" else 200
    if form.is_valid():
        told = {"code": code, "marks": form.marks(), "words": form.cleaned_data["words"], "is_final": request.POST.get("act") == "give"}
        try:
            tenders.keep_review(actor=request.actor, pid=pid, now=request.now, **told)
        except Refused as refused:
            form.add_error(None, refusal_sentence(refused))
            status = 409
        else:
            messages.success(request, _("Given.") if told["is_final"] else _("Kept as a draft."))
            return redirect("expert:tender", pid)
    return render(request, "tenders/review.html", _review_facts(request, seat, bid, own, form), status=status)


def _review_facts(request: Request, seat: tenders.PanelMember, bid: tenders.Bid, own: object, form: ReviewForm) -> dict[str, object]:
    names = tenders.names_of(bid.provider, bid.content.get("people", []), now=request.now)
    texts = [(words.TEXTS.get(key, key), masked(text, names)) for key, text in bid.content.get("texts", {}).items() if text]
    files = [one for one in tenders.files_of(bid) if one.state in (tenders.BlindState.CLEAN, tenders.BlindState.RELEASED)]
    return {
        "seat": seat,
        "tender": seat.tender,
        "code": bid.code,
        "texts": texts,
        "files": files,
        "own": own,
        "form": form,
        "is_defence": seat.tender.state == "defending",
        "is_at_work": seat.tender.state in ("reviewing", "defending"),
        "lines": tenders.defence_lines(seat.tender).get(bid.pk, []),
        "note_form": DefenceForm(initial={"code": bid.code}),
    }


@require_POST
@allowed(tenders.JUDGE)
def note(request: Request, pid: str) -> HttpResponse:
    """A question that this expert asked on site stands on record with its answer."""
    form = DefenceForm(request.POST)
    if not form.is_valid():
        return _page(request, pid, error=_("Write the question."), status=422)
    try:
        tenders.note_defence(actor=request.actor, pid=pid, now=request.now, **form.cleaned_data)
    except Refused as refused:
        return _page(request, pid, error=refusal_sentence(refused), status=409)
    return redirect("expert:review", pid, form.cleaned_data["code"])


@require_safe
@allowed(tenders.JUDGE)
def document(request: Request, pid: str, file: str) -> HttpResponseBase:
    """A document's copy, without names."""
    seat = _seat(request, pid)
    if seat.state != tenders.PanelState.DECLARED or seat.tender.state in ("opened", "cancelled"):
        raise NotInScope
    return download(tenders.panel_file(seat, file).blind)
