"""The facts of many teacher-years for `core.determination`, gathered in a number of queries that does not grow with the teachers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from xingtan.core.calendar import Position, WindowKind
from xingtan.core.determination import YearFacts
from xingtan.core.policy import Policy
from xingtan.core.verdicts import Verdict
from xingtan.domains.assessment import api as assessment
from xingtan.domains.courses import api as courses
from xingtan.domains.credits import api as credits_room
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers
from xingtan.domains.workshops import api as workshops

from .told import told_of


class Work(NamedTuple):
    """Ids of the work that a choice requires: units with quizzes and assignments, activities with work products."""

    units: frozenset[int]
    products: frozenset[int]


def facts_of_year(
    training_year: policies.TrainingYear, people: Mapping[int, credits_room.Person], day: date
) -> Iterator[tuple[int, YearFacts]]:
    """The facts of each of these teachers, in the people's order."""
    policy = policies.policy_of(training_year)
    held = credits_room.held_of(training_year.pk, people)
    stands = credits_room.stands_of(people, training_year.pk)
    required = work_required(people.values())
    waiting = _waiting(people, required)
    standings = teachers.standings_of(people)
    closed = policies.window_state(training_year, WindowKind.STUDY, day) is Position.AFTER
    told = told_of(training_year, policy, people, day)
    for pk, person in people.items():
        work = work_of(person, required)
        done = _done(held[pk].evidence, work, waiting.get(pk, frozenset()))
        yield (
            pk,
            YearFacts(
                year=training_year.year,
                item=told[pk].standing.item or None,
                leave_ground=told[pk].standing.leave_ground,
                held=told[pk].standing.held,
                unclear=told[pk].standing.unclear,
                activities=(*told[pk].activities, *credits_room.way_facts(held[pk], stands)),
                results=told[pk].results,
                is_new_hire=person.is_new_hire(policy, training_year.year),
                first_year=person.is_first_year(training_year.year),
                hours=credits_room.hour_facts(held[pk], stands, with_ways=False),
                took_part=bool(held[pk].evidence or held[pk].openings),
                on_roster=person.first_year <= training_year.year,
                study_closed=closed,
                carried=_carried(standings.get(pk, {}), training_year.year, policy),
                assignments_required=len(work.units),
                assignments_passed=done.units,
                assignments_waiting=done.units_waiting,
                work_products_required=len(work.products),
                work_products_passed=done.products,
                work_products_waiting=done.products_waiting,
            ),
        )


def work_required(people: Iterable[credits_room.Person]) -> dict[int, Work]:
    """Of each chosen offer the work that it requires, by the offer's id."""
    chosen = projects.course_ids_of({pk for person in people for pk in person.offer_ids})
    by_course = courses.required_work({course_id for course_id in chosen.values() if course_id})
    products = workshops.work_products_of([pk for pk, course_id in chosen.items() if not course_id])
    answer = {}
    for pk, course_id in chosen.items():
        quizzes, assignments = by_course.get(course_id, ((), ())) if course_id else ((), ())
        answer[pk] = Work(frozenset((*quizzes, *assignments)), frozenset(products.get(pk, ())))
    return answer


def work_of(person: credits_room.Person, required: Mapping[int, Work]) -> Work:
    """All the work that one teacher's choice requires."""
    own = [required[pk] for pk in person.offer_ids]
    return Work(frozenset().union(*[one.units for one in own]), frozenset().union(*[one.products for one in own]))


def _waiting(people: Mapping[int, credits_room.Person], required: Mapping[int, Work]) -> dict[int, set[tuple[str, int]]]:
    """Work of each teacher that was handed in and is not decided, in two queries."""
    units = {pk for work in required.values() for pk in work.units}
    products = {pk for work in required.values() for pk in work.products}
    found: dict[int, set[tuple[str, int]]] = defaultdict(set)
    for teacher_id, unit_id in assessment.waiting_submissions(people, units):
        found[teacher_id].add(("unit", unit_id))
    for teacher_id, activity_id in workshops.waiting_parts(people, products):
        found[teacher_id].add(("activity", activity_id))
    return found


class Done(NamedTuple):
    """How much of the required work is passed, and how much was handed in and is not decided."""

    units: int
    products: int
    units_waiting: int
    products_waiting: int


def _done(evidence: Iterable[credits_room.Evidence], work: Work, waiting: Collection[tuple[str, int]]) -> Done:
    passed_units, passed_products = set(), set()
    for one in evidence:
        if one.kind in (credits_room.EvidenceKind.QUIZ, credits_room.EvidenceKind.ASSIGNMENT) and one.is_passed:
            passed_units.add(one.detail["unit"])
        elif one.kind == credits_room.EvidenceKind.ACTIVITY and "activity" in one.detail:
            passed_products.add(one.detail["activity"])
    units, products = work.units & passed_units, work.products & passed_products
    return Done(
        len(units),
        len(products),
        sum(1 for pk in work.units - units if ("unit", pk) in waiting),
        sum(1 for pk in work.products - products if ("activity", pk) in waiting),
    )


def _carried(standings: Mapping[int, str], year: int, policy: Policy) -> tuple[tuple[int, Verdict], ...]:
    first, _last = policy.cycle_of(year)
    return tuple((one, Verdict(verdict)) for one, verdict in sorted(standings.items()) if first <= one < year)
