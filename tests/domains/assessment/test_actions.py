"""Taking quizzes, handing in and marking: once, within scope, and told to the hallway."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests import enrolling, tutoring
from tests.deputies import refuses_own, standing_in
from tests.tutoring import COMMENT, FULL, NOW, POOR, RIGHT, WORK, WRONG
from xingtan.domains.assessment import api as assessment
from xingtan.domains.assessment.models import QuizAttempt, Submission
from xingtan.domains.workshops.models import Cohort
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.events.models import Event
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

State = assessment.State


def take(cast, actor=None, answers=RIGHT, source="form", now=NOW):
    return assessment.take_quiz(actor=actor or cast.lin, unit_id=cast.quiz.pk, answers=answers, source=source, now=now)


def hand_in(cast, actor=None, text=WORK, now=NOW):
    return assessment.hand_in(actor=actor or cast.lin, unit_id=cast.assignment.pk, text=text, now=now)


def mark(cast, work, outcome=State.PASSED, marks=FULL, comment="", actor=None):
    return assessment.mark(actor=actor or cast.tutor, submission_id=work.pk, outcome=outcome, marks=marks, comment=comment, now=NOW)


def told(name):
    return list(Event.objects.filter(name=name).order_by("pk").values_list("payload", flat=True))


def test_an_attempt_is_scored_and_told_once(cast):
    first, second = take(cast), take(cast)
    assert first == second
    assert (first.score, first.is_passed, first.school_id, first.answers["q2"]) == (100, True, cast.school.pk, ["a", "b"])
    assert told("assessment.marked") == [{"attempts": [first.pk], "submissions": []}]


def test_the_best_attempt_counts_the_earliest_of_equal_ones(cast):
    attempts = [take(cast, answers=answers, source=str(at)) for at, answers in enumerate([WRONG, RIGHT, RIGHT, WRONG])]
    assert assessment.best_attempts(cast.lin_teacher.pk, [cast.quiz.pk])[cast.quiz.pk] == attempts[1]
    assert assessment.best_of(assessment.attempts_of(cast.lin_teacher.pk, cast.quiz.pk)) == attempts[1]
    assert assessment.best_of([]) is None


def test_two_teachers_may_have_the_same_form_number(cast):
    [wen] = tutoring.newcomers(cast, 1)
    assert take(cast).pk != take(cast, wen).pk


def test_a_refused_quiz_leaves_nothing(cast):
    for answers, code in (({}, "quiz_unanswered"), (RIGHT | {"q1": ["z"]}, "quiz_unknown_answer")):
        with pytest.raises(Refused) as refused:
            take(cast, answers=answers)
        assert refused.value.code == code
    assert not QuizAttempt.everywhere.exists()
    assert told("assessment.marked") == []


@pytest.mark.parametrize("state", ["chosen", "confirmed", "paid", "withdrawn"])
def test_only_registered_teachers_of_the_course_may_work(cast, state):
    [teacher] = enrolling.teachers(cast.school, 1)
    enrolling.assign(cast, [teacher], "A", "own")
    wen = enrolling.actor_of("teacher", cast.school, teacher)
    selection = enrolling.enrolment.selection_of(teacher.pk, cast.year.pk)
    type(selection).everywhere.filter(pk=selection.pk).update(state=state)
    for act in (take, hand_in):
        with pytest.raises(NotInScope if state == "withdrawn" else Refused):
            act(cast, wen)


def test_a_course_that_was_not_chosen_is_not_there(cast):
    [wen] = tutoring.newcomers(cast, 1, "D", "own")
    for act in (take, hand_in):
        with pytest.raises(NotInScope):
            act(cast, wen)


def test_before_and_after_the_study_window_nothing_is_taken(cast):
    for now in (NOW.replace(month=10, day=30), NOW.replace(year=2027, month=6, day=2)):
        for act in (take, hand_in):
            with pytest.raises(Refused):
                act(cast, now=now)


def test_units_of_another_kind_and_other_roles_are_refused(cast):
    with pytest.raises(NotInScope):
        assessment.hand_in(actor=cast.lin, unit_id=cast.quiz.pk, text=WORK, now=NOW)
    with pytest.raises(NotInScope):
        assessment.take_quiz(actor=cast.lin, unit_id=cast.assignment.pk, answers=RIGHT, source="x", now=NOW)
    with pytest.raises(NotAllowed):
        take(cast, cast.tutor)
    with pytest.raises(NotAllowed):
        mark(cast, hand_in(cast), actor=cast.lin)


def test_work_waits_in_the_class_and_the_next_version_follows_a_return(cast):
    first = hand_in(cast)
    assert (first.cohort, first.version, first.state) == (cast.cohort, 1, State.HANDED_IN)
    assert hand_in(cast) == first
    with pytest.raises(Refused) as refused:
        hand_in(cast, text=WORK + "！")
    assert refused.value.code == "submission_waits"
    mark(cast, first, State.RETURNED, POOR, COMMENT)
    second = hand_in(cast)
    assert (second.version, second.state) == (2, State.HANDED_IN)


def test_a_mark_is_kept_audited_and_told(cast):
    work = mark(cast, hand_in(cast))
    assert (work.state, work.score, work.marks, work.marked_at) == (State.PASSED, 100, FULL, NOW)
    assert told("assessment.marked") == [{"attempts": [], "submissions": [work.pk]}]
    assert AuditLine.objects.filter(act="assessment.passed").count() == 1
    assert mark(cast, work).pk == work.pk
    assert len(told("assessment.marked")) == 1


def test_a_refused_mark_changes_nothing(cast):
    work = hand_in(cast)
    for outcome, marks, code in (
        (State.PASSED, POOR, "marks_below_pass"),
        (State.PASSED, {}, "marks_incomplete"),
        (State.RETURNED, POOR, "mark_return_needs_words"),
    ):
        with pytest.raises(Refused) as refused:
            mark(cast, work, outcome, marks)
        assert refused.value.code == code
    work.refresh_from_db()
    assert (work.state, work.score, work.marks) == (State.HANDED_IN, None, {})


def test_a_strange_tutor_marks_nothing(cast):
    with pytest.raises(NotInScope):
        mark(cast, hand_in(cast), actor=cast.tan)


def test_what_waits_is_known_to_later_rooms(cast):
    work = hand_in(cast)
    people, units = [cast.lin_teacher.pk], [cast.assignment.pk]
    assert assessment.waiting_submissions(people, units) == [(work.teacher_id, work.unit_id)]
    mark(cast, work)
    assert assessment.waiting_submissions(people, units) == []


def test_the_next_that_waits_goes_round(cast):
    works = [hand_in(cast, actor, now=NOW.replace(hour=at)) for at, actor in enumerate([cast.lin, *tutoring.newcomers(cast, 2)])]
    assert [assessment.next_waiting(cast.tutor, after=work).pk for work in works] == [works[1].pk, works[2].pk, works[0].pk]
    assert assessment.next_waiting(cast.tan) is None
    for work in works[1:]:
        mark(cast, work)
    assert assessment.next_waiting(cast.tutor, after=works[0]) is None


THREADS = 8


def together(act):
    start = Barrier(THREADS)

    def one(number):
        start.wait()
        try:
            return act(number)
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


@pytest.mark.race
def test_eight_forms_at_once_are_one_attempt_one_version_and_one_mark(own_database):
    cast = tutoring.build()
    assert len({attempt.pk for attempt in together(lambda _: take(cast))}) == 1
    together(lambda number: hand_in(cast, text=f"{WORK}{number}"))
    [work] = Submission.everywhere.all()
    together(lambda number: mark(cast, work, *((State.PASSED, FULL, "") if number % 2 else (State.RETURNED, POOR, COMMENT))))
    assert len(told("assessment.marked")) == 2


def test_a_tutor_does_not_mark_the_own_work(cast):
    work = hand_in(cast)
    tutor = standing_in(cast.tutor, cast.lin_teacher)
    Cohort.everywhere.filter(pk=cast.cohort.pk).update(tutor_id=tutor.account_id)
    refuses_own(mark, cast, work, actor=tutor)
    Cohort.everywhere.filter(pk=cast.cohort.pk).update(tutor_id=cast.tutor.account_id)
    assert mark(cast, work).state == State.PASSED
