"""Results of tests: the list of a year, one entered at once, a file looked at first."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST, require_safe

from xingtan.core.policy import Policy
from xingtan.core.units import format_hours_exact
from xingtan.domains.assessment import api as door
from xingtan.domains.credits.api import word_of
from xingtan.domains.eligibility import api as people_lists
from xingtan.domains.policies import api as policies
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import order_of, page_of
from xingtan.web.words import refusal_sentence

from .circumstances import DAY, year_wanted

ORDERS = {
    "name": "teacher__name_pinyin",
    "school": "school__path",
    "test": "test",
    "score": "score_centi",
    "day": "sat_on",
    "entered": "entered_at",
}


def tests_words(policy: Policy) -> list[tuple[str, str]]:
    """The pack's tests with their names."""
    return [(one.code, word_of(one.label)) for one in door.tests_of(policy)]


def usual_test(policy: Policy) -> str:
    """The test that a form offers first: the unified exam where the pack has one."""
    return next((one.code for one in door.tests_of(policy) if one.code == "exam"), "")


class ResultForm(forms.Form):
    """One result: whose, of which test, and how it ended."""

    person = forms.CharField(
        label=gettext_lazy("Person"), max_length=80, help_text=gettext_lazy("Identity number, staff number or full name.")
    )
    test = forms.ChoiceField(label=gettext_lazy("Test"))
    state = forms.ChoiceField(label=gettext_lazy("State"), choices=[(one.value, word) for one, word in door.RESULT_STATES.items()])
    score = forms.DecimalField(label=gettext_lazy("Score"), required=False, min_value=0, max_digits=6, decimal_places=2)
    sat_on = forms.DateField(label=gettext_lazy("Day"), required=False, widget=DAY)
    sitting = forms.IntegerField(
        label=gettext_lazy("Sitting"), min_value=1, max_value=9, initial=1, help_text=gettext_lazy("1 is the first; a resit is 2.")
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason of a correction"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Needed where a result stands already."),
    )

    def __init__(self, data: Any = None, *, policy: Policy) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(data, initial={"test": usual_test(policy)})
        cast("forms.ChoiceField", self.fields["test"]).choices = tests_words(policy)

    def entered(self, teacher_id: int) -> door.Entered:
        """The result that the valid form says of the teacher."""
        said = self.cleaned_data
        score: Decimal | None = said["score"]
        centi = None if score is None else int(score * 100)
        return door.Entered(teacher_id, said["test"], door.ResultState(said["state"]), centi, said["sat_on"], said["sitting"])


class UploadForm(forms.Form):
    """A file of results, and the test of rows that name none."""

    file = forms.FileField(label=gettext_lazy("File of results (.xlsx or .csv)"))
    test = forms.ChoiceField(label=gettext_lazy("Test of rows that name none"))

    def __init__(self, data: Any = None, files: Any = None, *, policy: Policy) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(data, files, initial={"test": usual_test(policy)})
        cast("forms.ChoiceField", self.fields["test"]).choices = tests_words(policy)


@require_safe
@allowed(door.SEE_RESULTS)
def results(request: Request) -> HttpResponseBase:
    """The branch's results of a year: searched, filtered, sorted, exported; offices enter and import here."""
    return page(request)


def page(request: Request, *, form: ResultForm | None = None, upload: UploadForm | None = None, status: int = 200) -> HttpResponseBase:
    """The list with its forms, as they came back."""
    year = year_wanted(request, request.GET.get("year", ""))
    if year is None:
        return render(request, "bureau/results.html", {"year": None})
    policy = policies.policy_of(year)
    test, state = request.GET.get("test", ""), request.GET.get("state", "")
    found = door.results_in(request.actor.scope, year.pk, test=test[:40], state=state[:10], q=request.GET.get("q", ""))
    found = found.order_by(*order_of(request, ORDERS, "-entered_at"))
    if request.GET.get("export") == "xlsx":
        return _export(found, year, policy)
    listed = page_of(request, found)
    counts = door.result_counts(request.actor.scope, year.pk)
    may_enter = request.actor.may(door.ENTER_RESULTS)
    shown = {
        "year": year,
        "years": list(policies.years_for(request.actor)),
        "tests": [(code, word, sum(n for (one, _state), n in counts.items() if one == code)) for code, word in tests_words(policy)],
        "states": [(one.value, word) for one, word in door.RESULT_STATES.items()],
        "total": sum(counts.values()),
        "list": listed,
        "rows": [_words(one, policy) for one in listed.rows],
        "form": (form or ResultForm(policy=policy)) if may_enter else None,
        "upload": (upload or UploadForm(policy=policy)) if may_enter else None,
        "headings": door.RESULT_HEADINGS,
        "is_closed": year.state == policies.YearState.CLOSED,
    }
    return render(request, "bureau/results.html", shown, status=status)


def _words(one: door.ExamResult, policy: Policy) -> dict[str, Any]:
    state = door.ResultState(one.state)
    test = next((each for each in door.tests_of(policy) if each.code == one.test), None)
    is_passed = test is not None and one.score_centi is not None and one.score_centi >= test.pass_score_centi
    chip = door.RESULT_CHIPS[state]
    if state is door.ResultState.FINAL:
        word, chip = (pgettext("result", "Passed"), "ok") if is_passed else (pgettext("result", "Not passed"), "stop")
    else:
        word = str(door.RESULT_STATES[state])
    score = "" if one.score_centi is None else format_hours_exact(one.score_centi)
    return {"it": one, "test": word_of(test.label) if test else one.test, "score": score, "state": word, "chip": chip}


def _export(found: Any, year: policies.TrainingYear, policy: Policy) -> HttpResponseBase:  # noqa: ANN401 -- a query set of the room
    headings = [
        _("Name"),
        _("School"),
        _("Test"),
        _("Sitting"),
        _("Score"),
        _("State"),
        _("Day"),
        _("Reason of a correction"),
        _("Entered"),
    ]
    rows = (_row(one, policy) for one in found.iterator(chunk_size=500))
    return workbook_response(f"{_('Results')} {year}", headings, rows)


def _row(one: door.ExamResult, policy: Policy) -> Sequence[object]:
    said = _words(one, policy)
    return (one.teacher.name, one.school, said["test"], one.sitting, said["score"], said["state"], one.sat_on, one.reason, one.entered_at)


@require_POST
@allowed(door.ENTER_RESULTS)
def enter(request: Request) -> HttpResponseBase:
    """The form's result stands, or the form comes back with the reason."""
    year = year_wanted(request, request.GET.get("year", ""))
    if year is None:
        return page(request)
    form = ResultForm(request.POST, policy=policies.policy_of(year))
    if not form.is_valid():
        return page(request, form=form, status=422)
    [row] = people_lists.matched([form.cleaned_data["person"].strip()], request.actor.scope)
    if row.teacher_id is None or row.match is not people_lists.Match.FOUND:
        form.add_error("person", str(people_lists.MATCHES[row.match]))
        return page(request, form=form, status=422)
    try:
        door.enter_results(
            actor=request.actor,
            training_year_id=year.pk,
            results=[form.entered(row.teacher_id)],
            reason=form.cleaned_data["reason"],
            now=request.now,
        )
    except Refused as refused:
        form.add_error(None, refusal_sentence(refused))
        return page(request, form=form, status=409)
    messages.success(request, _("The result stands."))
    return redirect(f"{reverse('bureau:results')}?year={year.year}")


@require_safe
@allowed(door.ENTER_RESULTS)
def template(request: Request) -> HttpResponseBase:
    """An empty workbook with the headings."""
    return workbook_response(_("results-of-tests"), door.RESULT_HEADINGS, [])
