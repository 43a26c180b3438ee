"""Entering hours: whoever ran the training enters what is due."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from xingtan.core.units import format_hours_exact
from xingtan.domains.credits import api as credits_room
from xingtan.domains.learning import api as learning
from xingtan.domains.policies import api as policies
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import page_of
from xingtan.web.trainee.record import chosen_year


@require_safe
@allowed(credits_room.ENTER)
def enter(request: Request) -> HttpResponseBase:
    """Who has hours due from the organisation's own training, activity by activity."""
    years = list(policies.years_for(request.actor))
    year = chosen_year(years, request.GET.get("year", ""))
    if year is None:
        return render(request, "provider/enter.html", {"year": None, "years": years})
    due = _due(request, year)
    if request.GET.get("export") == "xlsx":
        return _workbook(due, year)
    page = {
        "year": year,
        "years": years,
        "due": page_of(request, due),
        "total_centi": sum(one.recognised for one in due),
        "components": {one.code: credits_room.word_of(one.label) for one in policies.policy_of(year).components},
        "q": request.GET.get("q", ""),
    }
    return render(request, "provider/enter.html", page)


def _due(request: Request, year: policies.TrainingYear) -> list[credits_room.Due]:
    if request.actor.organisation_id is None:
        raise NotInScope
    wanted = request.GET.get("q", "") or request.POST.get("q", "")
    learning.tell_learned(request.now)  # what was studied up to this second
    found = credits_room.enterable(request.actor.organisation_id, year)
    return [
        one for one in found if wanted in one.evidence.teacher.name or wanted in str(one.evidence.school) or wanted in one.evidence.title
    ]


def _workbook(due: list[credits_room.Due], year: policies.TrainingYear) -> FileResponse:
    headings = [_("Teacher"), _("School"), _("Activity"), _("Date"), _("Learned"), _("To be entered")]
    rows = (
        (
            one.evidence.teacher.name,
            one.evidence.school,
            one.evidence.title,
            one.evidence.happened_on,
            format_hours_exact(one.learned),
            format_hours_exact(one.recognised),
        )
        for one in due
    )
    return workbook_response(f"{year.year}-{_('hours due')}", headings, rows)


@require_POST
@allowed(credits_room.ENTER)
def enter_now(request: Request) -> HttpResponse:
    """The ticked hours, or all that are due, stand in the ledger."""
    years = list(policies.years_for(request.actor))
    year = chosen_year(years, request.POST.get("year", ""))
    if year is None:
        raise NotInScope
    due = _due(request, year)
    ticked = set(request.POST.getlist("ids"))
    wanted = [one.evidence.pk for one in due if "all" in request.POST or one.evidence.public_id in ticked]
    if not wanted and not ticked:
        raise Refused("nothing_ticked")
    made = credits_room.enter(actor=request.actor, training_year_id=year.pk, evidence_ids=wanted, now=request.now)
    messages.success(request, ngettext("%(n)s entry of hours was made.", "%(n)s entries of hours were made.", len(made)) % {"n": len(made)})
    return redirect(f"{reverse('provider:enter')}?year={year.year}")
