"""The work place of plans: the own one, those of the units below with their sums, those of the levels above."""

from __future__ import annotations

from datetime import date

from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.plans import api as plans
from xingtan.domains.policies import api as policies
from xingtan.foundation.scope.models import Kind, Organisation
from xingtan.foundation.scope.tree import organisation_in
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.formats import hours2, yuan
from xingtan.web.parts.tables import page_of

NOT_BEGUN, LATE = "none", "late"
SORTS = {"unit": lambda row: row.unit.path, "heads": lambda row: row.asked.heads, "budget": lambda row: row.asked.fen,
         "accepted": lambda row: row.accepted.heads}  # fmt: skip


def year_and_term(request: Request) -> tuple[policies.TrainingYear | None, str]:
    """The year and the term that the address names, else the running year as a whole."""
    term = request.GET.get("term", "")
    named = request.GET.get("year", "")
    found = policies.years_for(request.actor)
    year = found.filter(year=int(named)).first() if named.isascii() and named.isdigit() and len(named) == 4 else None
    return year or policies.current_year_for(request.actor) or found.first(), term if term in plans.TERM_LABELS else plans.Term.YEAR.value


def office_of(request: Request) -> Organisation | None:
    """The office whose units below are shown: the own one, or one under it that the address names."""
    if pid := request.GET.get("under", ""):
        return organisation_in(request.actor.scope, pid)
    return Organisation.everywhere.filter(pk=request.actor.organisation_id or 0).first()


@require_safe
@allowed(plans.SEE_PLANS)
def overview(request: Request) -> HttpResponseBase:
    """Everything about a year's plans that this office sees, or the table below it as a workbook."""
    year, term = year_and_term(request)
    office = office_of(request)
    if year is None or office is None:
        return render(request, "planning/overview.html", {"years": []})
    heard = plans.heard(office, year, term)
    rows = _wanted(request, heard)
    if request.GET.get("export") == "xlsx":
        return workbook_response(_("Plans"), _headings(), (_cells(row, request.today) for row in rows))
    return render(request, "planning/overview.html", _facts(request, office, (year, term), heard, rows))


def _facts(
    request: Request, office: Organisation, when: tuple[policies.TrainingYear, str], heard: list[plans.Heard], rows: list[plans.Heard]
) -> dict[str, object]:
    year, term = when
    page = page_of(request, rows)
    asked, accepted = plans.totals(rows)
    is_own = office.pk == request.actor.organisation_id
    own = plans.plan_of(office.pk, year.pk, term)
    return {
        "years": policies.years_for(request.actor),
        "year": year,
        "term": term,
        "terms": plans.TERM_LABELS.items(),
        "office": office,
        "is_own": is_own,
        "has_below": office.kind not in (Kind.SCHOOL, Kind.TEACHING_POINT),
        "page_of": page,
        "rows": [(row, *state_of(row, request.today)) for row in page.rows],
        "asked": asked,
        "accepted": accepted,
        "difference": accepted - asked,
        "counts": _counts(request, heard),
        "state": request.GET.get("state", ""),
        "active": bool(request.GET.get("q") or request.GET.get("state")),
        "own": own,
        "own_state": (plans.STATE_CHIPS[own.state], plans.STATE_LABELS[own.state]) if own else None,
        "own_sum": plans.asked_sum(plans.lines_of([own.pk])[own.pk]) if own else None,
        "due_on": plans.dues_of([office], year, term).get(office.pk),
        "above": [(plan, plans.TERM_LABELS[plan.term]) for plan in plans.plans_above(office.scope, year.pk)],
        "may_write": is_own and request.actor.may(plans.WRITE_PLANS) and year.state == policies.YearState.OPEN,
        "may_answer": request.actor.may(plans.ANSWER_PLANS),
    }


def state_of(row: plans.Heard, today: date) -> tuple[str, str]:
    """Chip and word of a unit's plan: its state, late, or not begun."""
    if row.is_late(today):
        return "stop", pgettext("plan", "Late")
    return (plans.STATE_CHIPS[row.state], str(plans.STATE_LABELS[row.state])) if row.state else ("plain", pgettext("plan", "Not begun"))


def _wanted(request: Request, heard: list[plans.Heard]) -> list[plans.Heard]:
    q, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    rows = [row for row in heard if q in row.unit.name and _fits(row, state, request.today)]
    key = request.GET.get("sort", "")
    by = SORTS.get(key.removeprefix("-"), SORTS["unit"])
    return sorted(rows, key=by, reverse=key.startswith("-"))


def _fits(row: plans.Heard, state: str, today: date) -> bool:
    if state == LATE:
        return row.is_late(today)
    return not state or row.state == ("" if state == NOT_BEGUN else state)


def _counts(request: Request, heard: list[plans.Heard]) -> list[tuple[str, object, int]]:
    named = [(NOT_BEGUN, pgettext("plan", "Not begun")), *plans.STATE_LABELS.items(), (LATE, pgettext("plan", "Late"))]
    return [(code, word, sum(_fits(row, code, request.today) for row in heard)) for code, word in named]


def _headings() -> list[str]:
    words = (
        pgettext("plan", "Unit"),
        _("State"),
        _("Lines"),
        _("People asked"),
        _("People accepted"),
        _("Hours asked"),
        _("Yuan asked"),
        _("Yuan accepted"),
    )
    return [str(word) for word in (*words, _("Handed up on"), _("Due on"))]


def _cells(row: plans.Heard, today: date) -> list[object]:
    asked, accepted = row.asked, row.accepted
    numbers = [asked.lines, asked.heads, accepted.heads, hours2(asked.hours_centi), yuan(asked.fen), yuan(accepted.fen)]
    return [str(row.unit), state_of(row, today)[1], *numbers, row.plan.submitted_at if row.plan else None, row.due_on]


@require_POST
@allowed(plans.WRITE_PLANS)
def begin(request: Request) -> HttpResponseBase:
    """The own office has a plan for this year and term, and its page opens."""
    term = request.POST.get("term", "")
    wanted = term if term in plans.TERM_LABELS else plans.Term.YEAR.value
    typed = request.POST.get("year_id", "")
    year_id = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 12 else 0
    plan = plans.start_plan(actor=request.actor, training_year_id=year_id, term=wanted, now=request.now)
    return redirect("bureau:plan", plan.public_id)
