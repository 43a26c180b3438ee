"""Corrections of closed years: proposed with what they will move, done by a second officer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xingtan.core.policy import Policy
from xingtan.core.verdicts import Verdict
from xingtan.domains.certificates import api as certificates
from xingtan.domains.closing import api as closing_room
from xingtan.domains.determination import api as room
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.models import Account
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.tables import page_of
from xingtan.web.words import refusal_sentence

from .objection_rows import verdict_word
from .verdicts import sentences

EARNED = (Verdict.QUALIFIED.value, Verdict.EXEMPT.value)


class ProposalForm(forms.Form):
    """Why a closed year is corrected: from the list, and in words."""

    reason = forms.TypedChoiceField(
        label=gettext_lazy("Reason"), choices=list(closing_room.CORRECTION_REASONS.items()), coerce=closing_room.CorrectionReason
    )
    words = forms.CharField(
        label=gettext_lazy("In words"),
        min_length=5,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What happened and what shows it: the number of the document, the date of the meeting."),
    )


@require_safe
@allowed(closing_room.SEE_CORRECTIONS)
def corrections(request: Request) -> HttpResponseBase:
    """Every correction of the branch's closed years, those that wait first."""
    years = list(policies.years_for(request.actor))
    found = closing_room.corrections_in(request.actor.scope, [year.pk for year in years])
    if q := request.GET.get("q", "").strip():
        found = found.filter(teacher__name__contains=q)
    page = page_of(request, found)
    shown = {
        "page_rows": page,
        "rows": [_row(one) for one in page.rows],
        "closed": [year for year in years if year.state == policies.YearState.CLOSED],
    }
    return render(request, "bureau/corrections.html", shown)


def _row(one: closing_room.Correction) -> dict[str, Any]:
    chip, word = closing_room.CORRECTION_STATES[closing_room.CorrectionState(one.state)]
    was, now = one.moves["verdict"]
    return {
        "it": one,
        "chip": chip,
        "state": word,
        "reason": closing_room.CORRECTION_REASONS[closing_room.CorrectionReason(one.reason)],
        "was": verdict_word(was),
        "now": verdict_word(now),
    }


def moves_shown(moves: dict[str, Any], policy: Policy) -> dict[str, Any]:
    """What a correction moves, in words: verdict, hours, reasons, the certificate's page, the cycle, later years."""
    was, now = moves["verdict"]
    reasons = [sentences(policy, side) for side in moves["reasons"]]
    return {
        "was": verdict_word(was),
        "now": verdict_word(now),
        "was_chip": room.VERDICT_CHIPS[Verdict(was)],
        "now_chip": room.VERDICT_CHIPS[Verdict(now)],
        "hours": [
            (_("Recognised"), *moves["recognised_centi"]),
            (_("Verified"), *moves["verified_centi"]),
            (_("Required"), *moves["required_centi"]),
        ],
        "gone": [one for one in reasons[0] if one not in reasons[1]],
        "come": [one for one in reasons[1] if one not in reasons[0]],
        "paper": _page_word(was, now),
        "cycle": [verdict_word(side) for side in moves["cycle"]],
        "later": [
            {
                **line,
                "was": verdict_word(line["verdict"][0]),
                "now": verdict_word(line["verdict"][1]),
                "moves": line["verdict"][0] != line["verdict"][1],
            }
            for line in moves["later"]
        ],
    }


def _page_word(was: str, now: str) -> str:
    if now in EARNED:
        return _("A new page supersedes the page of this year.") if was in EARNED else _("A page of this year is issued.")
    return (
        _("The page of this year is revoked; whoever checks it is told so.")
        if was in EARNED
        else _("There is no page of this year, and none is issued.")
    )


@require_safe
@allowed(closing_room.CORRECT)
def new(request: Request, public_id: str, year: int) -> HttpResponse:
    """What a correction of this teacher's closed year would move with the facts of today, and the form to propose it."""
    return _new(request, public_id, year, ProposalForm())


def _new(request: Request, public_id: str, wanted: int, form: ProposalForm, *, sentence: str = "", status: int = 200) -> HttpResponse:
    teacher, year = teachers.teacher_in(request.actor.scope, public_id), policies.year_for(request.actor, wanted)
    moves, refusal = None, sentence
    try:
        found = closing_room.rehearse(actor=request.actor, training_year_id=year.pk, teacher_id=teacher.pk, now=request.now)
        moves = moves_shown(found, policies.policy_of(year))
    except Refused as refused:
        refusal = sentence or refusal_sentence(refused)
    shown = {
        "teacher": teacher,
        "year": year,
        "final": room.final_of(teacher.pk, year.pk),
        "moves": moves,
        "paper": _page_of(request, teacher.pk, year),
        "form": form,
        "sentence": refusal,
        "is_closed": year.state == policies.YearState.CLOSED,
    }
    return render(request, "bureau/correction_new.html", shown, status=status)


def _page_of(request: Request, teacher_id: int, year: policies.TrainingYear) -> certificates.CertificatePage | None:
    return certificates.valid_pages(request.actor.scope, year.pk).filter(certificate__teacher_id=teacher_id).first()


@require_POST
@allowed(closing_room.CORRECT)
def propose(request: Request, public_id: str, year: int) -> HttpResponse:
    """The correction waits for a second officer."""
    form = ProposalForm(request.POST)
    if not form.is_valid():
        return _new(request, public_id, year, form, status=422)
    teacher, wanted = teachers.teacher_in(request.actor.scope, public_id), policies.year_for(request.actor, year)
    try:
        made = closing_room.propose_correction(
            actor=request.actor, training_year_id=wanted.pk, teacher_id=teacher.pk, **form.cleaned_data, now=request.now
        )
    except Refused as refused:
        return _new(request, public_id, year, form, sentence=refusal_sentence(refused), status=409)
    messages.success(request, _("The correction waits for a second officer of the province."))
    return redirect("bureau:correction", made.public_id)


@require_safe
@allowed(closing_room.SEE_CORRECTIONS)
def correction(request: Request, pid: str) -> HttpResponse:
    """One correction: why, what it moves, who proposed and who decided it."""
    one = closing_room.correction_in(request.actor.scope, pid)
    people = dict(Account.objects.filter(pk__in=[pk for pk in (one.proposed_by_id, one.decided_by_id) if pk]).values_list("pk", "name"))
    is_waiting = one.state == closing_room.CorrectionState.PROPOSED and request.actor.may(closing_room.CORRECT)
    is_own = one.proposed_by_id == request.actor.account_id
    shown = {
        **_row(one),
        "moves": moves_shown(one.moves, policies.policy_of(one.training_year)),
        "paper": _page_of(request, one.teacher_id, one.training_year),
        "proposer": people.get(one.proposed_by_id or 0, ""),
        "decider": people.get(one.decided_by_id or 0, ""),
        "is_own": is_own,
        "is_waiting": is_waiting,
    }
    return render(request, "bureau/correction.html", shown)


@require_POST
@allowed(closing_room.CORRECT)
def carry(request: Request, pid: str) -> HttpResponse:
    """The correction is carried out; certificates follow by themselves."""
    one = closing_room.correction_in(request.actor.scope, pid)
    closing_room.carry_correction(actor=request.actor, correction_id=one.pk, now=request.now)
    messages.success(request, _("The verdict is corrected. The certificate follows and the teacher is told."))
    return redirect("bureau:correction", pid)


@require_POST
@allowed(closing_room.CORRECT)
def drop(request: Request, pid: str) -> HttpResponse:
    """The correction is withdrawn by whoever proposed it, or refused by another."""
    one = closing_room.correction_in(request.actor.scope, pid)
    done = closing_room.drop_correction(actor=request.actor, correction_id=one.pk, now=request.now)
    is_refused = done.state == closing_room.CorrectionState.REFUSED
    messages.success(request, _("The correction is refused.") if is_refused else _("The correction is withdrawn."))
    return redirect("bureau:correction", pid)
