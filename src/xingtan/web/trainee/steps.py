"""What a teacher has to do next, from the state of the rooms: sorted by its last day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from xingtan.core.calendar import WindowKind
from xingtan.core.units import hours_centi
from xingtan.domains.assessment import api as assessment
from xingtan.domains.courses import api as courses
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.learning import api as learning
from xingtan.domains.workshops import api as workshops
from xingtan.web.nav import address

from .year import TeacherYear

State = enrolment.State
SCORED = {courses.UnitKind.QUIZ, courses.UnitKind.PACKAGE}


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do: until when, what, why, what it brings (None: no hours), and where; without an address somebody else acts."""

    until: date
    what: str
    why: str
    url: str = ""
    button: str = ""
    gain_centi: int | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """A unit that was begun: its course, how far it is, in seconds."""

    unit: Any
    course: Any
    position_s: int
    learned_s: int
    url: str


def next_steps(year: TeacherYear) -> list[NextStep]:
    """Everything open for the teacher, the earliest last day first."""
    found = [*_entry_steps(year)]
    if year.selection is not None and year.days_left >= 0 and _may_study(year):
        found += [*_unit_steps(year), *_activity_steps(year)]
    return sorted(found, key=lambda step: step.until)


def _may_study(year: TeacherYear) -> bool:
    refusals = enrolment.study_refusals(year.teacher.pk, [offer.pk for offer in year.offers], year.day)
    return any(why is None for why in refusals.values())


def _entry_steps(year: TeacherYear) -> Iterator[NextStep]:
    """Choosing, what the school does about it, and the learning card."""
    chosen = year.selection
    if chosen is None or chosen.state == State.RETURNED:
        yield from _choosing(year)
    elif chosen.state == State.CHOSEN:
        until = year.windows[WindowKind.SELECTION].closes_on
        yield NextStep(until, _("The school confirms your choice"), _("You may still change it."), address("trainee:choose"), _("Look"))
    elif chosen.state in (State.CONFIRMED, State.PAID):
        until = year.windows[WindowKind.PAYMENT].closes_on
        yield NextStep(until, _("The school pays and registers you"), _("Nothing for you to do; you will have a message."))
    if year.card is not None and year.card.activated_at is None:
        yield NextStep(
            year.study_ends_on, _("Activate your learning card"), _("It opens your study."), address("trainee:card"), _("Activate")
        )


def _choosing(year: TeacherYear) -> Iterator[NextStep]:
    window = year.windows[WindowKind.SELECTION]
    if year.day > window.closes_on:
        return
    if year.day < window.opens_on:
        yield NextStep(
            window.closes_on, _("Choose your course and workshop"), _("Opens on %(day)s.") % {"day": window.opens_on.isoformat()}
        )
        return
    reason = year.selection.reason if year.selection else ""
    why = _("Sent back: %(reason)s") % {"reason": reason} if reason else _("A course and a workshop of your own or a related subject.")
    yield NextStep(window.closes_on, _("Choose your course and workshop"), why, address("trainee:choose"), _("Choose now"))


def _unit_steps(year: TeacherYear) -> Iterator[NextStep]:
    """The first unfinished video or document of each course, and quizzes and assignments still to do."""
    units, begun = _units(year), set[int]()
    progress = learning.progress_of(year.teacher.pk, [unit.pk for unit in units])
    for unit in (unit for unit in units if unit.length_s and year.lacks_courses):
        missing = unit.length_s - progress[unit.pk].learned_s
        if missing > 0 and unit.course_id not in begun:
            begun.add(unit.course_id)
            gain = hours_centi(missing, year.policy.seconds_per_hour).centi
            why = _("Seen up to %(at)s of %(length)s") % {"at": _minutes(progress[unit.pk].position_s), "length": _minutes(unit.length_s)}
            yield NextStep(year.study_ends_on, str(unit), why, _unit_url(unit), _("Go on"), gain)
    yield from _work_steps(year, units)


def _work_steps(year: TeacherYear, units: list[Any]) -> Iterator[NextStep]:
    until = year.windows[WindowKind.HANDING_IN].closes_on
    scored = assessment.best_attempts(year.teacher.pk, [unit.pk for unit in units if unit.kind in SCORED])
    passed = {pk for pk, attempt in scored.items() if attempt.is_passed}
    papers = assessment.last_submissions(year.teacher.pk, [unit.pk for unit in units if unit.kind == courses.UnitKind.ASSIGNMENT])
    for unit in units:
        if unit.kind == courses.UnitKind.QUIZ and unit.pk not in passed:
            why = _("Quiz, passed from %(score)s points.") % {"score": unit.pass_score}
            yield NextStep(until, str(unit), why, _unit_url(unit), _("Take it"))
        if unit.kind == courses.UnitKind.PACKAGE and unit.is_required and unit.pk not in passed:
            yield NextStep(until, str(unit), _("Package: it has to report that you passed."), _unit_url(unit), _("Open it"))
        if unit.kind == courses.UnitKind.ASSIGNMENT and _is_due(papers.get(unit.pk)):
            why = _("Assignment: the tutor sent it back with remarks.") if unit.pk in papers else _("Assignment, marked by your tutor.")
            yield NextStep(until, str(unit), why, _unit_url(unit), _("Hand in"))


def _is_due(paper: Any) -> bool:  # noqa: ANN401 -- a row of the assessment room
    return paper is None or paper.state == assessment.State.RETURNED


def _activity_steps(year: TeacherYear) -> Iterator[NextStep]:
    """Activities of the own workshops that are open and not handed in, or sent back."""
    mine = [one.pk for one in workshops.workshops_of_teacher(year.teacher.pk) if one.offer.project.training_year_id == year.year.pk]
    activities = list(workshops.activities_of(mine))
    parts = workshops.own_parts(year.teacher.pk, [activity.pk for activity in activities])
    for activity in activities:
        part = parts.get(activity.pk)
        if activity.closes_on < year.day or (part and part.state != workshops.State.RETURNED):
            continue
        why = _("The workshop lead sent it back.") if part else _("Counts once the workshop lead confirms it.")
        url = address("trainee:activity", activity.public_id)
        yield NextStep(
            activity.closes_on, _("Workshop: %(activity)s") % {"activity": activity}, why, url, _("Take part"), activity.hours_centi
        )


def running(year: TeacherYear) -> list[Running]:
    """Units that were begun and are not finished, the most advanced first."""
    units = _units(year)
    progress = learning.progress_of(year.teacher.pk, [unit.pk for unit in units])
    known = {offer.course_id: offer.course for offer in year.offers if offer.course_id}
    begun = [unit for unit in units if 0 < progress[unit.pk].learned_s < unit.length_s]
    rows = [
        Running(unit, known[unit.course_id], progress[unit.pk].position_s, progress[unit.pk].learned_s, _unit_url(unit)) for unit in begun
    ]
    return sorted(rows, key=lambda row: -row.learned_s)


def _units(year: TeacherYear) -> list[Any]:
    by_course = courses.units_of([offer.course_id for offer in year.offers if offer.course_id])
    return [unit for units in by_course.values() for unit in units]


def _unit_url(unit: Any) -> str:  # noqa: ANN401 -- a row of the courses room
    return address("trainee:unit", unit.public_id)


def _minutes(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02d}"
