"""The public notice of a year's verdicts as offices see it: posting, who signed, the list to print."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xingtan.core.verdicts import Verdict
from xingtan.domains.certificates import api as certificates
from xingtan.domains.closing import api as closing_room
from xingtan.domains.determination import api as room
from xingtan.domains.policies import api as policies
from xingtan.foundation.jobs.run import start_job
from xingtan.foundation.notices import api as notices
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Organisation
from xingtan.foundation.scope.tree import organisation_in
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import page_of
from xingtan.web.words import refusal_sentence

from .closing_board import address
from .deciding import year_in


class DaysForm(forms.Form):
    """The days of a notice."""

    opens_on = forms.DateField(label=gettext_lazy("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    closes_on = forms.DateField(label=gettext_lazy("Last day"), widget=forms.DateInput(attrs={"type": "date"}))
    objections_until = forms.DateField(label=gettext_lazy("Objections until"), widget=forms.DateInput(attrs={"type": "date"}))
    answer_days = forms.IntegerField(label=gettext_lazy("Days for an answer"), min_value=1, max_value=60)


class WithdrawForm(forms.Form):
    """Why a notice is withdrawn."""

    reason = forms.TypedChoiceField(
        label=gettext_lazy("Reason"), choices=list(notices.WITHDRAWAL_REASONS.items()), coerce=notices.WithdrawalReason
    )


@require_safe
@allowed(room.SEE_DETERMINATIONS)
def notice(request: Request) -> HttpResponseBase:
    """The year's notice: its days, who signed and who has not; before it is posted, the form to post it."""
    return _page(request, year_in(request, request.GET.get("year", "")))


def _page(
    request: Request, year: policies.TrainingYear, *, form: DaysForm | None = None, sentence: str = "", status: int = 200
) -> HttpResponseBase:
    found = closing_room.notice_of(year)
    may_publish = request.actor.may(closing_room.PUBLISH_NOTICE) and year.state == policies.YearState.OPEN
    shown = {
        "year": year,
        "notice": found,
        "years": list(policies.years_for(request.actor)),
        "trial": room.trials_for(year.organisation.scope, year.pk).first(),
        "earlier": [one for one in notices.notices_about(closing_room.NOTICE, year.pk) if one.state == notices.NoticeState.WITHDRAWN],
        "form": form or DaysForm(initial=closing_room.proposed_days(year, request.today)._asdict()),
        "withdraw_form": WithdrawForm(),
        "may_publish": may_publish,
        "sentence": sentence,
        "unsettled": sum(room.verdict_counts(request.actor.scope, year.pk)[one] for one in room.UNSETTLED) if not found else 0,
        **(_signing(request, found) if found else {}),
    }
    if found and request.GET.get("export") == "xlsx":
        return _workbook(request, found)
    return render(request, "bureau/notice.html", shown, status=status)


def _signing(request: Request, found: notices.Notice) -> dict[str, object]:
    stage = found.stage(request.today)
    rows = notices.signatures(found, request.actor.scope)
    if request.GET.get("signed") == "no":
        rows = rows.filter(signed_at=None)
    if q := request.GET.get("q", "").strip():
        rows = rows.filter(organisation__name__contains=q)
    return {
        "stage": (notices.STAGE_CHIPS[stage], notices.STAGES[stage]),
        "signed": notices.signed(found, request.actor.scope),
        "units": closing_room.units_of(found, request.actor.scope),
        "readers": notices.reader_count(found),
        "page_rows": page_of(request, rows.select_related("organisation__parent")),
    }


def _workbook(request: Request, found: notices.Notice) -> HttpResponseBase:
    rows = notices.signatures(found, request.actor.scope).select_related("organisation__parent")
    lines = ((row.organisation.parent, row.organisation, row.signed_at) for row in rows.iterator(chunk_size=1000))
    return workbook_response(_("Signatures"), [_("Office above"), _("School"), _("Signed")], lines)


@require_POST
@allowed(closing_room.PUBLISH_NOTICE)
def publish(request: Request) -> HttpResponseBase:
    """The last trial is posted for these days, and everyone it names is being told."""
    year, form = year_in(request, request.POST.get("year", "")), DaysForm(request.POST)
    if not form.is_valid():
        return _page(request, year, form=form, status=422)
    try:
        made = closing_room.publish_notice(
            actor=request.actor, training_year_id=year.pk, days=notices.Days(**form.cleaned_data), now=request.now
        )
    except Refused as refused:
        return _page(request, year, form=form, sentence=refusal_sentence(refused), status=409)
    start_job(actor=request.actor, kind=closing_room.TELL_JOB, params={"notice": made.pk}, now=request.now)
    messages.success(request, _("The verdicts are posted. Schools and teachers are being told."))
    return redirect(address("bureau:notice", year))


@require_POST
@allowed(closing_room.PUBLISH_NOTICE)
def withdraw(request: Request) -> HttpResponseBase:
    """The year's notice stands no more."""
    year, form = year_in(request, request.POST.get("year", "")), WithdrawForm(request.POST)
    if not form.is_valid():
        return _page(request, year, status=422)
    closing_room.withdraw_notice(actor=request.actor, training_year_id=year.pk, reason=form.cleaned_data["reason"], now=request.now)
    messages.success(request, _("The notice is withdrawn."))
    return redirect(address("bureau:notice", year))


@require_safe
@allowed(room.SEE_DETERMINATIONS)
def notice_list(request: Request, pid: str) -> HttpResponse:
    """A school's list of the notice, to print: masked names and verdicts."""
    school = organisation_in(request.actor.scope, pid)
    return printed_list(request, year_in(request, request.GET.get("year", "")), school)


def printed_list(request: Request, year: policies.TrainingYear, school: Organisation) -> HttpResponse:
    """The list of one school on A4; `NotInScope` while nothing is posted."""
    found = closing_room.notice_of(year)
    if found is None:
        raise NotInScope
    rows = [
        (place, certificates.masked_name(row.teacher.name), room.VERDICTS[Verdict(row.verdict)])
        for place, row in enumerate(closing_room.shown_people(found, school.scope), start=1)
    ]
    half = -(-len(rows) // 2)
    counts = [(room.VERDICTS[line.verdict], line.people) for line in closing_room.shown_counts(found, school.scope)]
    shown = {"year": year, "notice": found, "school": school, "halves": [rows[:half], rows[half:]], "counts": counts, "total": len(rows)}
    return render(request, "bureau/notice_list.html", shown)
