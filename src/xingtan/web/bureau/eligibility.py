"""Eligibility for offices and schools: one person looked up, a list or a branch issued at once, the statements."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingtan.core.units import format_hours_exact
from xingtan.domains.credits import api as credits_room
from xingtan.domains.eligibility import api as door
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.web.access import allowed
from xingtan.web.eligibility import answer_words, asked, spoken, statement_words, until_words
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.paper import pdf_response
from xingtan.web.parts.tables import order_of, page_of
from xingtan.web.why import why_page

HARMLESS = ("qualified", "exempt", "deferred")
ORDERS = {"name": "teacher__name_pinyin", "school": "school__path", "finding": "finding", "number": "number"}


@require_safe
@allowed(door.SEE_ELIGIBILITY)
def person(request: Request, public_id: str) -> HttpResponse:
    """What a statement of this teacher would say for the day and moment of the address; nothing is issued."""
    found = teachers.teacher_in(request.actor.scope, public_id)
    form = asked(request)
    answer = None
    if form.is_valid():
        wanted = form.cleaned_data
        answer = answer_words(door.answers_of([found.pk], wanted["on"], wanted["known_at"] or request.now)[found.pk])
    shown = {
        "teacher": found,
        "form": form,
        "answer": answer,
        "statements": [_listed(one) for one in door.statements_of(found.pk)],
        "may_issue": request.actor.may(door.ISSUE_STATEMENTS) and answer is not None,
        "why_base": reverse("bureau:why", args=[public_id]),
    }
    return render(request, "bureau/eligibility_person.html", shown, status=200 if answer else 422)


@require_safe
@allowed(credits_room.SEE_RECORD)
def why(request: Request, public_id: str) -> HttpResponse:
    """How the verdict of a teacher of the branch came about, hours with two decimals."""
    found = teachers.teacher_in(request.actor.scope, public_id)
    shown = why_page(request, found.pk, policies.years_for(found.school), format_hours_exact)
    return render(request, "bureau/why.html", {**shown, "teacher": found})


@require_safe
@allowed(door.SEE_ELIGIBILITY)
def statement(request: Request, pid: str) -> HttpResponse:
    """One statement as it was issued, its proof, and whether the facts asked again agree."""
    return render(request, "bureau/eligibility_statement.html", statement_words(door.statement_in(request.actor.scope, pid), request.now))


@require_safe
@allowed(door.SEE_ELIGIBILITY)
def statement_pdf(request: Request, pid: str) -> HttpResponse:
    """The statement on paper."""
    found = door.statement_in(request.actor.scope, pid)
    return pdf_response(found.number, door.statement_sheet([found]))


@require_safe
@allowed(door.SEE_ELIGIBILITY)
def run(request: Request, pid: str) -> HttpResponseBase:
    """The statements of one run: searched, filtered, sorted, fifty at a time; all as a workbook or on paper."""
    one = door.run_in(request.actor.scope, pid)
    found = door.statements_in(
        request.actor.scope,
        run=one,
        finding=request.GET.get("finding", ""),
        school=request.GET.get("school", ""),
        effect=request.GET.get("effect", ""),
        q=request.GET.get("q", "")[:60],
    ).order_by(*order_of(request, ORDERS, "school__path"))
    if request.GET.get("export") == "xlsx":
        return _export(one, found)
    counts = door.finding_counts(request.actor.scope, one)
    shown = {
        "run": one,
        "findings": [(each.value, door.FINDINGS[each], counts[each.value]) for each in door.Finding if counts[each.value]],
        "total": sum(counts.values()),
        "list": (page := page_of(request, found)),
        "rows": [_listed(each) for each in page.rows],
        "schools": door.schools_of(request.actor.scope, one),
        "effects": spoken(one.in_force),
    }
    return render(request, "bureau/eligibility_run.html", shown)


def _listed(one: door.Statement) -> dict[str, Any]:
    finding = door.Finding(one.finding)
    content = spoken(one.frozen["content"])
    return {
        "it": one,
        "chip": door.FINDING_CHIPS[finding],
        "word": door.FINDINGS[finding],
        "in_force": [each["label"] for each in content["effects"] if each["effect"] == door.Effect.IN_FORCE],
        "reasons": _why(content),
    }


def _why(content: dict[str, Any]) -> list[str]:
    """The years that do not stand well, each with its verdict and first reason."""
    return [_year_why(year) for year in content["years"] if year["is_due"] and not (year["is_final"] and year["verdict"] in HARMLESS)]


def _year_why(year: dict[str, Any]) -> str:
    word = year["word"] or _("No verdict yet")
    if year["verdict"] in HARMLESS:
        return _("%(year)s: %(verdict)s, not final yet") % {"year": year["year"], "verdict": word}
    if not year["reasons"]:
        return _("%(year)s: %(verdict)s") % {"year": year["year"], "verdict": word}
    return _("%(year)s: %(verdict)s. %(reason)s") % {"year": year["year"], "verdict": word, "reason": year["reasons"][0]["label"]}


def _export(one: door.StatementRun, found: Any) -> HttpResponseBase:  # noqa: ANN401 -- a query set of the room
    headings = [
        _("Name"), _("Identity number"),
        _("Staff number"), _("School"), _("Stage"), _("Subject"), _("Finding"), _("In force"), _("Until"), _("Years that stand in the way"),
        _("Statement number"), _("Check code"), _("Day"), _("As known at"),
    ]  # fmt: skip
    return workbook_response(f"{_('Eligibility statements')} {one.on}", headings, (_row(each) for each in found.iterator(chunk_size=500)))


def _row(one: door.Statement) -> tuple[object, ...]:
    frozen, content = one.frozen, spoken(one.frozen["content"])
    profile = content["profile"]
    force = [each for each in content["effects"] if each["effect"] == door.Effect.IN_FORCE]
    return (
        frozen["person"]["name"], frozen["person"]["identity"], profile["school"], profile["stage"], profile["subject"],
        str(door.FINDINGS[door.Finding(one.finding)]), "；".join(each["label"] for each in force),
        "；".join(dict.fromkeys(until_words(each["until"]) for each in force if each["until"])), "\n".join(_why(content)),
        one.number, one.check_code, one.run.on, one.run.known_at,
    )  # fmt: skip
