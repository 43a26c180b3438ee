"""Seats granted at the top, given back and taken back, and the trail of a quota."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.quotas import api as quotas
from xingtan.foundation.refusal import NotInScope
from xingtan.web.access import allowed
from xingtan.web.bureau.answers import REFUSED, UNREADABLE, tried
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import page_of

from .board import found_project, page
from .forms import GiveBackForm, grant_forms
from .sharing import own_quota
from .shown import Figures, bar, category_words


@require_POST
@allowed(quotas.GRANT)
def grant(request: Request, pid: str) -> HttpResponseBase:
    """The project has so many seats of the category."""
    project = found_project(request, pid)
    own = quotas.quotas_in(project.organiser.scope, project.pk).filter(organisation=project.organiser)
    forms = grant_forms(project, list(own), request.POST)
    form = next((one for one in forms if one.is_bound), None)
    if form is None:
        raise NotInScope
    if form.is_valid():
        act = partial(quotas.grant, actor=request.actor, project_id=project.pk, now=request.now)
        if tried(form, lambda: act(category=form.cleaned_data["category"], seats=form.cleaned_data["seats"])) is not None:
            messages.success(request, _("The number of seats is kept."))
            return redirect("bureau:quota_board", pid)
    return page(request, pid, forms=forms, status=REFUSED if form.refusal else UNREADABLE)


@require_safe
@allowed(quotas.SEE_QUOTAS)
def trail(request: Request, pid: str) -> HttpResponseBase:
    """Every step of a quota with the figures after it; its own office may give free seats back here."""
    return _trail(request, pid, GiveBackForm())


def _trail(request: Request, pid: str, form: GiveBackForm, status: int = 200) -> HttpResponseBase:
    quota = quotas.quota_in(request.actor.scope, pid)
    moves = quotas.moves_of(quota.pk)
    if request.GET.get("export") == "xlsx":
        return _workbook(quota)
    listed = page_of(request, moves)
    sums = Figures(quota.held, quota.passed_down, quota.given)
    is_own = quota.organisation_id == request.actor.organisation_id
    facts = {
        "quota": quota,
        "project": quota.project,
        "category": category_words(quota.project).get(quota.category, quota.category),
        "sums": sums,
        "bar": bar(sums, quota.held),
        "rows": [(move, quotas.ACT_LABELS[move.act], quotas.WAY_LABELS[move.way]) for move in listed.rows],
        "page_rows": listed,
        "form": form,
        "may_give_back": is_own and quota.parent_id is not None and quota.free > 0 and request.actor.may(quotas.GIVE_BACK),
    }
    return render(request, "bureau/quotas/trail.html", facts, status=status)


@require_POST
@allowed(quotas.GIVE_BACK)
def give_back(request: Request, pid: str) -> HttpResponseBase:
    """So many free seats of one's own quota are free again in the office they came from."""
    quota = own_quota(request, pid)
    form = GiveBackForm(request.POST)
    if not form.is_valid():
        return _trail(request, pid, form, UNREADABLE)
    count, reason = form.cleaned_data["seats"], form.cleaned_data["reason"]
    if tried(form, lambda: quotas.give_back(actor=request.actor, seats={quota.pk: count}, reason=reason, now=request.now)) is None:
        return _trail(request, pid, form, REFUSED)
    messages.success(request, ngettext("%(n)s seat went back.", "%(n)s seats went back.", count) % {"n": count})
    return redirect("bureau:quota", pid)


@require_POST
@allowed(quotas.GRANT)
def take_back(request: Request, pid: str) -> HttpResponse:
    """Free seats below one's own quota whose last day is over are one's own again."""
    quota = own_quota(request, pid)
    count = quotas.take_back_overdue(actor=request.actor, quota_id=quota.pk, now=request.now)
    messages.success(request, ngettext("%(n)s seat came back.", "%(n)s seats came back.", count) % {"n": count})
    return redirect("bureau:quota_board", quota.project.public_id)


def _workbook(quota: quotas.Quota) -> HttpResponseBase:
    headings = [_("When"), _("What"), _("Seats"), _("From or to"), _("How"), _("Held"), _("Passed down"), _("Note in the trail")]
    lines = (
        (
            move.at, quotas.ACT_LABELS[move.act], move.seats, move.other.organisation if move.other else "", quotas.WAY_LABELS[move.way],
            move.held, move.passed_down, move.reason,
        )
        for move in quotas.moves_of(quota.pk)
    )  # fmt: skip
    return workbook_response(f"{_('Trail of seats')} {quota.organisation}", headings, lines)
