"""The posted verdict of a teacher, and the objection to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xingtan.core.verdicts import Verdict
from xingtan.domains.closing import api as closing_room
from xingtan.domains.determination import api as room
from xingtan.domains.policies import api as policies
from xingtan.foundation.notices import api as notices
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.bureau.objection_rows import effect_words, row_of
from xingtan.web.http import Request
from xingtan.web.trainee.handing import ACCEPT, HandInForm, keep_handed_in
from xingtan.web.trainee.record import chosen_year
from xingtan.web.words import refusal_sentence


class ObjectionForm(HandInForm):
    """What is wrong, and a file that shows it."""

    text = forms.CharField(
        label=gettext_lazy("What is wrong, and what shows it"),
        min_length=5,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5, "data-draft-field": True}),
    )
    file = forms.FileField(
        label=gettext_lazy("Proof"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Word (.docx), PDF, JPG or PNG, at most 50 MB."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )


def year_with_notice(request: Request) -> policies.TrainingYear:
    """The year that the address names; without one the latest of which verdicts are posted, else the latest open one."""
    years = list(policies.years_for(request.actor))
    wanted = request.POST.get("year") or request.GET.get("year", "")
    posted = next((year for year in years if closing_room.notice_of(year) is not None), None)
    year = posted if posted is not None and not wanted else chosen_year(years, wanted)
    if year is None:
        raise NotInScope
    return year


@require_safe
@allowed(closing_room.SEE_OWN_NOTICE)
def notice(request: Request) -> HttpResponse:
    """What the notice says of me, until when I may object, and what became of my objections."""
    return _page(request, ObjectionForm())


def _page(request: Request, form: ObjectionForm, *, sentence: str = "", status: int = 200) -> HttpResponse:
    year = year_with_notice(request)
    found = closing_room.notice_of(year)
    own = closing_room.read_own_notice(actor=request.actor, notice=found, now=request.now) if found else None
    filed = [one for one in notices.objections_of(request.actor.account_id or 0, closing_room.NOTICE) if one.notice.subject_id == year.pk]
    policy = policies.policy_of(year)
    is_taken = found is not None and own is not None and found.days.takes_objections(request.today)
    shown = {
        "year": year,
        "years": list(policies.years_for(request.actor)),
        "notice": found,
        "own": own,
        "verdict": room.VERDICTS[Verdict(own.verdict)] if own else "",
        "chip": room.VERDICT_CHIPS[Verdict(own.verdict)] if own else "",
        "reasons": [room.reason_sentence(policy, one["code"], one["params"]) for one in own.reasons] if own else [],
        "stage": notices.STAGES[found.stage(request.today)] if found else "",
        "days_left": (found.objections_until - request.today).days + 1 if found and is_taken else 0,
        "may_object": is_taken and not any(one.is_open for one in filed),
        "filed": [objection_words(request, one) for one in filed],
        "form": form,
        "sentence": sentence,
    }
    return render(request, "trainee/notice.html", shown, status=status)


def objection_words(request: Request, one: notices.Objection) -> dict[str, Any]:
    """An objection as the person it concerns sees it: state, trail, answer."""
    return {
        "row": row_of(one, request.today),
        "trail": [(step, notices.STEP_WORDS[step.kind]) for step in notices.trail_of(one)],
        "effect": effect_words(one),
        "may_withdraw": one.is_open and request.actor.account_id in (one.filed_by_id, one.account_id),
    }


@require_POST
@allowed(closing_room.SEE_OWN_NOTICE)
def object_to(request: Request) -> HttpResponse:
    """My objection is filed."""
    form = ObjectionForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    found = closing_room.notice_of(year_with_notice(request))
    if found is None or request.actor.teacher_id is None:
        raise NotInScope
    try:
        file = keep_handed_in(request, form.cleaned_data["file"])
        values = {"teacher_id": request.actor.teacher_id, "text": form.cleaned_data["text"], "file": file}
        one = closing_room.object_to_verdict(actor=request.actor, notice=found, **values, now=request.now)
    except Refused as refused:
        return _page(request, form, sentence=refusal_sentence(refused), status=409)
    messages.success(request, _("Your objection is filed. The answer is due on %(day)s.") % {"day": one.due_on.isoformat()})
    return redirect("trainee:notice")


@require_POST
@allowed(closing_room.SEE_OWN_NOTICE)
def withdraw(request: Request, pid: str) -> HttpResponse:
    """My objection is withdrawn."""
    own = notices.objections_of(request.actor.account_id or 0, closing_room.NOTICE).filter(public_id=pid).first()
    if own is None:
        raise NotInScope
    notices.withdraw(actor=request.actor, objection_id=own.pk, now=request.now)
    messages.success(request, _("Your objection is withdrawn."))
    return redirect("trainee:notice")
