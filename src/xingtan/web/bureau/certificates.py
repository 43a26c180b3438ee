"""Certificates of a branch: found, looked at, printed, revoked, issued anew."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xingtan.core.units import format_hours_exact
from xingtan.domains.certificates import api as door
from xingtan.domains.determination import api as determination_room
from xingtan.domains.policies import api as policies
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.tree import organisation_in
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.paper import pdf_response
from xingtan.web.parts.tables import order_of, page_of
from xingtan.web.words import refusal_sentence

ORDERS = {
    "number": "certificate__number",
    "name": "certificate__teacher__name_pinyin",
    "school": "certificate__school__path",
    "year": "training_year__year",
    "state": "state",
    "issued": "issued_at",
}


class RevokeForm(forms.Form):
    """Why a page is revoked."""

    reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=[("", "—"), *door.REVOKE_REASONS.items()])
    words = forms.CharField(
        label=gettext_lazy("In words"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The holder reads these words. The public check shows the reason only."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _found(request: Request) -> Any:  # noqa: ANN401 -- a query set of the room
    year = request.GET.get("year", "")
    return door.pages_in(
        request.actor.scope,
        q=request.GET.get("q", "")[:60],
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
        state=request.GET.get("state", ""),
        school=request.GET.get("school", ""),
    ).order_by(*order_of(request, ORDERS, "-issued_at"))


@require_safe
@allowed(door.SEE_CERTIFICATES)
def certificates(request: Request) -> HttpResponseBase:
    """The branch's pages: searched, filtered, sorted, fifty at a time, or all as a workbook."""
    found = _found(request)
    if request.GET.get("export") == "xlsx":
        return _export(found)
    counted = door.pages_in(request.actor.scope).order_by().values_list("state").annotate(n=Count("pk"))
    counts = dict(counted)
    shown = {
        "list": page_of(request, found),
        "states": [(state.value, door.PAGE_STATES[state], counts.get(state.value, 0)) for state in door.PageState],
        "years": policies.years_for(request.actor),
        "total": sum(counts.values()),
        "words": door.PAGE_STATES,
    }
    return render(request, "bureau/certificates.html", shown)


def _export(found: Any) -> HttpResponseBase:  # noqa: ANN401 -- a query set of the room
    headings = [
        _("Number"),
        _("Check code"),
        _("Name"),
        _("School"),
        _("Training year"),
        _("Recognised hours"),
        _("Verdict"),
        _("State"),
        _("Issued"),
    ]
    rows = (
        (
            page.certificate.number, page.check_code, page.frozen["name"], page.frozen["school"]["zh"], page.training_year.year,
            format_hours_exact(page.frozen["recognised"]), str(determination_room.VERDICTS[page.frozen["verdict"]]),
            str(door.PAGE_STATES[page.state]), page.issued_at,
        )
        for page in found.iterator(chunk_size=1000)
    )  # fmt: skip
    return workbook_response(_("Certificates"), headings, rows)


def _detail(request: Request, pid: str, form: RevokeForm, sentence: str = "", status: int = 200) -> HttpResponse:
    page = door.page_in(request.actor.scope, pid)
    pages = door.pages_of(page.certificate_id)
    same = [one for one in pages if one.training_year_id == page.training_year_id]
    shown = {
        "it": page,
        "frozen": page.frozen,
        "chip": (door.PAGE_CHIPS[page.state], door.PAGE_STATES[page.state]),
        "reason": door.REVOKE_REASONS.get(page.end_reason, ""),
        "verdict": determination_room.VERDICTS[page.frozen["verdict"]],
        "versions": [(one, door.PAGE_CHIPS[one.state], door.PAGE_STATES[one.state]) for one in same],
        "broken": door.broken_proofs(page, page.run),
        "form": form,
        "sentence": sentence,
        "may_revoke": request.actor.may(door.REVOKE) and page.state == door.PageState.VALID,
        "may_reissue": request.actor.may(door.REISSUE) and page.state == door.PageState.REVOKED and same[0].pk == page.pk,
    }
    return render(request, "bureau/certificate.html", shown, status=status)


@require_safe
@allowed(door.SEE_CERTIFICATES)
def certificate(request: Request, pid: str) -> HttpResponse:
    """One page as it was issued, its proof, its versions, and what may be done with it."""
    return _detail(request, pid, RevokeForm())


@require_POST
@allowed(door.REVOKE)
def revoke(request: Request, pid: str) -> HttpResponse:
    """The page is revoked for the reason given; refused without one."""
    form = RevokeForm(request.POST)
    if not form.is_valid():
        return _detail(request, pid, form, status=422)
    page = door.page_in(request.actor.scope, pid)
    try:
        door.revoke(actor=request.actor, page_id=page.pk, **form.cleaned_data, now=request.now)
    except Refused as refused:
        return _detail(request, pid, form, refusal_sentence(refused), status=409)
    messages.success(request, _("The page is revoked. Whoever checks it is told so from now on."))
    return redirect("bureau:certificate", pid)


@require_POST
@allowed(door.REISSUE)
def reissue(request: Request, pid: str) -> HttpResponse:
    """A new page stands in the place of the revoked one."""
    page = door.page_in(request.actor.scope, pid)
    try:
        made = door.reissue(actor=request.actor, page_id=page.pk, now=request.now)
    except Refused as refused:
        return _detail(request, pid, RevokeForm(), refusal_sentence(refused), status=409)
    messages.success(request, _("A new page is issued, with a check code of its own."))
    return redirect("bureau:certificate", made.public_id)


@require_safe
@allowed(door.SEE_CERTIFICATES)
def certificate_pdf(request: Request, pid: str) -> HttpResponse:
    """The page on paper."""
    page = door.page_in(request.actor.scope, pid)
    return pdf_response(f"{page.certificate.number} {page.training_year.year}", door.render_pdf(page, now=request.now))


@require_safe
@allowed(door.SEE_CERTIFICATES)
def school_pdf(request: Request, pid: str, year: int) -> HttpResponse:
    """Every valid page of a school's year in one file."""
    school = organisation_in(request.actor.scope, pid)
    training_year = policies.year_for(request.actor, year)
    made = door.pages_pdf(door.valid_pages(school.scope, training_year.pk))
    return pdf_response(f"{school} {year}", made)
