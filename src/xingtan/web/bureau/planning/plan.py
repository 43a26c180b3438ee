"""One plan: its table to fill while it is written, to read and to answer afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from xingtan.core.money import format_yuan
from xingtan.domains.plans import api as plans
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.models import Account
from xingtan.foundation.scope.models import Organisation
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.formats import hours2, yuan

from .lines import LineForm, blank_line, shown_lines


@require_safe
@allowed(plans.SEE_PLANS)
def plan(request: Request, pid: str) -> HttpResponseBase:
    """The plan with this address, or its table as a workbook."""
    held = plans.plan_in(request.actor.scope, pid)
    if request.GET.get("export") == "xlsx":
        name = f"{held.organisation} {held.training_year.year}"
        return workbook_response(name, headings(), (_cells(line) for line in plans.lines_of([held.pk])[held.pk]))
    return plan_page(request, held)


def plan_page(request: Request, held: plans.Plan, *, typed: Sequence[LineForm] | None = None, **more: Any) -> HttpResponseBase:  # noqa: ANN401 -- facts of a page
    """The plan's page; `typed` are rows that came back, `more` says what was refused (`refusal`, `code`)."""
    code = more.pop("code", 200)
    lines = plans.lines_of([held.pk])[held.pk]
    facts = _facts(request, held, lines)
    rows = typed if typed is not None else shown_lines(lines) if facts["may_write"] else None
    if facts["may_write"]:
        facts |= {"forms": rows, "blank": blank_line(), "locked": [line.pk for line in lines if line.project_id]}
    return render(request, "planning/plan.html", facts | more, status=code)


def _facts(request: Request, held: plans.Plan, lines: list[plans.PlanLine]) -> dict[str, Any]:
    actor, state = request.actor, held.state
    is_own = held.organisation_id == actor.organisation_id
    is_open = held.training_year.state == policies.YearState.OPEN
    is_top = held.organisation.parent_id is None
    comes_here = held.above is not None and not is_own and actor.scope.holds(held.above.path)
    may_answer = is_open and actor.may(plans.ANSWER_PLANS) and (comes_here or (is_own and is_top))
    runs = any(line.way == plans.Way.RUN and line.project_id is None for line in lines)
    return {
        "plan": held,
        "term": plans.TERM_LABELS[held.term],
        "state": plans.STATE_LABELS[state],
        "chip": plans.STATE_CHIPS[state],
        "lines": [_shown(line) for line in lines],
        "asked": plans.asked_sum(lines),
        "accepted": plans.accepted_sum(lines),
        "before": _before(held),
        "is_top": is_top,
        "is_office": held.organisation.kind not in ("school", "teaching_point"),
        "in_post": teachers.teachers_in_post(held.organisation.scope).count(),
        "due_on": plans.dues_of([held.organisation], held.training_year, held.term).get(held.organisation_id),
        "trail": _trail(held),
        "may_write": is_own and is_open and state in plans.WRITABLE and actor.may(plans.WRITE_PLANS),
        "may_submit": is_own and is_open and state in plans.WRITABLE and actor.may(plans.SUBMIT_PLANS),
        "may_take_back": is_own and is_open and state == plans.PlanState.SUBMITTED and actor.may(plans.SUBMIT_PLANS),
        "may_answer": may_answer and state == plans.PlanState.SUBMITTED,
        "may_reopen": may_answer and state == plans.PlanState.ACCEPTED,
        "may_see_projects": actor.may(projects.SEE_PROJECTS),
        "may_make": is_own and is_open and state == plans.PlanState.ACCEPTED and runs and actor.may(projects.PUBLISH),
    }


def _before(held: plans.Plan) -> tuple[plans.Plan, plans.Sum] | None:
    before = plans.plan_before(held)
    return (before, plans.asked_sum(plans.lines_of([before.pk])[before.pk])) if before else None


def _shown(line: plans.PlanLine) -> dict[str, Any]:
    """A line in words, with what was accepted of it and how that differs."""
    is_decided = line.accepted_count is not None
    return {
        "it": line,
        "area": plans.AREA_LABELS.get(line.area, ""),
        "way": plans.WAY_LABELS[line.way],
        "people": people_of(line),
        "less": (line.accepted_count or 0) - line.head_count if is_decided else 0,
        "yuan": format_yuan(line.budget_fen),
    }


def people_of(line: plans.PlanLine) -> str:
    """Whom a line is for, in words."""
    words: list[object] = [plans.CATEGORY_LABELS[line.category]] if line.category else []
    words += [teachers.STAGES[line.stage]] if line.stage in teachers.STAGES else []
    words += [teachers.SUBJECTS[line.subject]] if line.subject in teachers.SUBJECTS else []
    return " · ".join(str(word) for word in words) or pgettext("plan", "All teachers")


def _trail(held: plans.Plan) -> list[dict[str, Any]]:
    steps = plans.trail_of(held)
    offices = {one.pk: one for one in Organisation.everywhere.filter(pk__in=[step.organisation_id or 0 for step in steps])}
    names: Mapping[int, str] = dict(Account.objects.filter(pk__in=[step.account_id or 0 for step in steps]).values_list("pk", "name"))
    return [
        {
            "it": step,
            "word": plans.ACT_LABELS[step.act],
            "office": offices.get(step.organisation_id or 0, ""),
            "name": names.get(step.account_id or 0, ""),
            "asked": plans.Sum(*step.sums[:4]),
        }
        for step in steps
    ]


def headings() -> list[str]:
    """The heads of a plan's table; the same words that pasting and reading a workbook know."""
    words = (
        _("Training"),
        _("Content area"),
        _("How"),
        _("For whom"),
        pgettext("plan", "People"),
        _("Hours each"),
        _("Budget, yuan"),
        _("Target"),
    )
    return [*words, _("People accepted"), _("Yuan accepted"), _("Answer")]


def _cells(line: plans.PlanLine) -> list[object]:
    shown = _shown(line)
    amounts = [line.head_count, hours2(line.hours_centi), yuan(line.budget_fen)]
    decided = [line.accepted_count, yuan(line.accepted_fen) if line.accepted_fen is not None else "", line.answer]
    return [line.what, str(shown["area"]), str(shown["way"]), shown["people"], *amounts, line.target, *decided]
