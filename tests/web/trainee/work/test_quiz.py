"""The quiz page: answering, the result, once per form, and who may open it."""

from __future__ import annotations

import re

import pytest

from tests import enrolling, tutoring
from xingtan.domains.assessment.models import QuizAttempt
from xingtan.domains.courses.models import Unit

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def lin(cast, as_actor):
    return as_actor(cast.lin)


def url_of(unit):
    return f"/my/study/{unit.public_id}/quiz/"


def token_of(page):
    return re.search(r'name="token" value="([^"]+)"', page.content.decode()).group(1)


def answers(given, token="t1"):  # noqa: S107 -- the form's own number, no secret
    return {"token": token} | {f"q-{key}": values for key, values in given.items()}


def test_the_questions_are_fieldsets_with_the_right_kind_of_input(cast, lin):
    page = lin.get(url_of(cast.quiz)).content.decode()
    assert page.count("<fieldset") == 3
    assert page.count('type="radio"') == 4
    assert page.count('type="checkbox"') == 3
    assert "一次看几个问题？" in page


def test_a_reader_of_english_sees_the_english_questions(cast, lin):
    lin.cookies["django_language"] = "en"
    page = lin.get(url_of(cast.quiz), headers={"accept-language": "en"}).content.decode()
    assert "How many questions?" in page or "一次看几个问题？" in page


def test_right_answers_pass_and_the_result_says_why(cast, lin):
    answer = lin.post(url_of(cast.quiz), answers(tutoring.RIGHT))
    assert answer.headers["Location"] == url_of(cast.quiz) + "?attempt=1"
    page = lin.get(answer.headers["Location"]).content.decode()
    assert "100" in page
    assert "只看一个问题。" in page


def test_the_same_form_sent_twice_is_one_attempt(cast, lin):
    for _time in range(2):
        assert lin.post(url_of(cast.quiz), answers(tutoring.WRONG)).status_code == 302
    assert QuizAttempt.everywhere.count() == 1


def test_two_forms_are_two_attempts_and_the_best_counts(cast, lin):
    lin.post(url_of(cast.quiz), answers(tutoring.RIGHT, token_of(lin.get(url_of(cast.quiz)))))
    lin.post(url_of(cast.quiz), answers(tutoring.WRONG, token_of(lin.get(url_of(cast.quiz) + "?again=1"))))
    assert list(QuizAttempt.everywhere.order_by("pk").values_list("score", flat=True)) == [100, 0]
    page = lin.get(url_of(cast.quiz)).content.decode()
    assert 'href="?attempt=1" aria-current="true"' in page


def test_an_unanswered_question_is_named_and_the_answers_stay(cast, lin):
    answer = lin.post(url_of(cast.quiz), answers({"q1": ["a"], "q2": ["a"]}))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'href="#question-3"' in page
    assert page.count(" checked") == 2
    assert not QuizAttempt.everywhere.exists()


def test_an_answer_that_does_not_exist_is_refused(cast, lin):
    assert lin.post(url_of(cast.quiz), answers({**tutoring.RIGHT, "q1": ["z"]})).status_code == 409
    assert lin.post(url_of(cast.quiz), answers({**tutoring.RIGHT, "q1": ["a", "b"]})).status_code == 409
    assert not QuizAttempt.everywhere.exists()


def test_an_attempt_that_is_not_there_shows_the_one_that_counts(cast, lin):
    lin.post(url_of(cast.quiz), answers(tutoring.RIGHT))
    for number in ("0", "2", "x", "-1", "٣"):
        assert "100" in lin.get(url_of(cast.quiz) + f"?attempt={number}").content.decode()


def test_a_teacher_without_the_course_finds_nothing(cast, as_actor):
    [wen] = tutoring.newcomers(cast, 1, "D", "own")
    assert as_actor(wen).get(url_of(cast.quiz)).status_code == 404
    assert as_actor(wen).post(url_of(cast.quiz), answers(tutoring.RIGHT)).status_code == 404


def test_whoever_is_not_registered_yet_reads_why(cast, as_actor):
    [teacher] = enrolling.teachers(cast.school, 1)
    enrolling.assign(cast, [teacher], "A", "own")
    wen = enrolling.actor_of("teacher", cast.school, teacher)
    assert as_actor(wen).get(url_of(cast.quiz)).status_code == 409
    assert as_actor(wen).post(url_of(cast.quiz), answers(tutoring.RIGHT)).status_code == 409
    assert not QuizAttempt.everywhere.exists()


def test_a_unit_of_another_kind_has_no_quiz(cast, lin):
    for unit in (cast.film, cast.assignment):
        assert lin.get(url_of(unit)).status_code == 404


def test_the_page_belongs_to_teachers(cast, as_actor, client):
    assert as_actor(cast.tutor).get(url_of(cast.quiz)).status_code == 403
    assert client.get(url_of(cast.quiz)).status_code == 302


def test_more_questions_and_attempts_need_no_more_queries(cast, lin):
    def look():
        assert lin.get(url_of(cast.quiz)).status_code == 200

    lin.post(url_of(cast.quiz), answers(tutoring.RIGHT, "a"))
    look()
    once = tutoring.queries_of(look)
    for token in ("b", "c"):
        lin.post(url_of(cast.quiz), answers(tutoring.RIGHT, token))
    more = [{**one, "key": f"{one['key']}{n}"} for one in tutoring.QUESTIONS for n in "ab"]
    Unit.objects.filter(pk=cast.quiz.pk).update(body={"questions": more})
    assert tutoring.queries_of(look) == once
