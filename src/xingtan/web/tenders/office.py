"""An office's tenders: the list, the form of the call, one tender with what is to be done next, an opened bid and its documents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from xingtan.domains.projects import api as projects
from xingtan.domains.tenders import api as tenders
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import open_file
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import order_of, page_of
from xingtan.web.words import refusal_sentence

from . import shown, words
from .forms import CallForm

ORDERS = {"title": "title", "project": "project__title", "organiser": "organiser__path", "closes": "closes_at", "state": "state"}


@require_safe
@allowed(tenders.SEE_TENDERS)
def tender_list(request: Request) -> HttpResponseBase:
    """The branch's tenders, searched, filtered, sorted, exported; above them the keys that this person still has to make or turn."""
    state = request.GET.get("state", "")
    found = tenders.tenders_in(request.actor.scope, q=request.GET.get("q", "").strip()[:80], state=state if state in words.STATES else "")
    if project := request.GET.get("project", ""):
        found = found.filter(project__public_id=project)
    found = found.order_by(*order_of(request, ORDERS, "-pk"))
    if request.GET.get("export") == "xlsx":
        heads = [pgettext("project", "Title"), _("Project"), _("Organiser"), _("Bids until"), _("State")]
        rows = ((one.title, str(one.project), str(one.organiser), one.closes_at, str(words.STATES[one.state])) for one in found[:50_000])
        return workbook_response(_("Tenders"), heads, rows)
    page = page_of(request, found)
    facts = {
        "page_of": page,
        "rows": [(one, words.CHIPS[one.state], words.STATES[one.state]) for one in page.rows],
        "states": words.STATES.items(),
        "keys": tenders.keys_wanted(request.actor.account_id) if request.actor.may(tenders.HOLD_KEY) else [],
        "may_keep": request.actor.may(tenders.KEEP_TENDERS),
    }
    return render(request, "tenders/list.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(tenders.KEEP_TENDERS)
def tender_new(request: Request) -> HttpResponse:
    """The form of a call for one of the branch's projects; sent, the draft stands."""
    own = projects.projects_for(request.actor.scope).filter(
        organiser__path__gte=request.actor.scope.first, organiser__path__lt=request.actor.scope.beyond
    )
    project = request.POST.get("project") or request.GET.get("project", "")
    form = CallForm(request.POST or None)
    status = 422 if request.method == "POST" else 200
    if form.is_valid():
        try:
            made = tenders.draft_tender(actor=request.actor, project=project, call=form.call(), now=request.now)
        except Refused as refused:
            form.add_error(None, refusal_sentence(refused))
            status = 409
        else:
            return redirect("bureau:tender", made.public_id)
    facts = {"form": form, "projects": own.exclude(state__in=["closed", "cancelled"])[:200], "project": project}
    return render(request, "tenders/form.html", facts, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(tenders.KEEP_TENDERS)
def tender_change(request: Request, pid: str) -> HttpResponse:
    """The form of a draft."""
    tender = tenders.tender_in(request.actor.scope, pid)
    form = CallForm(request.POST or None, tender=tender)
    status = 422 if request.method == "POST" else 200
    if form.is_valid():
        try:
            tenders.change_tender(actor=request.actor, pid=pid, call=form.call(), now=request.now)
        except Refused as refused:
            form.add_error(None, refusal_sentence(refused))
            status = 409
        else:
            return redirect("bureau:tender", pid)
    return render(request, "tenders/form.html", {"form": form, "tender": tender}, status=status)


@require_safe
@allowed(tenders.SEE_TENDERS)
def tender(request: Request, pid: str) -> HttpResponse:
    """One tender: where it stands, what comes next, who did what."""
    return tender_page(request, pid)


def tender_page(request: Request, pid: str, *, tried: tuple[str, forms.Form] | None = None, status: int = 200) -> HttpResponse:
    """The tender's page; after an act that was refused, with its form as it was filled in."""
    found = tenders.tender_in(request.actor.scope, pid)
    return render(request, "tenders/tender.html", shown.office_facts(request, found, tried), status=status)


@require_safe
@allowed(tenders.SEE_TENDERS)
def bid(request: Request, pid: str, bid: str) -> HttpResponse:
    """One opened bid: its texts, its documents with their copies, what the panel holds of it."""
    found = tenders.tender_in(request.actor.scope, pid)
    one = tenders.bid_of(found, bid)
    return render(request, "tenders/bid.html", shown.bid_facts(request, found, one))


@require_safe
@allowed(tenders.SEE_TENDERS)
def document(request: Request, pid: str, file: str) -> HttpResponseBase:
    """A document of an opened bid as it came."""
    return download(tenders.office_file(request.actor.scope, pid, file, is_copy=False).file)


@require_safe
@allowed(tenders.SEE_TENDERS)
def document_copy(request: Request, pid: str, file: str) -> HttpResponseBase:
    """Its copy for the panel."""
    return download(tenders.office_file(request.actor.scope, pid, file, is_copy=True).blind)


def download(file: StoredFile | None) -> HttpResponseBase:
    """The file as a download, kept by nobody on the way."""
    if file is None:
        return HttpResponse(status=404)
    facts: dict[str, Any] = {"as_attachment": True, "filename": file.name, "content_type": file.media_type}
    response = FileResponse(open_file(file), **facts)
    response["Cache-Control"] = "private, no-store"
    return response
