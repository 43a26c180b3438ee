"""The steps of the school's month: what is to be entered, reviewed, reported, mended, answered, paid; until when and where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xingtan.core.calendar import WindowKind
from xingtan.domains.credits import api as credits_room
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.finance import api as finance
from xingtan.domains.papers import api as papers
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.web.http import Request
from xingtan.web.nav import place_for

from .scopes import closing_days

State = credits_room.State


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


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted of the year for the steps."""

    totals: finance.Totals
    chased: int
    answers: int


def works_of(request: Request, year: policies.TrainingYear, counts: Counts) -> list[Work]:
    """Every step in the order of the way, each with its deadline and the place where it is done."""
    scope, days = request.actor.scope, closing_days(year)
    chosen = enrolment.counts_by_state(scope, year.pk)
    entries = credits_room.state_counts(scope, year.pk)
    lines, pay_by, review_by = pgettext("entries", "entries"), days.get(WindowKind.PAYMENT), days.get(WindowKind.REVIEW)
    due = len(credits_room.enterable(request.actor.organisation_id or 0, year))
    choices, bills = f"{reverse('school:selections')}?state=chosen&year={year.year}", f"{reverse('school:bills')}?year={year.year}"
    return [
        _work(
            _("Check the roster"), teachers.teachers_in_post(scope).count(), None, place_for(request.actor, "school:roster"), is_done=True
        ),
        _work(_("Confirm choices"), chosen[enrolment.State.CHOSEN], pay_by, choices),
        _work(_("Enter hours"), due, days.get(WindowKind.ENTRY), place_for(request.actor, "provider:enter"), unit=lines),
        _work(_("Review hours"), entries[State.ENTERED].count, review_by, "#review", unit=lines),
        _work(_("Report hours"), entries[State.REVIEWED].count, review_by, "#report", unit=lines),
        _work(_("Mend what was returned"), entries[State.RETURNED].count, review_by, _entries(request, year, "returned"), unit=lines),
        _work(_("Answer"), counts.answers, None, "#answers", unit=pgettext("month", "matters")),
        _work(_("Chase"), counts.chased, days.get(WindowKind.STUDY), f"{reverse('school:behind', args=['all'])}?year={year.year}"),
        Work(_("Pay"), _yuan(counts.totals.due_fen), _("yuan"), pay_by, bills, is_done=not counts.totals.due_fen),
    ]


def _entries(request: Request, year: policies.TrainingYear, tab: str) -> str:
    place = place_for(request.actor, "school:entries")
    return f"{place}?tab={tab}&year={year.year}" if place else ""


def answers_of(request: Request) -> list[tuple[str, int, str]]:
    """What waits for the school's answer: its word, how many, and where it is answered; only what there is."""
    refused = papers.state_counts(request.actor.scope)[papers.State.REFUSED]
    waiting = papers.answers_in(request.actor.scope, state=papers.Answer.WAITING.value).count()
    found = [
        (_("Papers whose seal was refused"), refused, f"{reverse('school:papers')}?state=refused"),
        (_("Teachers who have not confirmed hours of earlier years"), waiting, f"{reverse('school:openings')}?state=waiting"),
    ]
    return [one for one in found if one[1]]


def _yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"


def _work(word: str, number: int, closes_on: date | None, url: str, *, unit: str = "", is_done: bool | None = None) -> Work:
    done = number == 0 if is_done is None else is_done
    return Work(word, f"{number:,}", unit or pgettext("people", "people"), closes_on, url, is_done=done)
