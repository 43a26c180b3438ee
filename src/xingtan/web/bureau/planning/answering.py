"""What the level above says to plans, and until when it takes them."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from xingtan.core.calendar import local_day
from xingtan.domains.plans import api as plans
from xingtan.domains.policies import api as policies
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.models import Organisation
from xingtan.web.access import allowed
from xingtan.web.bureau.answers import OfficeForm, form_page, tried
from xingtan.web.http import Request
from xingtan.web.parts.days import day_field
from xingtan.web.words import refusal_sentence

from .lines import YUAN_WRONG, LineForm
from .plan import plan_page
from .writing import acted


class AnswerForm(forms.Form):
    """What of a line is accepted; empty cells accept what was asked."""

    accepted_count = forms.IntegerField(required=False, min_value=0, max_value=plans.MOST_HEADS)
    budget_fen = forms.CharField(required=False, max_length=14, error_messages={"invalid": YUAN_WRONG})
    answer = forms.CharField(required=False, max_length=200)

    clean_budget_fen = LineForm.clean_budget_fen


@require_POST
@allowed(plans.ANSWER_PLANS)
def accept(request: Request, pid: str) -> HttpResponseBase:
    """The plan is accepted, line by line as typed."""
    held = plans.plan_in(request.actor.scope, pid)
    lines = plans.lines_of([held.pk])[held.pk]
    typed = {line: AnswerForm(request.POST, prefix=f"a{line.pk}") for line in lines}
    if wrong := [line.what for line, form in typed.items() if not form.is_valid()]:
        refusal = _("Write whole people and yuan as numbers: %(lines)s") % {"lines": "、".join(wrong)}
        return plan_page(request, held, refusal=refusal, code=422, answers=request.POST)
    answers = {line.pk: _answer(line, form) for line, form in typed.items()}
    words = request.POST.get("words", "")[:2000]

    def act() -> None:
        plans.accept(actor=request.actor, plan_ids=[held.pk], answers=answers, words=words, now=request.now)

    return acted(request, held, act, _("Accepted; the unit is told."))


def _answer(line: plans.PlanLine, form: AnswerForm) -> plans.Answer:
    told = form.cleaned_data
    heads = line.head_count if told["accepted_count"] is None else told["accepted_count"]
    fen = told["budget_fen"] if form.data.get(form.add_prefix("budget_fen"), "").strip() else line.budget_fen
    return plans.Answer(heads, fen, told["answer"])


@require_POST
@allowed(plans.ANSWER_PLANS)
def send_back(request: Request, pid: str) -> HttpResponseBase:
    """The plan is with its unit again, with what to change."""
    held = plans.plan_in(request.actor.scope, pid)
    words = request.POST.get("words", "")[:2000]
    done = _("Returned; the unit is told what to change.")
    return acted(request, held, lambda: plans.return_plan(actor=request.actor, plan_id=held.pk, words=words, now=request.now), done)


@require_POST
@allowed(plans.ANSWER_PLANS)
def reopen(request: Request, pid: str) -> HttpResponseBase:
    """The accepted plan may be changed by its unit again."""
    held = plans.plan_in(request.actor.scope, pid)
    words = request.POST.get("words", "")[:2000]
    done = _("Opened again; the unit is told why.")
    return acted(request, held, lambda: plans.reopen(actor=request.actor, plan_id=held.pk, words=words, now=request.now), done)


@require_POST
@allowed(plans.ANSWER_PLANS)
def accept_many(request: Request) -> HttpResponseBase:
    """The ticked plans are accepted as asked, or none of them."""
    pids = request.POST.getlist("ids")[:500]
    ids = list(plans.plans_in(request.actor.scope).filter(public_id__in=pids).values_list("pk", flat=True))
    back = request.POST.get("back", "")
    try:
        done = plans.accept(actor=request.actor, plan_ids=ids, answers={}, now=request.now)
    except Refused as refused:
        messages.error(request, refusal_sentence(refused))
    else:
        messages.success(request, ngettext("%(n)s plan accepted.", "%(n)s plans accepted.", done) % {"n": done})
    return redirect(back if back.startswith("/bureau/plans/") else "bureau:plans")


class CallForm(OfficeForm):
    """Whose plans are asked for, and until when."""

    training_year_id = forms.TypedChoiceField(label=gettext_lazy("Training year"), coerce=int)
    term = forms.ChoiceField(label=gettext_lazy("Plan of"), choices=list(plans.TERM_LABELS.items()))
    level = forms.ChoiceField(label=gettext_lazy("Whose plans"), choices=list(plans.LEVEL_LABELS.items()))
    unit_id = forms.TypedChoiceField(
        label=gettext_lazy("Only this unit"), coerce=int, empty_value=None, required=False,
        help_text=gettext_lazy("A longer day for one unit; say why below."),
    )  # fmt: skip
    due_on = day_field(gettext_lazy("Last day"))
    words = forms.CharField(
        label=gettext_lazy("What you say to it"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: object = None, *, request: Request) -> None:
        super().__init__(data, initial={"level": "school"})  # type: ignore[arg-type]  # -- what Django calls data
        years = policies.open_years_for(request.actor)
        self.fields["training_year_id"].choices = [(year.pk, str(year)) for year in years]  # type: ignore[attr-defined]  # -- a choice field
        own = _units(request)
        self.fields["unit_id"].choices = [("", "–"), *((unit.pk, str(unit)) for unit in own)]  # type: ignore[attr-defined]  # -- a choice field
        self.fields["due_on"].widget.attrs["min"] = local_day(request.now).isoformat()


def _units(request: Request) -> list[Organisation]:
    office = Organisation.everywhere.filter(pk=request.actor.organisation_id or 0).first()
    return plans.units_below(office) if office else []


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(plans.ANSWER_PLANS)
def calls(request: Request) -> HttpResponseBase:
    """Until when plans are taken; a new day, for a level or for one unit."""
    form = CallForm(request.POST or None, request=request)
    if form.is_bound and form.is_valid() and tried(form, lambda: _call(request, dict(form.cleaned_data))) is not None:
        messages.success(request, _("The units see the day on their plans."))
        return redirect("bureau:plan_calls")
    years = [
        (year, [_called(one) for one in plans.calls_of(request.actor.organisation_id, year.pk)])
        for year in policies.years_for(request.actor)[:3]
    ]
    facts = {"years": years}
    return (
        form_page(request, "planning/calls.html", form, facts)
        if form.is_bound
        else render(request, "planning/calls.html", facts | {"form": form})
    )


def _call(request: Request, told: dict[str, object]) -> plans.PlanCall:
    unit_id = told.pop("unit_id")
    call = plans.Call(**told)  # type: ignore[arg-type]  # -- the form's fields are its names
    if unit_id:
        return plans.extend(actor=request.actor, unit_id=int(str(unit_id)), call=call, now=request.now)
    return plans.call_for_plans(actor=request.actor, call=call, now=request.now)


def _called(one: plans.PlanCall) -> tuple[plans.PlanCall, object, object]:
    return one, plans.TERM_LABELS[one.term], one.unit or plans.LEVEL_LABELS[one.level]
