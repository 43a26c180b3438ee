"""What is known of every teacher of a branch, in a fixed number of queries, and the matter under which each is chased."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Sum

from xingtan.core.calendar import WindowKind
from xingtan.core.verdicts import Verdict
from xingtan.domains.assessment import api as assessment
from xingtan.domains.courses import api as courses
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination import api as determination_room
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.learning import api as learning
from xingtan.domains.papers.states import Matter
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.scope.branch import Scope

from .rules import Standing, Study, matter_of


def study_of(year: policies.TrainingYear, today: date) -> Study:
    """The year's study window, or the whole year where none is set."""
    window = enrolment.year_rules(year).windows.get(WindowKind.STUDY)
    return Study(window.opens_on, window.closes_on, today) if window else Study(year.first_on, year.last_on, today)


def matters_of(scope: Scope, year: policies.TrainingYear, today: date) -> dict[int, Matter]:
    """Each teacher in post of the branch who is behind, with the first matter that holds."""
    study = study_of(year, today)
    found = ((pk, matter_of(one, study)) for pk, one in standings_in(scope, year).items())
    return {pk: matter for pk, matter in found if matter is not None}


def standings_in(scope: Scope, year: policies.TrainingYear) -> dict[int, Standing]:
    """What is known of each teacher in post of the branch."""
    people = dict(teachers.teachers_in_post(scope).order_by().values_list("pk", "account__activated_at"))
    rows = enrolment.selections_in(scope, year.pk).exclude(state=enrolment.State.WITHDRAWN).order_by()
    chosen = {pk: (enrolment.State(state), hours) for pk, state, hours in rows.values_list("teacher_id", "state", "hours_centi")}
    studying = [pk for pk, (state, _) in chosen.items() if state is enrolment.State.REGISTERED and pk in people]
    learned = _learned(scope, year)
    started = {pk for pk in studying if learned.get(pk)} | learning.studying_teachers(pk for pk in studying if not learned.get(pk))
    missing, verdicts = _missing_work(scope, year, started), _verdicts(scope, year)
    return {
        pk: Standing(
            has_signed_in=activated_at is not None,
            state=chosen[pk][0] if pk in chosen else None,
            hours_centi=chosen[pk][1] if pk in chosen else 0,
            learned_centi=learned.get(pk, 0),
            has_started=pk in started,
            missing_work=missing.get(pk, 0),
            verdict=verdicts.get(pk),
        )
        for pk, activated_at in people.items()
    }


def _learned(scope: Scope, year: policies.TrainingYear) -> dict[int, int]:
    rows = credits_room.Evidence.objects.within(scope).filter(training_year_id=year.pk, withdrawn_at=None, kind__in=credits_room.WITH_HOURS)
    return dict(rows.order_by().values("teacher_id").annotate(centi=Sum("learned_centi")).values_list("teacher_id", "centi"))


def _verdicts(scope: Scope, year: policies.TrainingYear) -> dict[int, Verdict]:
    rows = determination_room.determinations_in(scope, year.pk).order_by()
    return {pk: Verdict(verdict) for pk, verdict in rows.values_list("teacher_id", "verdict")}


def _missing_work(scope: Scope, year: policies.TrainingYear, ids: Collection[int]) -> dict[int, int]:
    """How many required quizzes and assignments of the chosen courses each of these teachers has not done."""
    rows = enrolment.ChosenOffer.objects.filter(
        selection__in=enrolment.selections_in(scope, year.pk).order_by().values("pk"), offer__course__isnull=False
    )
    chosen: dict[int, set[int]] = defaultdict(set)
    for pk, course in rows.order_by().values_list("selection__teacher_id", "offer__course_id"):
        if pk in ids:
            chosen[pk].add(course)
    work = courses.required_work({course for own in chosen.values() for course in own})
    units = {unit for quizzes, assignments in work.values() for unit in (*quizzes, *assignments)}
    done = _done(scope, units)
    return {pk: sum((pk, unit) not in done for course in own for part in work[course] for unit in part) for pk, own in chosen.items()}


def _done(scope: Scope, units: Collection[int]) -> set[tuple[int, int]]:
    """(teacher, unit) of quizzes passed and assignments handed in that were not returned."""
    passed = assessment.QuizAttempt.objects.within(scope).filter(unit_id__in=units, is_passed=True).order_by()
    handed = assessment.Submission.objects.within(scope).filter(unit_id__in=units).exclude(state=assessment.State.RETURNED).order_by()
    return {*passed.values_list("teacher_id", "unit_id"), *handed.values_list("teacher_id", "unit_id")}
