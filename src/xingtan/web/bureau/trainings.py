"""School-run trainings for schools and offices: the list, one with its life, the county's decision, withdrawing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from xingtan.core.units import format_hours_exact
from xingtan.domains.policies import api as policies
from xingtan.domains.recognition import api as door
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import order_of, page_of
from xingtan.web.words import refusal_sentence

from .circumstances import year_wanted
from .training_shown import shown, words_of

ORDERS = {"title": "title", "school": "school__path", "first": "first_on", "hours": "planned_centi", "declared": "declared_at"}


@require_safe
@allowed(door.SEE_TRAININGS)
def trainings(request: Request) -> HttpResponseBase:
    """The branch's trainings of a year: searched, filtered, sorted; the county decides on what is declared."""
    return _list(request)


def _list(request: Request, *, error: str = "", status: int = 200) -> HttpResponseBase:
    year = year_wanted(request, request.GET.get("year", ""))
    facts: dict[str, Any] = {"year": year, "years": list(policies.years_for(request.actor)), "error": error}
    if year is None:
        return render(request, "recognition/trainings.html", facts)
    found = door.trainings_in(request.actor.scope, year, q=request.GET.get("q", "")[:60])
    counts, state = door.training_counts(found), request.GET.get("state", "")
    if state in {one.value for one in door.TrainingState}:
        found = found.filter(state=state)
    found = found.order_by(*order_of(request, ORDERS, "-declared_at"))
    if request.GET.get("export") == "xlsx":
        return _export(found, year)
    page = page_of(request, found)
    members = door.member_counts([one.pk for one in page.rows])
    facts |= {
        "states": [(one.value, door.TRAINING_STATES[one], n) for one, n in counts.items()],
        "total": sum(counts.values()),
        "state": state,
        "list": page,
        "rows": [(words_of(one), members.get(one.pk, 0)) for one in page.rows],
        "may_declare": request.actor.may(door.DECLARE),
        "may_decide": request.actor.may(door.DECIDE_TRAININGS) and any(one.state == door.TrainingState.DECLARED for one in page.rows),
        "may_claim": request.actor.may(door.DECIDE_CLAIMS),
        "may_bring": request.actor.may(door.BRING_FILE),
    }
    return render(request, "recognition/trainings.html", facts, status=status)


def _export(found: Any, year: policies.TrainingYear) -> HttpResponseBase:  # noqa: ANN401 -- a query set of the room
    headings = [_("Training"), _("School"), _("Kind"), _("First day"), _("Last day"), _("Hours planned"), _("State"), _("Reason")]
    rows = (
        (
            one.title,
            one.school,
            words_of(one)["way"],
            one.first_on,
            one.last_on,
            format_hours_exact(one.planned_centi),
            words_of(one)["state"],
            one.reason,
        )
        for one in found.iterator(chunk_size=500)
    )
    return workbook_response(f"{_('School-run training')} {year.year}", headings, rows)


@require_safe
@allowed(door.SEE_TRAININGS)
def training(request: Request, pid: str) -> HttpResponse:
    """One training: what was declared, who, its meetings and attendance, documents, every step."""
    return shown(request, door.training_in(request.actor.scope, pid))


@require_POST
@allowed(door.DECIDE_TRAININGS)
def decide(request: Request) -> HttpResponseBase:
    """The ticked trainings are approved, or returned with the reason of the form."""
    rows = door.Training.objects.within(request.actor.scope).filter(public_id__in=request.POST.getlist("ids")[:500])
    try:
        done = door.decide_trainings(
            actor=request.actor,
            ids=list(rows.values_list("pk", flat=True)),
            is_approved=request.POST.get("outcome") == "approved",
            reason=request.POST.get("reason", "")[:300],
            now=request.now,
        )
    except Refused as refused:
        return _list(request, error=refusal_sentence(refused), status=409)
    messages.success(request, ngettext("%(n)s training decided.", "%(n)s trainings decided.", done) % {"n": done})
    return redirect(f"{reverse('bureau:trainings')}?{request.GET.urlencode()}")


@require_POST
@allowed(door.DECLARE)
def withdraw(request: Request, pid: str) -> HttpResponse:
    """The training is not held."""
    found = door.training_in(request.actor.scope, pid)
    try:
        door.withdraw_training(actor=request.actor, training_id=found.pk, reason=request.POST.get("reason", "")[:300], now=request.now)
    except Refused as refused:
        return shown(request, found, error=refusal_sentence(refused), status=409)
    messages.success(request, _("The training is withdrawn."))
    return redirect("bureau:trainings")
