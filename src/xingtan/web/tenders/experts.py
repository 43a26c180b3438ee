"""Who may be drawn: the office's experts, named from its pool."""

from __future__ import annotations

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.tenders import api as tenders
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import order_of, page_of
from xingtan.web.words import refusal_sentence

ORDERS = {"name": "name", "workplace": "workplace", "office": "office__path", "from": "from_on", "to": "to_on"}


@require_safe
@allowed(tenders.SEE_TENDERS)
def experts(request: Request) -> HttpResponseBase:
    """The experts of the branch, and who of the pools can be named."""
    return _page(request)


def _page(request: Request, *, error: str = "", status: int = 200) -> HttpResponseBase:
    q = request.GET.get("q", "").strip()[:80]
    found = tenders.experts_in(request.actor.scope, q).order_by(*order_of(request, ORDERS, "office__path"))
    if request.GET.get("export") == "xlsx":
        heads = [_("Name"), _("School or office"), _("Office"), _("First day"), _("Last day")]
        cells = ((one.name, one.workplace, str(one.office), one.from_on, one.to_on) for one in found[:50_000])
        return workbook_response(_("Reviewing experts"), heads, cells)
    may_name = request.actor.may(tenders.NAME_EXPERTS)
    facts = {
        "page_of": page_of(request, found),
        "pool": tenders.pool_to_name(request.actor.scope)[:100] if may_name else [],
        "may_name": may_name,
        "error": error,
    }
    return render(request, "tenders/experts.html", facts, status=status)


@require_POST
@allowed(tenders.NAME_EXPERTS)
def name(request: Request) -> HttpResponseBase:
    """The member of the pool may be drawn."""
    told = {"pool": request.POST.get("pool", "")[:12], "login": request.POST.get("login", "").strip()[:40]}
    if not told["login"]:
        return _page(request, error=_("Give a sign-in name."), status=422)
    try:
        made = tenders.name_expert(actor=request.actor, now=request.now, **told)
    except Refused as refused:
        return _page(request, error=refusal_sentence(refused), status=409)
    messages.success(request, _("%(name)s may be drawn from now on.") % {"name": made.name})
    return redirect("bureau:tender_experts")


@require_POST
@allowed(tenders.NAME_EXPERTS)
def end(request: Request, pid: str) -> HttpResponseBase:
    """The expert is drawn no more."""
    try:
        tenders.end_expert(actor=request.actor, pid=pid, now=request.now)
    except Refused as refused:
        return _page(request, error=refusal_sentence(refused), status=409)
    messages.success(request, _("Ended; panels that are at work keep their member."))
    return redirect("bureau:tender_experts")
