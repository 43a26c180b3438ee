"""A teacher's year as the home page needs it: asked of the rooms once, then only read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import get_language

from xingtan.core.calendar import Window, WindowKind
from xingtan.core.policy import Policy, Words
from xingtan.domains.credits import api as credits_door
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers
from xingtan.web.parts.figures import Part


@dataclass
class TeacherYear:
    """One teacher in one training year."""

    teacher: teachers.Teacher
    day: date
    year: policies.TrainingYear
    policy: Policy
    windows: Mapping[WindowKind, Window]
    amounts: Any = None
    selection: enrolment.CourseSelection | None = None
    card: enrolment.LearningCard | None = None
    offers: Sequence[Any] = field(default_factory=list)

    @property
    def study_ends_on(self) -> date:
        """The last day on which study counts."""
        return self.windows[WindowKind.STUDY].closes_on

    @property
    def days_left(self) -> int:
        """Days until study ends, 0 on its last day, negative afterwards."""
        return (self.study_ends_on - self.day).days

    @property
    def parts(self) -> list[Part]:
        """The year's components with what is asked, recognised and verified."""
        return [
            Part(said(self.policy.component(code).label), one.required, one.recognised, one.verified)
            for code, one in self._by_component().items()
        ]

    @property
    def lacks_courses(self) -> bool:
        """True while hours of courses are still missing; what is studied beyond them is surplus."""
        mine = {offer.component for offer in self.offers if offer.course_id}
        return any(one.recognised < one.required for code, one in self._by_component().items() if code in mine)

    def _by_component(self) -> Mapping[str, Any]:
        return self.amounts.by_component if self.amounts else {}


def said(words: Words) -> str:
    """A pack's label in the language of the page."""
    return words.en if (get_language() or "").startswith("en") else words.zh


def year_of_teacher(teacher_id: int, day: date) -> TeacherYear | None:
    """The teacher's present year with choice, card and amounts; None while no year is open there."""
    teacher = teachers.teachers_by_id([teacher_id])[teacher_id]
    year = _present_year(teacher, day)
    if year is None:
        return None
    rules = enrolment.year_rules(year)
    found = TeacherYear(teacher, day, year, rules.policy, rules.windows)
    found.selection = enrolment.selection_of(teacher_id, year.pk)
    found.card = enrolment.card_of(teacher_id, year.pk)
    found.offers = _offers(found.selection)
    found.amounts = _amounts(teacher_id, year.pk)
    return found


def _present_year(teacher: teachers.Teacher, day: date) -> policies.TrainingYear | None:
    """The latest open year that has begun to be chosen for, else the latest open one."""
    is_open = list(policies.open_years_for(teacher.school_id))
    windows = policies.windows_by_year([year.pk for year in is_open])
    begun = [year for year in is_open if (window := windows[year.pk].get(WindowKind.SELECTION)) and window.opens_on <= day]
    return next(iter(begun), next(iter(is_open), None))


def _offers(selection: enrolment.CourseSelection | None) -> list[Any]:
    if selection is None:
        return []
    ids = enrolment.chosen_offers([selection.pk]).get(selection.pk, [])
    known = projects.offers_by_id(ids)
    return [known[pk] for pk in ids]


def _amounts(teacher_id: int, training_year_id: int) -> Any:  # noqa: ANN401 -- the credits room's own value
    return credits_door.amounts_of([teacher_id], training_year_id).get(teacher_id)
