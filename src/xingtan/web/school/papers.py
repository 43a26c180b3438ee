"""The school's papers: the list with its states, printing for one or for everyone, submitting, one paper with its steps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.papers import api as door
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.papers import paper_words, state_words
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.paper import pdf_response
from xingtan.web.parts.tables import order_of, page_of

ORDERS = {"name": "teacher__name_pinyin", "number": "paper__number", "changed": "changed_at", "due": "due_on", "school": "school__path"}
FILTERS = ("state", "kind", "q")


@require_safe
@allowed(door.SEE_PAPERS)
def papers(request: Request) -> HttpResponseBase:
    """Every paper of the school: searched, filtered, sorted; what is printed can be submitted, what waits can be taken back."""
    return list_page(request, "school/papers.html")


def list_page(request: Request, template: str) -> HttpResponseBase:
    """The branch's papers on the page of a face, or as a workbook with `?export=xlsx`."""
    wanted = {name: request.GET.get(name, "") for name in FILTERS}
    found = door.papers_in(request.actor.scope, **wanted).order_by(*order_of(request, ORDERS, "-changed_at"))
    if request.GET.get("export") == "xlsx":
        return _export(found, request)
    counts = door.state_counts(request.actor.scope)
    page = page_of(request, found)
    shown = {
        "list": page,
        "rows": [state_words(one, request.today) for one in page.rows],
        "tabs": [(one.value, door.STATES[one], counts[one]) for one in door.State if counts[one] or one is door.State.SUBMITTED],
        "total": sum(counts.values()),
        "kinds": [(one.value, word) for one, word in door.KINDS.items()],
        "reasons": [(one.value, word) for one, word in door.REASONS.items()],
        "may_submit": request.actor.may(door.SUBMIT_PAPERS),
        "may_seal": request.actor.may(door.SEAL_PAPERS),
    }
    return render(request, template, shown)


def _export(found: Any, request: Request) -> HttpResponseBase:  # noqa: ANN401 -- a query set of the room
    headings = [
        _("Number"), _("Check code"), pgettext("paper", "Kind"), _("Purpose"), _("Name"), _("School"), _("State"), _("Since"), _("Answer by"),
    ]  # fmt: skip
    lines = (
        [
            row.paper.number, row.paper.check_code, door.KINDS[door.Kind(row.kind)], row.paper.printing.purpose,
            row.teacher.name if row.teacher else "", str(row.school), door.STATES[door.State(row.state)], row.changed_at, row.due_on,
        ]
        for row in found.iterator(chunk_size=500)
    )  # fmt: skip
    return workbook_response(f"{_('Papers')} {request.today}", headings, lines)


@require_POST
@allowed(door.SUBMIT_PAPERS)
def move(request: Request) -> HttpResponse:
    """The ticked papers are at the office, or back from it."""
    ids = door.paper_ids_in(request.actor.scope, request.POST.getlist("ids"))
    if not ids:
        raise Refused("paper_nothing_ticked")
    if request.POST.get("act") == "take_back":
        moved = door.take_back(actor=request.actor, paper_ids=ids, now=request.now)
        said = ngettext("%(n)s paper taken back.", "%(n)s papers taken back.", moved)
    else:
        moved = door.submit(actor=request.actor, paper_ids=ids, now=request.now)
        said = ngettext("%(n)s paper submitted for check and seal.", "%(n)s papers submitted for check and seal.", moved)
    messages.success(request, said % {"n": moved})
    wanted = request.POST.get("printing", "")
    return redirect("school:printing", wanted) if wanted else redirect("school:papers")


@require_safe
@allowed(door.SEE_PAPERS)
def paper(request: Request, pid: str) -> HttpResponse:
    """One paper: what it says, each step with its clock, and where the register differs by now."""
    return render(request, "school/paper.html", paper_words(door.paper_in(request.actor.scope, pid), request.today))


@require_safe
@allowed(door.SEE_PAPERS)
def paper_pdf(request: Request, pid: str) -> HttpResponse:
    """One paper on A4."""
    found = door.paper_in(request.actor.scope, pid).paper
    return pdf_response(found.number, door.papers_pdf([found]))
