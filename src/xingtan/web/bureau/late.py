"""Late entries: a school asks, the office above decides, everybody between sees where it stands."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xingtan.core.units import format_hours_exact
from xingtan.domains.closing.api import CORRECT
from xingtan.domains.credits import api as credits_room
from xingtan.domains.policies import api as policies
from xingtan.domains.reviews import api as reviews
from xingtan.foundation.files.store import keep_file
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.picking import TeacherField
from xingtan.web.parts.tables import page_of
from xingtan.web.words import refusal_sentence

from .circumstances_add import TYPES
from .deciding import year_in

KIND = "late_entry"
CHIPS = {"asked": "wait", "granted": "ok", "refused": "stop", "withdrawn": "plain"}
DAY = forms.DateInput(attrs={"type": "date"})


class LateForm(forms.Form):
    """Of whom, what, how much, when, why so late, and the evidence."""

    year = forms.ChoiceField(label=gettext_lazy("Training year it belongs to"))
    teacher = TeacherField()
    component = forms.ChoiceField(label=gettext_lazy("Component"))
    title = forms.CharField(label=gettext_lazy("Activity"), max_length=200)
    hours = forms.DecimalField(label=gettext_lazy("Hours"), min_value=0, max_digits=6, decimal_places=2)
    on = forms.DateField(label=gettext_lazy("Day of the activity"), widget=DAY)
    reason_code = forms.ChoiceField(label=gettext_lazy("Why it comes late"), choices=list(reviews.LATE_REASONS.items()))
    reason = forms.CharField(label=gettext_lazy("In words"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    document = forms.FileField(label=gettext_lazy("Evidence (PDF or picture)"))

    def __init__(self, request: Request, data: Any = None, files: Any = None) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(data, files)
        self.request = request
        years = list(policies.years_for(request.actor))
        cast("TeacherField", self.fields["teacher"]).scope = request.actor.scope
        cast("forms.ChoiceField", self.fields["year"]).choices = [(str(one.year), _year_word(one)) for one in years]
        days = {"min": min((one.first_on for one in years), default=None), "max": request.today}
        self.fields["on"].widget.attrs |= {name: day.isoformat() for name, day in days.items() if day}
        components = policies.policy_of(years[0]).components if years else ()
        cast("forms.ChoiceField", self.fields["component"]).choices = [(one.code, credits_room.word_of(one.label)) for one in components]

    def clean_document(self) -> UploadedFile[Any]:
        """A PDF or a picture."""
        sent: UploadedFile[Any] = self.cleaned_data["document"]
        if str(sent.name).lower().rpartition(".")[2] not in TYPES:
            raise forms.ValidationError(_("Hand in a PDF, PNG or JPEG file."))
        return sent


def _year_word(year: policies.TrainingYear) -> str:
    closed = year.state == policies.YearState.CLOSED
    return _("%(year)s (closed: the province decides)") % {"year": year.year} if closed else str(year.year)


@require_safe
@allowed(reviews.SEE_LATE)
def late_entries(request: Request) -> HttpResponseBase:
    """The branch's requests by state, the newest first."""
    state = next((one for one in reviews.LateState if one.value == request.GET.get("state")), None)
    tally = reviews.state_tally(reviews.late_entries_in(request.actor.scope))
    rows = reviews.late_entries_in(request.actor.scope, state, request.GET.get("q", "").strip())
    if request.GET.get("export") == "xlsx":
        headings = [_("Teacher"), _("School"), _("Training year"), _("Activity"), _("Hours"), _("Reason"), _("State")]
        lines = ((*_cells(one),) for one in rows.iterator(chunk_size=500))
        return workbook_response(_("late entries"), headings, lines)
    page = page_of(request, rows)
    facts = {
        "rows": [(one, reviews.LATE_STATES[reviews.LateState(one.state)], CHIPS[one.state]) for one in page.rows],
        "page_rows": page,
        "states": [(one.value, word, tally.get(one.value, 0)) for one, word in reviews.LATE_STATES.items()],
        "state": state.value if state else "",
        "may_ask": request.actor.may(reviews.ASK_LATE),
    }
    return render(request, "bureau/late.html", facts)


def _cells(one: reviews.LateEntry) -> tuple[Any, ...]:
    state = reviews.LATE_STATES[reviews.LateState(one.state)]
    return one.teacher.name, one.school, one.training_year.year, one.title, format_hours_exact(one.centi), one.reason, state


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(reviews.ASK_LATE)
def ask(request: Request) -> HttpResponse:
    """The form; handed in, the request waits for the office above."""
    form = LateForm(request, *((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method != "POST" or not form.is_valid():
        return render(request, "bureau/late_ask.html", {"form": form}, status=200 if request.method != "POST" else 422)
    try:
        one = _asked(request, form.cleaned_data)
    except Refused as refused:
        form.add_error(None, refusal_sentence(refused))
        return render(request, "bureau/late_ask.html", {"form": form}, status=409)
    messages.success(request, _("The request waits for %(office)s.") % {"office": one.office})
    return redirect("bureau:late_entry", one.public_id)


def _asked(request: Request, said: dict[str, Any]) -> reviews.LateEntry:
    sent: UploadedFile[Any] = said["document"]
    name = str(sent.name)
    kept = keep_file(
        sent.chunks(), kind=KIND, name=name, media_type=TYPES[name.lower().rpartition(".")[2]], actor=request.actor, now=request.now
    )
    told = reviews.Told(
        said["component"],
        said["title"],
        int(said["hours"] * 100),
        said["on"],
        reviews.LateReason(said["reason_code"]),
        said["reason"],
        kept.pk,
    )
    year = year_in(request, said["year"])
    return reviews.ask_late(actor=request.actor, teacher_id=said["teacher"].pk, training_year_id=year.pk, told=told, now=request.now)


@require_safe
@allowed(reviews.SEE_LATE)
def late_entry(request: Request, pid: str) -> HttpResponse:
    """One request with its evidence, its answer, and who decides."""
    one = reviews.late_named(request.actor.scope, pid)
    waits = one.state == reviews.LateState.ASKED
    facts = {
        "it": one,
        "state": reviews.LATE_STATES[reviews.LateState(one.state)],
        "chip": CHIPS[one.state],
        "reason": reviews.LATE_REASONS[reviews.LateReason(one.reason_code)],
        "component": credits_room.component_word(policies.policy_of(one.training_year), one.component),
        "may_decide": waits and request.actor.may(reviews.DECIDE_LATE) and one.office_id == request.actor.organisation_id,
        "may_withdraw": waits and request.actor.may(reviews.ASK_LATE),
        "is_closed": one.training_year.state == policies.YearState.CLOSED,
        "correction": _correction_of(request, one),
    }
    return render(request, "bureau/late_entry.html", facts)


def _correction_of(request: Request, one: reviews.LateEntry) -> str:
    """Where the verdict of a closed year is put right for the hours that came into it; empty where there is nothing to do, or not by this role."""
    if one.training_year.state != policies.YearState.CLOSED or one.state != reviews.LateState.GRANTED:
        return ""
    return reverse("bureau:correction_new", args=[one.teacher.public_id, one.training_year.year]) if request.actor.may(CORRECT) else ""


@require_POST
@allowed(reviews.DECIDE_LATE)
def decide(request: Request, pid: str) -> HttpResponse:
    """The request is granted or refused."""
    one = reviews.late_named(request.actor.scope, pid)
    granted, answer = request.POST.get("outcome") == "granted", request.POST.get("answer", "")
    reviews.decide_late(actor=request.actor, late_id=one.pk, is_granted=granted, answer=answer, now=request.now)
    messages.success(request, _("Decided; the school is told."))
    one.refresh_from_db()
    return redirect(_correction_of(request, one) or reverse("bureau:late_entry", args=[pid]))


@require_POST
@allowed(reviews.ASK_LATE)
def withdraw(request: Request, pid: str) -> HttpResponse:
    """The school's request waits no more."""
    one = reviews.late_named(request.actor.scope, pid)
    reviews.withdraw_late(actor=request.actor, late_id=one.pk, now=request.now)
    return redirect("bureau:late_entry", pid)
