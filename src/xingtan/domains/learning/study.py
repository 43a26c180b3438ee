"""What a teacher studies: the chosen courses of the open years with their units, how far each is, and why one is locked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from xingtan.domains.courses import api as courses
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.projects import api as projects
from xingtan.foundation.refusal import NotInScope, Refused

from .queries import Progress, progress_of

if TYPE_CHECKING:
    from xingtan.domains.courses.models import Course, Unit
    from xingtan.domains.policies.models import TrainingYear
    from xingtan.domains.projects.models import Offer


@dataclass(frozen=True, slots=True)
class StudyUnit:
    """A unit and how far the teacher is in it."""

    unit: Unit
    progress: Progress

    @property
    def left_s(self) -> int:
        """Seconds that can still be learned here."""
        return max(self.unit.length_s - self.progress.learned_s, 0)

    @property
    def is_timed(self) -> bool:
        """True for films and documents, whose time is measured."""
        return self.unit.length_s > 0

    @property
    def is_done(self) -> bool:
        """True when every second of it was counted; never for quizzes and assignments, which others judge."""
        return self.is_timed and self.left_s == 0


@dataclass(frozen=True, slots=True)
class StudyCourse:
    """A chosen course with its units; `why` says why it is locked today, None when it is open."""

    offer: Offer
    course: Course
    units: tuple[StudyUnit, ...]
    why: Refused | None

    @property
    def learned_s(self) -> int:
        """Seconds counted in all films and documents, each at most once through: what a bar can show."""
        return sum(min(one.progress.learned_s, one.unit.length_s) for one in self.units)

    @property
    def length_s(self) -> int:
        """Seconds that can be learned in all units."""
        return sum(one.unit.length_s for one in self.units)

    @property
    def next_unit(self) -> StudyUnit | None:
        """The first timed unit with something left, or None."""
        return next((one for one in self.units if one.is_timed and not one.is_done), None)


def study_courses(teacher_id: int, years: Iterable[TrainingYear], day: date) -> list[StudyCourse]:
    """The courses that the teacher chose for these years, in the order of choice; a fixed number of queries a year."""
    offers = _chosen(teacher_id, years)
    refusals = enrolment.study_refusals(teacher_id, [offer.pk for offer in offers], day) if offers else {}
    units = courses.units_of(offer.course_id for offer in offers if offer.course_id)
    known = courses.courses_by_id(offer.course_id for offer in offers if offer.course_id)
    progress = progress_of(teacher_id, (unit.pk for some in units.values() for unit in some))
    return [_course(offer, known, units, progress, refusals) for offer in offers]


def _course(
    offer: Offer,
    known: Mapping[int, Course],
    units: Mapping[int, Sequence[Unit]],
    progress: Mapping[int, Progress],
    refusals: Mapping[int, Refused | None],
) -> StudyCourse:
    course = known[offer.course_id or 0]
    parts = tuple(StudyUnit(unit, progress[unit.pk]) for unit in units.get(course.pk, ()))
    return StudyCourse(offer, course, parts, refusals.get(offer.pk))


def _chosen(teacher_id: int, years: Iterable[TrainingYear]) -> list[Offer]:
    """The offers of a course within the teacher's choices for these years."""
    selections = [one for year in years if (one := enrolment.selection_of(teacher_id, year.pk))]
    chosen = enrolment.chosen_offers(one.pk for one in selections)
    known = projects.offers_by_id(pk for ids in chosen.values() for pk in ids)
    ids = [pk for one in selections for pk in chosen.get(one.pk, ())]
    return [known[pk] for pk in ids if known[pk].course_id]


def unit_at_desk(teacher_id: int, public_id: str, years: Iterable[TrainingYear], day: date) -> tuple[StudyCourse, StudyUnit]:
    """The unit with this address within the teacher's own courses; raises `NotInScope` for any other. An open course comes before a locked one."""
    found = [(course, one) for course in study_courses(teacher_id, years, day) for one in course.units if one.unit.public_id == public_id]
    if not found:
        raise NotInScope("unit")
    return min(found, key=lambda pair: pair[0].why is not None)
