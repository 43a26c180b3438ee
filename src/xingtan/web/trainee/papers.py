"""The teacher's own papers: asked for, printed, and where each stands."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.papers import api as door
from xingtan.domains.policies import api as policies
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.papers import paper_words, state_words
from xingtan.web.parts.paper import pdf_response
from xingtan.web.school.paper_forms import PaperForm
from xingtan.web.words import refusal_sentence

OWN = (door.Kind.HOURS, door.Kind.YEAR, door.Kind.CYCLE)


def _own(request: Request) -> int:
    if request.actor.teacher_id is None:
        raise NotInScope
    return request.actor.teacher_id


def _form(request: Request) -> PaperForm:
    return PaperForm(request.POST or None, years=list(policies.years_for(request.actor)), kinds=OWN)


@require_safe
@allowed(door.SEE_OWN_PAPERS)
def papers(request: Request) -> HttpResponse:
    """My papers with their states, and the form for a new one."""
    return _page(request, _form(request))


def _page(request: Request, form: PaperForm, status: int = 200) -> HttpResponse:
    rows = [state_words(one, request.today) for one in door.own_papers(_own(request))]
    return render(request, "trainee/papers.html", {"form": form, "rows": rows, "purposes": door.PURPOSES}, status=status)


@require_POST
@allowed(door.PRINT_OWN_PAPER)
def paper_print(request: Request) -> HttpResponse:
    """The paper of the form stands, with its number."""
    form = _form(request)
    if not form.is_valid():
        return _page(request, form, 422)
    try:
        made = door.print_own(actor=request.actor, asked=form.asked(request.today), now=request.now)
    except Refused as refused:
        form.add_error(None, refusal_sentence(refused))
        return _page(request, form, 409)
    return redirect("trainee:paper", made.public_id)


@require_safe
@allowed(door.SEE_OWN_PAPERS)
def paper(request: Request, pid: str) -> HttpResponse:
    """One of my papers with each step."""
    return render(request, "trainee/paper.html", paper_words(door.own_paper(_own(request), pid), request.today))


@require_safe
@allowed(door.SEE_OWN_PAPERS)
def paper_pdf(request: Request, pid: str) -> HttpResponse:
    """One of my papers on A4."""
    found = door.own_paper(_own(request), pid).paper
    return pdf_response(found.number, door.papers_pdf([found]))
