"""A provider's tenders: the calls, the own bid with its receipts, the result, objections, contracts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from xingtan.core.tendering import Attached, Offered
from xingtan.domains.tenders import api as tenders
from xingtan.foundation.notices import api as notices
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.tables import page_of
from xingtan.web.words import refusal_sentence

from . import words
from .forms import area, in_fen, yuan_field
from .sealing import InMemory
from .shown import rank_rows


class Several(forms.ClearableFileInput):
    """A field for several files."""

    allow_multiple_selected = True


class SeveralFiles(forms.FileField):
    """Any number of files, none of them empty."""

    def clean(self, data: Any, initial: Any = None) -> Any:  # noqa: ANN401 -- Django's signature
        """Every file, each as a single one would be cleaned."""
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(SeveralFiles, self).clean(one, initial) for one in files]


class BidForm(forms.Form):
    """A bid; nothing of it is kept before it is sealed."""

    plan = area(gettext_lazy("Training plan"), 8, hint=gettext_lazy("Write without your name: the panel reads it blind."))
    courses = area(gettext_lazy("Courses and resources"), 6)
    team = area(gettext_lazy("Experts and team"), 4, required=False)
    record = area(gettext_lazy("Experience and record"), 4, required=False)
    people = area(
        gettext_lazy("Names in your documents, one a line"), 3, required=False, most=2000,
        hint=gettext_lazy("People and brands by which you could be known: they are blanked out in texts and looked for in documents."),
    )  # fmt: skip
    price = yuan_field(gettext_lazy("Price in yuan"))
    documents = SeveralFiles(
        label=gettext_lazy("Documents (PDF, docx, xlsx, pptx, PNG, JPEG)"), required=False,
        widget=Several(attrs={"accept": ".pdf,.docx,.xlsx,.pptx,.png,.jpg,.jpeg"}),
        help_text=gettext_lazy("At most 10, of 40 MiB together. Metadata is taken out of the panel's copies."),
    )  # fmt: skip

    def offered(self) -> Offered:
        """The bid that was written, with its documents."""
        told = self.cleaned_data
        people = [line.strip() for line in told["people"].splitlines() if line.strip()]
        texts = {name: told[name] for name in words.TEXTS}
        return Offered(texts, people, in_fen(told["price"]) or 0, [Attached(one.name, one.read()) for one in told["documents"]])


@require_safe
@allowed(tenders.FIND_TENDERS)
def tender_list(request: Request) -> HttpResponse:
    """Every call that was published, and how the own bid stands."""
    found = tenders.public_tenders(q=request.GET.get("q", "").strip()[:80])
    if request.GET.get("mine"):
        found = found.filter(pk__in=tenders.Bid.objects.within(request.actor.scope).values("tender_id"))
    page = page_of(request, found)
    rows = [(one, words.CHIPS[one.state], words.STATES[one.state], _own(request, one)) for one in page.rows]
    own = tenders.own_standings(request.actor.organisation_id or 0)[:5]
    facts = {"page_of": page, "rows": rows, "now": request.now, "standings": [(one, words.total(one.total)) for one in own]}
    return render(request, "tenders/provider_list.html", facts)


def _own(request: Request, tender: tenders.Tender) -> tuple[str, object] | None:
    bid = tenders.own_bid(request.actor, tender)
    return None if bid is None else (words.BID_CHIPS[bid.state], words.BIDS[bid.state])


def _page(request: Request, pid: str, *, form: forms.Form | None = None, error: str = "", status: int = 200) -> HttpResponse:
    tender = tenders.public_tender(pid)
    bid = tenders.own_bid(request.actor, tender)
    is_told = tender.state in ("announced", "awarded", "finished")
    posted = notices.standing_notice(tenders.NOTICE, tender.pk)
    filed = notices.Objection.everywhere.filter(notice=posted, concern_id=bid.pk) if posted and bid else ()
    facts = {
        "tender": tender,
        "chip": words.CHIPS[tender.state],
        "state": words.STATES[tender.state],
        "criteria": tenders.criteria_of(tender),
        "questions": tenders.questions_of(tender, only_answered=True),
        "bid": bid,
        "bid_chip": (words.BID_CHIPS[bid.state], words.BIDS[bid.state]) if bid and (is_told or not tenders.is_opened(tender)) else None,
        "seals": tenders.seals_of(bid) if bid else [],
        "reason": words.REASONS.get(bid.reason_code, "") if bid and is_told else "",
        "own_line": next((one for one in rank_rows(tender, is_public=True) if bid and one["bid"].pk == bid.pk), None),
        "notice": posted if is_told else None,
        "objections": [(one, notices.OBJECTION_STATES[notices.ObjectionState(one.state)]) for one in filed],
        "contracts": [one for one in tenders.contracts_of(tender) if one.provider_id == request.actor.organisation_id],
        "is_open": tender.state == "published" and tender.opens_at <= request.now < tender.closes_at,
        "is_before": tender.state == "published" and request.now < tender.opens_at,
        "form": form or BidForm(),
        "error": error,
    }
    return render(request, "tenders/provider.html", facts, status=status)


@require_safe
@allowed(tenders.FIND_TENDERS)
def tender(request: Request, pid: str) -> HttpResponse:
    """One call, and the own bid."""
    return _page(request, pid)


@sensitive_post_parameters()
@csrf_protect
def _submit(request: Request, pid: str) -> HttpResponse:
    form = BidForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, pid, form=form, status=422)
    try:
        offered = form.offered()
        seal = tenders.submit(actor=request.actor, pid=pid, offered=offered, now=request.now)
    except Refused as refused:
        form.add_error(None, refusal_sentence(refused))
        return _page(request, pid, form=form, status=409)
    messages.success(request, _("Sealed. Receipt %(receipt)s.") % {"receipt": seal.receipt})
    return redirect("provider:tender", pid)


@csrf_exempt  # checked by _submit, after the upload was told to stay in memory
@require_POST
@allowed(tenders.BID)
def submit(request: Request, pid: str) -> HttpResponse:
    """The bid is sealed; its documents never touch the disk unsealed."""
    request.upload_handlers = [InMemory(request)]
    return _submit(request, pid)


def _act(run: Callable[[Request, str], Any], request: Request, pid: str, said: str) -> HttpResponse:
    try:
        run(request, pid)
    except Refused as refused:
        return _page(request, pid, error=refusal_sentence(refused), status=409)
    messages.success(request, said)
    return redirect("provider:tender", pid)


@require_POST
@allowed(tenders.BID)
def withdraw(request: Request, pid: str) -> HttpResponse:
    """The bid is withdrawn."""
    return _act(lambda r, p: tenders.withdraw_bid(actor=r.actor, pid=p, now=r.now), request, pid, _("Withdrawn. It will never be opened."))


@require_POST
@allowed(tenders.BID)
def ask(request: Request, pid: str) -> HttpResponse:
    """The question waits for the office."""
    text = request.POST.get("text", "")[:1000]
    return _act(
        lambda r, p: tenders.ask(actor=r.actor, pid=p, text=text, now=r.now), request, pid, _("Asked. The answer is for everybody.")
    )


@require_POST
@allowed(tenders.BID)
def object_to(request: Request, pid: str) -> HttpResponse:
    """The objection stands with the office."""
    text = request.POST.get("text", "")[:2000]
    return _act(
        lambda r, p: tenders.object_to_result(actor=r.actor, pid=p, text=text, now=r.now), request, pid, _("Your objection is filed.")
    )


@require_POST
@allowed(tenders.SIGN)
def sign(request: Request, pid: str) -> HttpResponse:
    """The contract is signed or declined, as the button says."""
    is_signed, reason = request.POST.get("outcome") == "signed", request.POST.get("reason", "")[:500]

    def run(ours: Request, pid: str) -> object:
        return tenders.answer_contract(actor=ours.actor, pid=pid, is_signed=is_signed, reason=reason, now=ours.now)

    return _act(run, request, pid, _("Answered."))
