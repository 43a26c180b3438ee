"""The month's work of a school on one page: what waits for whom, until when, and who is behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from xingtan.core.calendar import WindowKind
from xingtan.domains.credits import api as credits_room
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.finance import api as finance
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.roles import SCHOOL, Permission
from xingtan.foundation.refusal import NotInScope
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.nav import place_for
from xingtan.web.parts.export import workbook_response

from .behind import REASONS, behind_of, names_of
from .checking import rows_of
from .scopes import closing_days, year_wanted

SEE_MONTH = Permission("school.month", SCHOOL)
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Work:
    """One step of the month: its word, its number and unit, until when, where it is done, and whether it is done."""

    word: str
    value: str
    unit: str
    closes_on: date | None
    url: str
    is_done: bool

    def days_left(self, today: date) -> int | None:
        """Days until its window closes; negative afterwards."""
        return (self.closes_on - today).days if self.closes_on else None


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
    scope, days = request.actor.scope, closing_days(year)
    waiting = enrolment.selections_in(scope, year.pk).filter(state=enrolment.State.CHOSEN).order_by("chosen_at", "pk")
    totals, late = finance.totals(scope, year.pk), behind_of(scope, year)
    late_total = sum(row.number for row in late)
    works = _works(request, year, days, totals, late_total)
    return {
        "year": year,
        "years": policies.years_for(request.actor)[:6],
        "days": days,
        "totals": totals,
        "behind": late,
        "behind_total": late_total,
        "works": [(work, work.days_left(request.today)) for work in works],
        "now": _first_open(works),
        "deadlines": _deadlines(works, request.today),
        "rows": rows_of(list(waiting[:SHOWN]), enrolment.year_rules(year)),
        "waiting": waiting.count(),
        "may_confirm": request.actor.may(enrolment.CONFIRM),
        "entries": list(credits_room.entries_in(scope, year.pk, credits_room.State.ENTERED)[:SHOWN]),
    }


def _deadlines(works: Sequence[Work], today: date) -> list[tuple[Work, int]]:
    """What is still to be done, with the days that are left, the nearest first."""
    found = [(work, left) for work in works if not work.is_done and (left := work.days_left(today)) is not None and left >= 0]
    return sorted(found, key=lambda pair: pair[1])


def _first_open(works: Sequence[Work]) -> int:
    return next((place for place, work in enumerate(works, start=1) if not work.is_done), 0)


def _works(request: Request, year: policies.TrainingYear, days: dict[WindowKind, date], totals: finance.Totals, behind: int) -> list[Work]:
    scope = request.actor.scope
    chosen = enrolment.counts_by_state(scope, year.pk)
    entries = credits_room.state_counts(scope, year.pk)
    people = teachers.teachers_in_post(scope).count()
    entered, reviewed = entries[credits_room.State.ENTERED].count, entries[credits_room.State.REVIEWED].count
    roster, hours = place_for(request.actor, "school:roster"), place_for(request.actor, "school:entries")
    lines, pay_by = pgettext("entries", "entries"), days[WindowKind.PAYMENT]
    return [
        _work(_("Check the roster"), people, None, roster, is_done=True),
        _work(
            _("Confirm choices"), chosen[enrolment.State.CHOSEN], pay_by, f"{reverse('school:selections')}?state=chosen&year={year.year}"
        ),
        _work(_("Review hours"), entered, days.get(WindowKind.REVIEW), hours, unit=lines),
        _work(_("Chase"), behind, days.get(WindowKind.STUDY), "#behind"),
        Work(_("Pay"), _yuan(totals.due_fen), _("yuan"), pay_by, f"{reverse('school:bills')}?year={year.year}", is_done=not totals.due_fen),
        _work(_("Report hours"), reviewed, days.get(WindowKind.REVIEW), hours, unit=lines),
    ]


def _yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"


def _work(word: str, number: int, closes_on: date | None, url: str, *, unit: str = "", is_done: bool | None = None) -> Work:
    done = number == 0 if is_done is None else is_done
    return Work(word, f"{number:,}", unit or pgettext("people", "people"), closes_on, url, is_done=done)


@require_safe
@allowed(SEE_MONTH)
def behind(request: Request, reason: str) -> HttpResponseBase:
    """The teachers who are behind for this reason, to read out or print; as a workbook with `?export=xlsx`."""
    year = year_wanted(request)
    if year is None or reason not in REASONS:
        raise NotInScope
    found = names_of(request.actor.scope, year, reason)
    word: str | Promise = REASONS[reason]
    if request.GET.get("export") == "xlsx":
        headings = [_("Teacher"), _("Stage"), _("Subject"), _("School"), _("Reason")]
        lines = ([one.name, str(stage), str(subject), str(one.school), str(word)] for one, stage, subject in found)
        return workbook_response(f"behind-{reason}-{year.year}", headings, lines)
    return render(request, "school/behind.html", {"year": year, "rows": found, "word": word, "reason": reason})
