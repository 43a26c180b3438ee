"""Sharing the seats of one's own quota out: by hand, proposed by a rule, or read from a workbook; the same form keeps all three."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from xingtan.domains.plans import api as plans
from xingtan.domains.quotas import api as quotas
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Organisation
from xingtan.web.access import allowed
from xingtan.web.bureau.answers import REFUSED, UNREADABLE
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.words import refusal_sentence

from .forms import ShareForm, WorkbookForm
from .shown import category_words
from .workbook import read_targets


def own_quota(request: Request, pid: str) -> quotas.Quota:
    """The quota of one's own office with this address; `NotInScope` for any other."""
    found = quotas.quota_in(request.actor.scope, pid)
    if found.organisation_id != request.actor.organisation_id:
        raise NotInScope
    return found


@require_http_methods(["GET", "POST"])
@allowed(quotas.PASS_DOWN)
def share(request: Request, pid: str) -> HttpResponseBase:
    """The table of those below with what each holds and a field for what it shall hold; `rule` fills the fields, `export` gives a workbook."""
    quota = own_quota(request, pid)
    offices = quotas.offices_below(quota.organisation)
    below = {one.organisation_id: one for one in quotas.below([quota.pk])}
    held = {pk: one.held for pk, one in below.items()}
    if request.GET.get("export") == "xlsx":
        return _template(quota, offices, held)
    if request.method == "POST":
        form = ShareForm(request.POST, offices=offices, seats=held, way=quotas.Way.BY_HAND, today=request.today)
        return _kept(request, quota, form)
    rule, total = request.GET.get("rule", ""), _total(request, quota)
    if rule not in list(quotas.Rule):
        return _page(request, quota, ShareForm(offices=offices, seats=held, way=quotas.Way.BY_HAND, today=request.today))
    weights = quotas.weights_of(quota, quotas.Rule(rule), _planned)
    made = {one.organisation.pk: one for one in quotas.proposals(quota, below, weights, total)}
    seats = {pk: one.share.seats for pk, one in made.items()}
    form = ShareForm(offices=offices, seats=seats, way=quotas.Way.BY_RULE, today=request.today)
    return _page(request, quota, form, made=made)


def _total(request: Request, quota: quotas.Quota) -> int:
    """How many seats are shared by rule: those the address names, else all that no teacher of the office itself sits on."""
    wanted, most = request.GET.get("total", ""), quota.held - quota.given
    return min(int(wanted), most) if wanted.isdecimal() and len(wanted) < 8 else most


def _planned(quota: quotas.Quota) -> dict[int, int]:
    """How many heads the plans below ask for in this project, by the office directly below."""
    asked = {key: heads for key, heads in plans.head_counts(quota.project_id).items() if quota.category in (key[1], key[1] or plans.PEOPLE)}
    paths = dict(Organisation.everywhere.filter(pk__in={key[0] for key in asked}).values_list("pk", "path"))
    found: dict[int, int] = {}
    for office in quotas.offices_below(quota.organisation):
        found[office.pk] = sum(heads for (pk, _category), heads in asked.items() if office.scope.holds(paths.get(pk, "")))
    return found


def _kept(request: Request, quota: quotas.Quota, form: ShareForm) -> HttpResponseBase:
    if not form.is_valid():
        return _page(request, quota, form, status=UNREADABLE)
    data = form.cleaned_data
    try:
        changed = quotas.share_out(
            actor=request.actor, quota_id=quota.pk, targets=form.targets(), way=quotas.Way(data["way"]), return_by=data["return_by"],
            reason=data["reason"], now=request.now,
        )  # fmt: skip
    except Refused as refused:
        _beside(form, refused)
        return _page(request, quota, form, status=REFUSED)
    told = ngettext("%(n)s office holds another number of seats now.", "%(n)s offices hold another number of seats now.", changed)
    messages.success(request, told % {"n": changed})
    return redirect("bureau:quota_board", quota.project.public_id)


def _beside(form: ShareForm, refused: Refused) -> None:
    """Every fault stands beside its field; the one about the sum, or about everything, above the form."""
    rows: Mapping[int, tuple[str, Mapping[str, Any]]] = refused.params.get("rows") or {0: (refused.code, refused.params)}  # type: ignore[assignment]  # -- by `share_out`
    names = {office.pk: f"n_{office.public_id}" for office in form.offices}
    for pk, (code, params) in rows.items():
        field = {"quota_return_past": "return_by"}.get(code, names.get(pk))
        form.add_error(field, refusal_sentence(Refused(code, **params)))
    form.refusal = refused


@require_POST
@allowed(quotas.PASS_DOWN)
def workbook(request: Request, pid: str) -> HttpResponseBase:
    """The workbook's numbers stand in the form, nothing is kept yet; rows that fit no office are told with their number."""
    quota = own_quota(request, pid)
    offices = quotas.offices_below(quota.organisation)
    held = {one.organisation_id: one.held for one in quotas.below([quota.pk])}
    upload = WorkbookForm(request.POST, request.FILES)
    usual = ShareForm(offices=offices, seats=held, way=quotas.Way.BY_HAND, today=request.today)
    if not upload.is_valid():
        return _page(request, quota, usual, upload=upload, status=UNREADABLE)
    try:
        read = read_targets(upload.cleaned_data["file"], offices)
    except Refused as refused:
        upload.add_error("file", refusal_sentence(refused))
        return _page(request, quota, usual, upload=upload, status=UNREADABLE)
    form = ShareForm(offices=offices, seats=held | read.seats, way=quotas.Way.BY_WORKBOOK, today=request.today)
    return _page(request, quota, form, upload=upload, faults=read.faults, is_read=True)


def _page(request: Request, quota: quotas.Quota, form: ShareForm, *, made: Any = None, status: int = 200, **more: Any) -> HttpResponseBase:  # noqa: ANN401 -- parts of the page
    below = {one.organisation_id: one for one in quotas.below([quota.pk])}
    cells = form.cells()
    facts = {
        "quota": quota,
        "project": quota.project,
        "category": category_words(quota.project).get(quota.category, quota.category),
        "form": form,
        "rows": [(office, below.get(office.pk), (made or {}).get(office.pk), cells[office.pk]) for office in form.offices],
        "rules": [(rule.value, quotas.RULE_LABELS[rule]) for rule in quotas.Rule],
        "rule": request.GET.get("rule", "") if made else "",
        "total": _total(request, quota),
        "made": made,
        "upload": WorkbookForm(),
    }
    return render(request, "bureau/quotas/share.html", facts | more, status=status)


def _template(quota: quotas.Quota, offices: list[Organisation], held: dict[int, int]) -> HttpResponseBase:
    headings = [_("Address"), _("Office or school"), _("Held"), _("Seats")]
    lines = ((office.public_id, office.name, held.get(office.pk, 0), held.get(office.pk, 0)) for office in offices)
    return workbook_response(f"{_('Seats')} {quota.project}", headings, lines)
