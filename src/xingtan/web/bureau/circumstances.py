"""Circumstances for offices and schools: the list, one with its steps, deciding, ending, withdrawing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from xingtan.core.policy import Policy
from xingtan.core.units import format_hours_exact
from xingtan.domains.circumstances import api as door
from xingtan.domains.policies import api as policies
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import order_of, page_of
from xingtan.web.words import refusal_sentence

ORDERS = {
    "name": "teacher__name_pinyin",
    "school": "school__path",
    "what": "name",
    "from": "from_on",
    "to": "to_on",
    "recorded": "recorded_at",
}
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class EndForm(forms.Form):
    """The last day, and why it ends earlier."""

    last_on = forms.DateField(label=gettext_lazy("Last day"), widget=DAY)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class WithdrawForm(forms.Form):
    """Why it counts no more."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


def year_wanted(request: Request, wanted: str) -> policies.TrainingYear | None:
    """The training year that the address names, else the latest open one; None while no year was opened."""
    years = list(policies.years_for(request.actor))
    found = next((one for one in years if str(one.year) == wanted), None)
    if wanted and found is None:
        raise NotInScope
    return found or next((one for one in years if one.state == policies.YearState.OPEN), years[0] if years else None)


def grouped(policy: Policy) -> list[tuple[str, list[tuple[str, str]]]]:
    """What the pack lets an office record, under its headings, as a list to choose from."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in door.choices(policy):
        found.setdefault(door.section_word(one.name), []).append((one.code, door.circumstance_word(policy, one.name, one.value)))
    return list(found.items())


@require_safe
@allowed(door.SEE_CIRCUMSTANCES)
def circumstances(request: Request) -> HttpResponseBase:
    """The branch's circumstances of a year: searched, filtered, sorted; the office decides on proposals here."""
    return _page(request)


def _page(request: Request, *, error: str = "", status: int = 200) -> HttpResponseBase:
    year = year_wanted(request, request.GET.get("year", ""))
    wanted = {name: request.GET.get(name, "")[:90] for name in ("what", "q")}
    state = request.GET.get("state", "")
    found = door.circumstances_in(request.actor.scope, year=year, **wanted)
    counts = door.state_counts(found)
    if state in {one.value for one in door.State}:
        found = found.filter(state=state)
    found = found.order_by(*order_of(request, ORDERS, "-recorded_at"))
    if request.GET.get("export") == "xlsx":
        return _export(found, year)
    page = page_of(request, found)
    shown = {
        "year": year,
        "years": list(policies.years_for(request.actor)),
        "groups": grouped(policies.policy_of(year)) if year else [],
        "states": [(one.value, door.STATES[one], n) for one, n in counts.items()],
        "total": sum(counts.values()),
        "state": state,
        "list": page,
        "rows": [words_of(one) for one in page.rows],
        "may_record": request.actor.may(door.RECORD),
        "may_grant": request.actor.may(door.GRANT) and any(one.state == door.State.PROPOSED for one in page.rows),
        "error": error,
    }
    return render(request, "bureau/circumstances.html", shown, status=status)


def words_of(one: door.Circumstance) -> dict[str, Any]:
    """A circumstance in words."""
    state = door.State(one.state)
    return {
        "it": one,
        "what": door.circumstance_word(policies.policy_of(one.training_year), one.name, one.value),
        "group": door.section_word(one.name),
        "state": door.STATES[state],
        "chip": door.STATE_CHIPS[state],
        "waits": state is door.State.PROPOSED,
    }


def _export(found: Any, year: policies.TrainingYear | None) -> HttpResponseBase:  # noqa: ANN401 -- a query set of the room
    headings = [
        _("Name"), _("School"), _("Circumstance"), _("First day"), _("Last day"), _("Hours"), _("Ground"), _("State"), _("Reason"), _("Recorded"),
    ]  # fmt: skip
    return workbook_response(f"{_('Circumstances')} {year or ''}".strip(), headings, (_row(one) for one in found.iterator(chunk_size=500)))


def _row(one: door.Circumstance) -> Sequence[object]:
    said = words_of(one)
    hours = format_hours_exact(one.hours_centi) if one.hours_centi else ""
    return (
        one.teacher.name,
        one.school,
        said["what"],
        one.from_on,
        one.to_on,
        hours,
        one.ground,
        said["state"],
        one.reason,
        one.recorded_at,
    )


@require_safe
@allowed(door.SEE_CIRCUMSTANCES)
def circumstance(request: Request, pid: str) -> HttpResponse:
    """One circumstance with every step of its life."""
    return _one(request, pid)


def _one(request: Request, pid: str, *, status: int = 200, **bound: forms.Form) -> HttpResponse:
    found = door.circumstance_in(request.actor.scope, pid)
    state = door.State(found.state)
    is_office = request.actor.may(door.GRANT)
    may_withdraw = state is door.State.PROPOSED or (is_office and state is door.State.GRANTED)
    shown = {
        **words_of(found),
        "steps": [_step(one) for one in door.steps_of(found)],
        "end_form": bound.get("end_form") or EndForm() if is_office and state is door.State.GRANTED else None,
        "withdraw_form": bound.get("withdraw_form") or WithdrawForm() if may_withdraw and request.actor.may(door.RECORD) else None,
        "may_decide": is_office and state is door.State.PROPOSED,
        "is_closed": found.training_year.state == policies.YearState.CLOSED,
    }
    return render(request, "bureau/circumstance.html", shown, status=status)


def _step(view: Any) -> dict[str, str | Promise | Any]:  # noqa: ANN401 -- a step of the room
    refused = (door.Act.REFUSED, door.Act.WITHDRAWN)
    return {"word": door.ACTS[view.act], "it": view.step, "person": view.person, "is_refused": view.act in refused}


@require_POST
@allowed(door.GRANT)
def decide(request: Request) -> HttpResponseBase:
    """The ticked proposals are granted, or refused with the reason of the form."""
    pids = request.POST.getlist("ids")
    rows = door.Circumstance.objects.within(request.actor.scope).filter(public_id__in=pids[:500])
    is_granted = request.POST.get("outcome") == "granted"
    try:
        done = door.decide(
            actor=request.actor,
            ids=list(rows.values_list("pk", flat=True)),
            is_granted=is_granted,
            reason=request.POST.get("reason", "")[:300],
            now=request.now,
        )
    except Refused as refused:
        return _page(request, error=refusal_sentence(refused), status=409)
    told = ngettext("%(n)s proposal decided.", "%(n)s proposals decided.", done) % {"n": done}
    messages.success(request, told)
    return redirect(f"{reverse('bureau:circumstances')}?{request.GET.urlencode()}")


@require_POST
@allowed(door.GRANT)
def end(request: Request, pid: str) -> HttpResponse:
    """The granted circumstance ends on the form's day."""
    found = door.circumstance_in(request.actor.scope, pid)
    form = EndForm(request.POST)
    if not form.is_valid():
        return _one(request, pid, status=422, end_form=form)
    try:
        door.end_early(actor=request.actor, circumstance_id=found.pk, now=request.now, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, refusal_sentence(refused))
        return _one(request, pid, status=409, end_form=form)
    messages.success(request, _("It ends earlier now."))
    return redirect("bureau:circumstance", pid)


@require_POST
@allowed(door.RECORD)
def withdraw(request: Request, pid: str) -> HttpResponse:
    """The circumstance counts no more."""
    found = door.circumstance_in(request.actor.scope, pid)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _one(request, pid, status=422, withdraw_form=form)
    try:
        door.withdraw(actor=request.actor, ids=[found.pk], now=request.now, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, refusal_sentence(refused))
        return _one(request, pid, status=409, withdraw_form=form)
    messages.success(request, _("Withdrawn; it stays in the list and counts no more."))
    return redirect("bureau:circumstance", pid)
