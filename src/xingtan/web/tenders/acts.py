"""What an office does with a tender: a table of acts, each an address of its own that takes a POST and goes back to the tender."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from xingtan.domains.tenders import api as tenders
from xingtan.foundation.notices import api as notices
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

from . import forms as f
from .office import tender_page

Given = Mapping[str, Any]


@dataclass(frozen=True)
class Act:
    """What is done with what was typed, by which form, and what the person is told."""

    done: Promise
    run: Callable[..., Any]
    form: type[forms.Form] = forms.Form
    arguments: Callable[[Given], Given] = dict


def _terms(told: Given) -> Given:
    price = f.in_fen(told["price"]) or 0
    terms = tenders.Terms(price, told["share_percent"], told["from_on"], told["to_on"], told["targets"])
    return {"bid": told["bid"], "terms": terms}


def _days(told: Given) -> Given:
    return {"days": notices.Days(told["opens_on"], told["closes_on"], told["objections_until"])}


def _objection(told: Given) -> Given:
    return {"objection": told["objection"], "words": told["words"], "is_upheld": told["outcome"] == "upheld"}


def _holder(told: Given) -> Given:
    return {"grant_id": told["grant_id"], "side": tenders.Side(told["side"]) if told["side"] in list(tenders.Side) else tenders.Side.OFFICE}


class HolderGoneForm(forms.Form):
    """Which key holder."""

    holder_id = forms.IntegerField()


class FileForm(forms.Form):
    """Which document, shown or held back."""

    file = forms.CharField(max_length=12)
    act = forms.ChoiceField(choices=[("release", ""), ("hold", "")])


ACTS: Mapping[str, Act] = {
    "publish": Act(_("Published. Bids are sealed from now on."), tenders.publish_tender),
    "cancel": Act(_("Cancelled."), tenders.cancel_tender, f.ReasonForm),
    "appoint": Act(_("Asked to make a key."), tenders.appoint, f.HolderForm, _holder),
    "dismiss": Act(_("Taken back."), tenders.dismiss, HolderGoneForm),
    "answer": Act(_("Answered; everybody reads it."), tenders.answer, f.AnswerForm),
    "look": Act(_("Noted."), tenders.decide_file, FileForm),
    "exclude": Act(_("Excluded."), tenders.exclude_bid, f.ExcludeForm),
    "draw": Act(_("The panel is drawn."), tenders.draw_panel),
    "replace": Act(_("The next of the draw was asked."), tenders.replace_member, f.MemberForm),
    "review": Act(_("The panel reads now."), tenders.begin_review),
    "defend": Act(_("The on-site defence has begun."), tenders.begin_defence),
    "note": Act(_("Written down."), tenders.note_defence, f.DefenceForm),
    "rank": Act(_("Ranked."), tenders.rank),
    "announce": Act(_("Posted; every bidder was told."), tenders.announce, f.DaysForm, _days),
    "objection": Act(_("Answered."), tenders.answer_objection, f.ObjectionForm, _objection),
    "reconsider": Act(_("The result is taken back."), tenders.reconsider),
    "award": Act(_("Awarded."), tenders.award),
    "contract": Act(_("Offered."), tenders.offer_contract, f.TermsForm, _terms),
    "finish": Act(_("Finished."), tenders.finish),
}


def act_view(name: str) -> Callable[..., Any]:
    """The view of one act: done, or the tender's page again with the reason and what was typed."""
    act = ACTS[name]

    @require_POST
    @allowed(tenders.KEEP_TENDERS)
    def view(request: Request, pid: str) -> HttpResponse:
        form = act.form(request.POST)
        if not form.is_valid():
            return tender_page(request, pid, tried=(name, form), status=422)
        try:
            act.run(actor=request.actor, pid=pid, now=request.now, **act.arguments(form.cleaned_data))
        except Refused as refused:
            form.add_error(None, refusal_sentence(refused))
            return tender_page(request, pid, tried=(name, form), status=409)
        messages.success(request, str(act.done))
        return redirect("bureau:tender", pid)

    return view
