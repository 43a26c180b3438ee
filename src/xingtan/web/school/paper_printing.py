"""Asking for papers: for one teacher, for the ticked ones, for everyone in post, or the school's list."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from xingtan.domains.papers import api as door
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.jobs.run import start_job
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Organisation
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.papers import state_words
from xingtan.web.parts.paper import pdf_response
from xingtan.web.words import refusal_sentence

from .paper_forms import PaperForm

AT_ONCE = 40


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(door.PRINT_PAPERS)
def paper_new(request: Request) -> HttpResponse:
    """The form; a sent one prints at once, or as a job for a large school."""
    form = PaperForm(request.POST or None, years=list(policies.years_for(request.actor)))
    if request.method != "POST":
        return _page(request, form, 200)
    if not form.is_valid():
        return _page(request, form, 422)
    try:
        return _printed(request, form.asked(request.today))
    except Refused as refused:
        form.add_error(None, refusal_sentence(refused))
        return _page(request, form, 409)


def _page(request: Request, form: PaperForm, status: int) -> HttpResponse:
    people = teachers.teachers_in_post(request.actor.scope).order_by("name_pinyin", "pk")
    ticked = set(request.POST.getlist("people") or request.GET.getlist("teacher"))
    rows = [(one, one.public_id in ticked) for one in people]
    shown = {
        "form": form,
        "people": rows,
        "purposes": door.PURPOSES,
        "ticked": sum(is_ticked for _, is_ticked in rows),
        "today": request.today,
    }
    return render(request, "school/paper_new.html", shown, status=status)


def _printed(request: Request, asked: door.Asked) -> HttpResponse:
    if asked.kind is door.Kind.ROLL:
        school = Organisation.objects.within(request.actor.scope).get(pk=request.actor.organisation_id or 0)
        made = door.print_roll(actor=request.actor, asked=asked, school=school, now=request.now)
        return redirect("school:printing", made.printing.public_id)
    ids = _people(request)
    if len(ids) > AT_ONCE:
        return redirect("public:job", _job(request, asked, ids))
    printing = door.print_papers(actor=request.actor, asked=asked, teacher_ids=ids, now=request.now)
    return redirect("school:printing", printing.public_id)


def _people(request: Request) -> list[int]:
    """Everyone in post where that was asked for in so many words, and otherwise the ticked ones; `Refused` where nobody is."""
    if request.POST.get("who") == "all":
        return list(teachers.teachers_in_post(request.actor.scope).order_by("name_pinyin", "pk").values_list("pk", flat=True))
    wanted = set(request.POST.getlist("people"))
    if not wanted:
        raise Refused("paper_nobody_ticked")
    found = list(teachers.teachers_in(request.actor.scope).filter(public_id__in=wanted).values_list("pk", flat=True))
    if len(found) != len(wanted):
        raise NotInScope
    return found


def _job(request: Request, asked: door.Asked, ids: list[int]) -> str:
    params: dict[str, Any] = {
        "teachers": ids,
        "kind": asked.kind.value,
        "from": asked.from_on.isoformat(),
        "to": asked.to_on.isoformat(),
        "purpose": asked.purpose,
        "year": asked.training_year.pk if asked.training_year else 0,
        "back": reverse("school:papers"),
    }
    return start_job(actor=request.actor, kind=door.PRINT_JOB, params=params, now=request.now).public_id


@require_safe
@allowed(door.SEE_PAPERS)
def printing(request: Request, pid: str) -> HttpResponse:
    """What was printed together: one PDF of all, and each paper with its number."""
    found = door.papers_of(request.actor.scope, pid)
    rows = door.papers_in(request.actor.scope).filter(pk__in=[one.pk for one in found]).order_by("pk")
    words = [state_words(one, request.today) for one in rows]
    waiting = request.actor.may(door.SUBMIT_PAPERS) and any(one["may_submit"] for one in words)
    shown = {"printing": found[0].printing, "rows": words, "count": len(found), "waiting": waiting}
    return render(request, "school/printing.html", {**shown, "kind": door.KINDS[door.Kind(found[0].printing.kind)]})


@require_safe
@allowed(door.SEE_PAPERS)
def printing_pdf(request: Request, pid: str) -> HttpResponse:
    """All of them on A4 in one file."""
    found = door.papers_of(request.actor.scope, pid)
    return pdf_response(f"{door.KINDS[door.Kind(found[0].printing.kind)]} {found[0].number}", door.papers_pdf(found))
