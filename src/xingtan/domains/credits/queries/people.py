"""Who the teachers of a year are, what they chose, and which of their offers a course belongs to."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from xingtan.core.policy import Policy
from xingtan.domains.courses import api as courses
from xingtan.domains.credits.rules import first_training_year, owed_by_hires_until
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.roles import OPERATOR
from xingtan.foundation.scope.branch import Scope

WHOLE_TREE = OPERATOR.scope


class Person(NamedTuple):
    """A teacher as a determination needs one: where, the year in which they counted as new, what was chosen for the year."""

    teacher_id: int
    school_id: int
    first_year: int
    item: int | None = None
    offer_ids: tuple[int, ...] = ()

    def is_new_hire(self, policy: Policy, year: int) -> bool:
        """True when this year's cycle is the one in which the teacher counted as new."""
        first, last = policy.cycle_of(year)
        return first <= self.first_year <= last

    def is_first_year(self, year: int) -> bool:
        """True when this is the year in which the teacher counts as new."""
        return self.first_year == year

    def years_on_roster(self, policy: Policy, year: int) -> int:
        """How many years of this year's cycle the teacher owes: all, or those from the hire on."""
        first, last = policy.cycle_of(year)
        return last - max(first, min(self.first_year, last)) + 1


class Choice(NamedTuple):
    """What a teacher chose for a year."""

    item: int
    offer_ids: tuple[int, ...]


def choices_of(teacher_ids: Collection[int], training_year_id: int) -> dict[int, Choice]:
    """Each teacher's choice for the year that was not withdrawn, in two queries."""
    rows = enrolment.standing_choices(teacher_ids, training_year_id)
    offers = enrolment.chosen_offers([pk for _, pk, _ in rows])
    return {teacher_id: Choice(item, tuple(offers.get(pk, ()))) for teacher_id, pk, item in rows}


def people_of(teacher_ids: Iterable[int], training_year_id: int, policy: Policy) -> dict[int, Person]:
    """These teachers with their choices; an item that the policy does not know counts as none."""
    return _with_choices(teachers.posts_of(teacher_ids), training_year_id, policy)


def schools_of(teacher_ids: Iterable[int]) -> dict[int, int]:
    """For each teacher's id the id of the school."""
    return dict(teachers.teachers_in(WHOLE_TREE).filter(pk__among=teacher_ids).order_by().values_list("pk", "school_id"))


def people_in(scope: Scope, training_year_id: int, policy: Policy) -> dict[int, Person]:
    """The branch's teachers who are in post and owe the year, with their choices."""
    rows = owing_in(scope, training_year_id, policy).order_by("pk").values_list("pk", "school_id", "hired_on")
    return _with_choices(list(rows), training_year_id, policy)


def owing_in(scope: Scope, training_year_id: int, policy: Policy) -> QuerySet[teachers.Teacher]:
    """The branch's teachers who are in post and owe the year: who was hired after its study opened begins with the next one."""
    year = policies.TrainingYear.everywhere.values_list("year", flat=True).get(pk=training_year_id)
    return teachers.teachers_in_post(scope).filter(hired_on__lte=owed_by_hires_until(policy, year))


def _with_choices(rows: Collection[tuple[int, int, date]], training_year_id: int, policy: Policy) -> dict[int, Person]:
    chosen = choices_of([pk for pk, _, _ in rows], training_year_id)
    known = {item.number for item in policy.items}
    nothing = Choice(0, ())
    first_years = {day: first_training_year(policy, day) for day in {hired_on for _, _, hired_on in rows}}
    answer = {}
    for pk, school_id, hired_on in rows:
        choice = chosen.get(pk, nothing)
        answer[pk] = Person(pk, school_id, first_years[hired_on], choice.item if choice.item in known else None, choice.offer_ids)
    return answer


def offers_for_courses(pairs: Collection[tuple[int, int]]) -> dict[tuple[int, int], projects.Offer]:
    """For each (teacher, course) the offer under which the teacher chose it, of the latest open year; absent when it was not chosen."""
    teacher_ids = {teacher_id for teacher_id, _ in pairs}
    answer: dict[tuple[int, int], projects.Offer] = {}
    for year in reversed(list(policies.open_years_for(WHOLE_TREE))):
        chosen = choices_of(teacher_ids, year.pk)
        offers = projects.offers_by_id({pk for choice in chosen.values() for pk in choice.offer_ids})
        for teacher_id, choice in chosen.items():
            for offer_id in choice.offer_ids:
                offer = offers[offer_id]
                if offer.course_id and (teacher_id, offer.course_id) in pairs:
                    answer[teacher_id, offer.course_id] = offer
    return answer


def part_of_course(policy: Policy, course: courses.Course, component: str) -> str:
    """The component's part that a course's hours also belong to, named by its content area; "" when the pack has no such part."""
    known = {part.code for one in policy.components if one.code == component for part in one.parts}
    return course.area if course.area in known else ""
