"""Whoever was on record twice finds under the one record what was studied, handed in and answered under the other."""

from __future__ import annotations

import pytest

from tests import enrolling, tutoring
from xingtan.core.calendar import local_day
from xingtan.domains.assessment import api as assessment
from xingtan.domains.assessment.queries import history, versions_locked
from xingtan.domains.learning import api as learning
from xingtan.domains.learning.models import UnitProgress
from xingtan.domains.policies import api as policies
from xingtan.domains.reviews import api as reviews
from xingtan.domains.reviews.models import Appeal, LateEntry
from xingtan.domains.teachers import api as teachers
from xingtan.domains.workshops import api as workshops
from xingtan.foundation.people.roles import Role

pytestmark = pytest.mark.django_db(databases="__all__")
NOW = tutoring.NOW


@pytest.fixture
def cast(db):
    return tutoring.build()


@pytest.fixture
def double(cast):
    """A record under which everything was done, as an actor."""
    [made] = tutoring.newcomers(cast, 1)
    return made


@pytest.fixture
def person(cast, double):
    """Joins the double with a record that never did anything; the person's actor."""

    def act():
        [one] = enrolling.teachers(cast.school, 1)
        teachers.merge(actor=cast.zhou, merged_id=double.teacher_id, into_id=one.pk, reason="同一人", now=NOW)
        return enrolling.actor_of(Role.TEACHER, cast.school, one)

    return act


def progress(cast, teacher_id, covered, **values):
    """The teacher watched these parts of the film."""
    seconds = sum(end - start for start, end in covered)
    values = {"learned_s": seconds, "position_s": covered[-1][1], "changed_at": int(NOW.timestamp()), **values}
    UnitProgress.objects.create(teacher_id=teacher_id, unit_id=cast.film.pk, length_s=60, covered=covered, **values)


def test_courses_and_progress_are_there_and_count_once(cast, double, person):
    progress(cast, double.teacher_id, [[0, 40]])
    own = person()
    progress(cast, own.teacher_id, [[20, 50]], changed_at=int(NOW.timestamp()) + 9)
    [course, *_rest] = learning.study_courses(own.teacher_id, policies.years_for(own), local_day(NOW))
    film = next(one for one in course.units if one.unit == cast.film)
    assert (film.progress.learned_s, film.progress.position_s) == (60, 50)
    assert film.progress.covered == ((0, 50),)
    assert film.is_done
    assert learning.studying_teachers([own.teacher_id]) == {own.teacher_id}
    assert learning.progress_of(double.teacher_id, [cast.film.pk])[cast.film.pk].learned_s == 40


def test_quizzes_and_work_are_there_and_go_on(cast, double, person):
    assessment.take_quiz(actor=double, unit_id=cast.quiz.pk, answers=tutoring.RIGHT, source="a", now=NOW)
    assessment.hand_in(actor=double, unit_id=cast.assignment.pk, text=tutoring.WORK, now=NOW)
    own = person()
    assert [one.score for one in assessment.attempts_of(own.teacher_id, cast.quiz.pk)] == [100]
    assessment.take_quiz(actor=own, unit_id=cast.quiz.pk, answers=tutoring.WRONG, source="b", now=NOW)
    assert assessment.best_attempts(own.teacher_id, [cast.quiz.pk])[cast.quiz.pk].score == 100
    assert assessment.last_submissions(own.teacher_id, [cast.assignment.pk])[cast.assignment.pk].text == tutoring.WORK
    again = assessment.hand_in(actor=own, unit_id=cast.assignment.pk, text=tutoring.WORK, now=NOW)
    assert [one.pk for one in versions_locked(own.teacher_id, cast.assignment.pk)] == [again.pk]
    assert history(own.teacher_id, cast.assignment.pk).count() == 1


def test_workshops_are_there_and_a_part_is_one(cast, double, person):
    part = workshops.hand_in_activity(actor=double, activity_id=cast.activity.pk, text=tutoring.WORK, now=NOW)
    own = person()
    assert list(workshops.workshops_of_teacher(own.teacher_id)) == [cast.workshop]
    assert workshops.own_parts(own.teacher_id, [cast.activity.pk])[cast.activity.pk] == part
    assert workshops.activity_of_member(own.teacher_id, cast.activity.public_id) == cast.activity
    assert workshops.hand_in_activity(actor=own, activity_id=cast.activity.pk, text=tutoring.WORK, now=NOW).pk == part.pk
    assert workshops.cohort_of(own.teacher_id, cast.project.pk) == cast.cohort


def test_appeals_are_there_and_can_be_withdrawn(cast, double, person):
    late = LateEntry.everywhere.create(
        teacher_id=double.teacher_id, school=cast.school, office=cast.county, training_year=cast.year, component="course", title="补登",
        centi=100, happened_on=cast.year.first_on, reason_code="mistake", reason="漏登", asked_at=NOW, state="refused", decided_at=NOW,
        answer="凭据不足",
    )  # fmt: skip
    one = Appeal.everywhere.create(
        teacher_id=double.teacher_id, school=cast.school, training_year=cast.year, office=cast.county, words="学时少了", filed_at=NOW,
        answer_by=local_day(NOW), late_entry=late,
    )  # fmt: skip
    own = person()
    assert reviews.own_appeals(own.teacher_id) == [one]
    reviews.withdraw_appeal(actor=own, appeal_id=one.pk, now=NOW)
    assert reviews.own_appeal(own.teacher_id, one.public_id).state == reviews.AppealState.WITHDRAWN
    assert reviews.own_appeals(cast.lin_teacher.pk) == []
