"""The office's papers: what waits for its seal, one paper beside the register, sealing, refusing, revoking."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.papers import api as door
from xingtan.foundation.files.store import readable
from xingtan.foundation.jobs.run import start_job
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.papers import paper_words
from xingtan.web.parts.paper import pdf_response
from xingtan.web.school.papers import list_page
from xingtan.web.words import refusal_sentence


@require_safe
@allowed(door.SEE_PAPERS)
def papers(request: Request) -> HttpResponseBase:
    """The branch's papers; those that wait for the office can be ticked and sealed together when they agree with the register."""
    return list_page(request, "bureau/papers.html")


@require_safe
@allowed(door.SEE_PAPERS)
def paper(request: Request, pid: str) -> HttpResponse:
    """One paper as it was printed, beside the register of this moment."""
    return _page(request, pid)


def _page(request: Request, pid: str, *, error: str = "", status: int = 200) -> HttpResponse:
    shown = paper_words(door.paper_in(request.actor.scope, pid), request.today)
    reasons = [(one.value, word) for one, word in door.REASONS.items()]
    shown |= {"reasons": reasons, "may_seal": request.actor.may(door.SEAL_PAPERS), "error": error}
    return render(request, "bureau/paper.html", shown, status=status)


@require_POST
@allowed(door.SEAL_PAPERS)
def seal(request: Request) -> HttpResponse:
    """The ticked papers are sealed, or refused with a reason; sealed ones go into the archive in the background."""
    wanted = request.POST.getlist("ids")
    ids = door.paper_ids_in(request.actor.scope, wanted)
    if not ids:
        raise Refused("paper_nothing_ticked")
    try:
        done = _refused(request, ids) if request.POST.get("outcome") == "refused" else _sealed(request, ids)
    except Refused as refused:
        if len(wanted) == 1:
            return _page(request, wanted[0], error=refusal_sentence(refused), status=409)
        raise
    said = ngettext("%(n)s paper was decided.", "%(n)s papers were decided.", done)
    messages.success(request, said % {"n": done})
    return redirect("bureau:papers")


def _refused(request: Request, ids: list[int]) -> int:
    why = door.Why(request.POST.get("reason", ""), request.POST.get("words", ""))
    return door.refuse(actor=request.actor, paper_ids=ids, why=why, now=request.now)


def _sealed(request: Request, ids: list[int]) -> int:
    """Of a single paper the page showed so many differences; of a batch none may differ."""
    shown = request.POST.get("seen", "")
    seen = {ids[0]: int(shown)} if len(ids) == 1 and shown.isascii() and shown.isdigit() else {}
    done = door.seal(actor=request.actor, paper_ids=ids, mark=request.POST.get("mark", ""), seen=seen, now=request.now)
    start_job(actor=request.actor, kind=door.ARCHIVE_JOB, params={"papers": ids}, now=request.now)
    return done


@require_POST
@allowed(door.SEAL_PAPERS)
def revoke(request: Request, pid: str) -> HttpResponse:
    """The paper's seal counts no more."""
    found = door.paper_in(request.actor.scope, pid)
    why = door.Why(request.POST.get("reason", ""), request.POST.get("words", ""))
    try:
        door.revoke(actor=request.actor, paper_id=found.pk, why=why, now=request.now)
    except Refused as refused:
        return _page(request, pid, error=refusal_sentence(refused), status=409)
    return redirect("bureau:paper", pid)


@require_safe
@allowed(door.SEE_PAPERS)
def paper_pdf(request: Request, pid: str) -> HttpResponse:
    """The paper on A4: from the archive when it is there, else set anew from what was frozen."""
    found = door.paper_in(request.actor.scope, pid).paper
    kept = door.archived_file(found.pk)
    if request.GET.get("from") == "archive" and kept is None:
        raise NotInScope
    if kept is None:
        return pdf_response(found.number, door.papers_pdf([found]))
    with readable(kept) as place:
        return pdf_response(found.number, place.read_bytes())
