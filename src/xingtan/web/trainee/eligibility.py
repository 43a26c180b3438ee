"""The teacher's own eligibility: looked up for a day, issued, kept."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from xingtan.core.units import format_hours
from xingtan.domains.credits import api as credits_room
from xingtan.domains.eligibility import api as door
from xingtan.domains.policies import api as policies
from xingtan.foundation.refusal import NotInScope
from xingtan.web.access import allowed
from xingtan.web.eligibility import AskForm, answer_words, asked, statement_words
from xingtan.web.http import Request
from xingtan.web.parts.paper import pdf_response
from xingtan.web.why import why_page


def _own(request: Request) -> int:
    if request.actor.teacher_id is None:
        raise NotInScope
    return request.actor.teacher_id


@require_safe
@allowed(door.SEE_OWN_ELIGIBILITY)
def eligibility(request: Request) -> HttpResponse:
    """What a statement of the own years would say for the day and moment of the address, and the statements that were issued."""
    teacher_id, form = _own(request), asked(request)
    answer = None
    if form.is_valid():
        wanted = form.cleaned_data
        answer = answer_words(door.answers_of([teacher_id], wanted["on"], wanted["known_at"] or request.now)[teacher_id])
    rows = [
        (one, door.FINDING_CHIPS[door.Finding(one.finding)], door.FINDINGS[door.Finding(one.finding)])
        for one in door.statements_of(teacher_id)
    ]
    return render(
        request,
        "trainee/eligibility.html",
        {"form": form, "answer": answer, "statements": rows, "why_base": reverse("trainee:why")},
        status=200 if answer else 422,
    )


@require_safe
@allowed(credits_room.SEE_OWN_RECORD)
def why(request: Request) -> HttpResponse:
    """How the own verdict came about, down to each activity, and what would make it qualified."""
    teacher_id = _own(request)
    return render(request, "trainee/why.html", why_page(request, teacher_id, policies.years_for(request.actor), format_hours))


@require_POST
@allowed(door.ISSUE_OWN_STATEMENT)
def issue(request: Request) -> HttpResponse:
    """The teacher has a statement for the day and moment of the form."""
    form = AskForm(request.POST, today=request.today, now=request.now)
    if not form.is_valid():
        return render(request, "trainee/eligibility.html", {"form": form, "answer": None, "statements": []}, status=422)
    made = door.issue_own(actor=request.actor, now=request.now, **form.cleaned_data)
    return redirect("trainee:eligibility_statement", made.public_id)


@require_safe
@allowed(door.SEE_OWN_ELIGIBILITY)
def statement(request: Request, pid: str) -> HttpResponse:
    """One own statement as it was issued."""
    return render(request, "trainee/eligibility_statement.html", statement_words(door.own_statement(_own(request), pid), request.now))


@require_safe
@allowed(door.SEE_OWN_ELIGIBILITY)
def statement_pdf(request: Request, pid: str) -> HttpResponse:
    """One own statement on paper."""
    found = door.own_statement(_own(request), pid)
    return pdf_response(found.number, door.statement_sheet([found]))
