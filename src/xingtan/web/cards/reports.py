"""Names go up from the school, counts from the county; the province answers with a batch."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xingtan.core.calendar import WindowKind
from xingtan.core.units import HoursRefused, format_hours, parse_hours
from xingtan.domains.cards import api as cards
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotInScope
from xingtan.web.access import allowed
from xingtan.web.bureau.answers import OfficeForm, form_page, tried
from xingtan.web.http import Request
from xingtan.web.parts.days import bound_days, day_field
from xingtan.web.parts.tables import page_of

from .tabs import done, page, tabs_for, year_of

HERE = "bureau:card_reports"


@require_safe
@allowed(cards.SEE_CARDS)
def reports(request: Request) -> HttpResponse:
    """A school sees whom to report; a county its schools' reports; the province its counties' counts."""
    year, scope = year_of(request), request.actor.scope
    is_school = request.actor.role in (Role.SCHOOL_CLERK, Role.SCHOOL_REVIEWER)
    is_county = request.actor.role in (Role.PROVINCE_OFFICER, Role.CITY_OFFICER, Role.SUPERVISOR)
    found = cards.reports_in(scope, year.pk, is_county=is_county)
    if text := request.GET.get("q", "").strip():
        found = found.filter(organisation__name__contains=text)
    listed = page_of(request, found)
    facts: dict[str, Any] = {"year": year, "list": listed, "rows": [_shown(one) for one in listed.rows], "is_school": is_school}
    facts |= {"may_count": request.actor.may(cards.COUNT_NAMES), "may_issue": request.actor.may(cards.ISSUE_BATCHES) and is_county}
    if request.actor.may(cards.REPORT_NAMES):
        facts["people"] = _people(request, year.pk)
    return page(request, "reports", HERE, facts)


def _people(request: Request, year_id: int) -> list[tuple[teachers.Teacher, object, object, bool]]:
    """Whoever may be reported, and whether the open report names them already: nobody named yet means everybody is proposed."""
    found = list(cards.unnamed_in(request.actor.scope, year_id).order_by("name_pinyin", "pk"))
    named = set(cards.named_in(request.actor.scope, year_id).values_list("pk", flat=True))
    return [(one, teachers.STAGES[one.stage], teachers.SUBJECTS[one.subject], not named or one.pk in named) for one in found]


def _shown(one: cards.CardReport) -> dict[str, Any]:
    state = cards.ReportState(one.state)
    return {"it": one, "word": cards.REPORTS[state], "chip": cards.REPORT_CHIPS[state], "waits": state is cards.ReportState.REPORTED}


@require_POST
@allowed(cards.REPORT_NAMES)
def names(request: Request) -> HttpResponse:
    """The ticked teachers are the school's open report."""
    year, wanted = year_of(request), set(request.POST.getlist("ids"))
    ids = list(teachers.teachers_in(request.actor.scope).filter(public_id__among=list(wanted)).values_list("pk", flat=True))
    if len(ids) != len(wanted):
        raise NotInScope
    return done(
        request,
        lambda: cards.report_names(actor=request.actor, training_year_id=year.pk, teacher_ids=ids, now=request.now),
        _("The names are with the county."),
        HERE,
    )


@require_POST
@allowed(cards.COUNT_NAMES)
def count(request: Request) -> HttpResponse:
    """The ticked schools' names are counted and the count is with the province."""
    year = year_of(request)
    ids = cards.report_ids(request.actor.scope, request.POST.getlist("ids"))
    return done(
        request,
        lambda: cards.count_names(actor=request.actor, training_year_id=year.pk, report_ids=ids, now=request.now),
        _("The count is with the province."),
        HERE,
    )


@require_POST
@allowed(cards.RETURN_REPORTS)
def send_back(request: Request) -> HttpResponse:
    """The ticked reports are back with who made them, with the reason."""
    ids = cards.report_ids(request.actor.scope, request.POST.getlist("ids"))
    reason = request.POST.get("reason", "")[:200]
    return done(
        request, lambda: cards.return_report(actor=request.actor, report_ids=ids, reason=reason, now=request.now), _("Sent back."), HERE
    )


class IssueForm(OfficeForm):
    """How many spare cards, what each is good for, until when."""

    spare = forms.IntegerField(label=gettext_lazy("Spare cards"), min_value=0, max_value=5000, initial=0)
    hours = forms.CharField(label=gettext_lazy("Hours of each card"), max_length=12)
    expires_on = day_field(gettext_lazy("Last day of the cards"))

    def clean_hours(self) -> int:
        """Hundredths of an hour, more than none."""
        try:
            centi = parse_hours(self.cleaned_data["hours"])
        except HoursRefused:
            centi = 0
        if not centi:
            raise forms.ValidationError(_("Write hours above 0, for example 72 or 72.5."))
        return centi


@require_http_methods(["GET", "POST"])
@allowed(cards.ISSUE_BATCHES)
def issue(request: Request, pid: str) -> HttpResponse:
    """The county's count is answered with a batch of numbered cards."""
    [report_id] = cards.report_ids(request.actor.scope, [pid])
    report = cards.CardReport.objects.within(request.actor.scope).select_related("organisation", "training_year__pack").get(pk=report_id)
    rules = enrolment.year_rules(report.training_year)
    last = rules.windows[WindowKind.STUDY].closes_on
    hours = sum(rules.required(rules.default_item(first_year=False), first_year=False).values())
    form = IssueForm(request.POST or None, initial={"spare": report.count // 50 + 1, "hours": format_hours(hours), "expires_on": last})
    bound_days(form, ("expires_on",), request.today, last.replace(year=last.year + 1))
    if form.is_bound and form.is_valid() and (made := tried(form, lambda: _issue(request, report.pk, form.cleaned_data))) is not None:
        messages.success(request, _("%(count)s cards are made.") % {"count": made.count})
        return redirect("bureau:card_batch", made.public_id)
    return form_page(request, "cards/issue.html", form, {"report": report, "year": report.training_year, "tabs": tabs_for(request, HERE)})


def _issue(request: Request, report_id: int, told: dict[str, Any]) -> cards.CardBatch:
    wanted = cards.Wanted(told["spare"], told["hours"], told["expires_on"])
    return cards.issue_batch(actor=request.actor, report_id=report_id, wanted=wanted, now=request.now)
