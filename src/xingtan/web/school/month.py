"""The month's work of a school on one page: what waits for whom, until when, and who is behind, each with its act beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.credits import api as credits_room
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.finance import api as finance
from xingtan.domains.papers import api as papers
from xingtan.domains.policies import api as policies
from xingtan.domains.reviews import api as reviews
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.roles import SCHOOL, Permission
from xingtan.web.access import allowed
from xingtan.web.bureau.deciding import decide_from, reasons, rows_words
from xingtan.web.chasing import chased_in, held_by
from xingtan.web.http import Request

from .checking import rows_of
from .month_works import Counts, Work, answers_of, works_of
from .scopes import closing_days, year_wanted
from .selections import back

SEE_MONTH = Permission("school.month", SCHOOL)
SHOWN = 8
Step = credits_room.Step
STEPS = {"review": Step.REVIEW, "report": Step.REPORT}


@require_safe
@allowed(SEE_MONTH)
def month(request: Request) -> HttpResponse:
    """What the school has to do this month, most urgent first."""
    year = year_wanted(request)
    if year is None:
        return render(request, "school/month.html", {"year": None})
    return render(request, "school/month.html", _context(request, year))


def _context(request: Request, year: policies.TrainingYear) -> dict[str, Any]:
    """The page's facts, each asked once, in a fixed number of queries."""
    scope = request.actor.scope
    waiting = enrolment.selections_in(scope, year.pk).filter(state=enrolment.State.CHOSEN).order_by("chosen_at", "pk")
    totals, chased, answers = finance.totals(scope, year.pk), chased_in(scope, year, request.now, request.today), answers_of(request)
    works = works_of(request, year, Counts(totals, len(chased), sum(number for _word, number, _url in answers)))
    return {
        "year": year,
        "years": policies.years_for(request.actor)[:6],
        "days": closing_days(year),
        "totals": totals,
        "behind": held_by(chased),
        "behind_total": len(chased),
        "ready": sum(one.may_remind for one in chased),
        "may_remind": request.actor.may(papers.REMIND),
        "may_print_slips": request.actor.may(teachers.PRINT_SLIPS),
        "remind_days": papers.REMIND_DAYS,
        "answers": answers,
        "works": [(work, work.days_left(request.today)) for work in works],
        "now": _first_open(works),
        "deadlines": _deadlines(works, request.today),
        "rows": rows_of(list(waiting[:SHOWN]), enrolment.year_rules(year)),
        "waiting": waiting.count(),
        "may_confirm": request.actor.may(enrolment.CONFIRM),
        "steps": [_step(request, year, name) for name in STEPS],
        "reasons": reasons(),
    }


def _step(request: Request, year: policies.TrainingYear, name: str) -> dict[str, Any]:
    """The entries that wait for the step, the longest waiting first, and whether the actor may take it."""
    rows = reviews.queue(request.actor.scope, STEPS[name], year.pk, now=request.now)
    return {
        "name": name,
        "rows": rows_words(request, list(rows[:SHOWN]), year),
        "count": rows.count(),
        "may_decide": STEPS[name] in reviews.steps_for(request.actor, policies.policy_of(year)),
    }


@require_POST
@allowed(SEE_MONTH)
def decide(request: Request) -> HttpResponse:
    """The ticked entries, or all that are clean, are reviewed, reported or returned; back to the month."""
    decide_from(request, STEPS["report" if request.POST.get("tab") == "report" else "review"])
    return back(request, "school:month")


def _deadlines(works: Sequence[Work], today: date) -> list[tuple[Work, int]]:
    """What is still to be done, with the days that are left, the nearest first."""
    found = [(work, left) for work in works if not work.is_done and (left := work.days_left(today)) is not None and left >= 0]
    return sorted(found, key=lambda pair: pair[1])


def _first_open(works: Sequence[Work]) -> int:
    return next((place for place, work in enumerate(works, start=1) if not work.is_done), 0)
