"""The marking queue and a submission's page: filters, marks, the next one, and strangers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import enrolling, tutoring
from tests.tutoring import COMMENT, FULL, NOW, POOR, WORK
from xingtan.domains.assessment import api as assessment
from xingtan.domains.assessment.models import Submission
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.people.roles import Role


@pytest.fixture
def tutor(cast, as_actor):
    return as_actor(cast.tutor)


def hand_in(cast, actor, days_ago=0, text=WORK):
    return assessment.hand_in(actor=actor, unit_id=cast.assignment.pk, text=text, now=NOW - timedelta(days=days_ago))


@pytest.fixture
def works(cast):
    """Three works that wait: one for nine days, one for five, Lin's since today."""
    early, late = tutoring.newcomers(cast, 2)
    return [hand_in(cast, early, 9), hand_in(cast, late, 5), hand_in(cast, cast.lin)]


def url_of(work):
    return f"/tutor/submissions/{work.public_id}/"


def form(outcome, marks, comment=""):
    return {"outcome": outcome, "comment": comment} | {f"mark-{key}": given for key, given in marks.items()}


def listed(page):
    return [row.work.pk for row in page.context["rows"]]


def test_what_waits_longest_comes_first_and_is_told_apart(tutor, works):
    page = tutor.get("/tutor/")
    assert listed(page) == [work.pk for work in works]
    assert [row.is_late for row in page.context["rows"]] == [True, False, False]


def test_states_class_search_and_order_stand_in_the_address(cast, tutor, works):
    assessment.mark(actor=cast.tutor, submission_id=works[1].pk, outcome=assessment.State.PASSED, marks=FULL, comment="", now=NOW)
    assert listed(tutor.get("/tutor/")) == [works[0].pk, works[2].pk]
    assert listed(tutor.get("/tutor/?state=passed")) == [works[1].pk]
    assert listed(tutor.get("/tutor/?state=all&sort=-waited")) == [works[2].pk, works[1].pk, works[0].pk]
    assert listed(tutor.get(f"/tutor/?q={cast.lin_teacher.name}")) == [works[2].pk]
    assert listed(tutor.get(f"/tutor/?cohort={cast.cohort.public_id}")) == [works[0].pk, works[2].pk]
    assert listed(tutor.get("/tutor/?cohort=nope")) == []
    assert listed(tutor.get("/tutor/?state=%27;--&sort=password&page=9999")) == [works[0].pk, works[2].pk]
    assert [count for _key, _label, count in tutor.get("/tutor/").context["facets"]] == [2, 1, 0]


def test_an_earlier_version_is_no_longer_in_the_queue(cast, tutor, works):
    assessment.mark(actor=cast.tutor, submission_id=works[2].pk, outcome=assessment.State.RETURNED, marks=POOR, comment=COMMENT, now=NOW)
    assert listed(tutor.get("/tutor/?state=returned")) == [works[2].pk]
    again = hand_in(cast, cast.lin, text=WORK + "已补。")
    assert listed(tutor.get("/tutor/?state=returned")) == []
    page = tutor.get(url_of(again)).content.decode()
    assert COMMENT in page
    assert page.count(WORK) == 2


def test_the_queue_comes_as_a_workbook(tutor, works):
    answer = tutor.get("/tutor/?state=all&export=xlsx")
    assert b"".join(answer.streaming_content).startswith(b"PK")


def test_a_mark_passes_tells_the_teacher_and_goes_on_to_the_next(cast, tutor, works):
    answer = tutor.post(url_of(works[0]), form("passed", FULL, "很好"))
    assert answer.headers["Location"] == url_of(works[1])
    work = Submission.everywhere.get(pk=works[0].pk)
    assert (work.state, work.score, work.marks, work.comment, work.marked_by_id) == ("passed", 100, FULL, "很好", cast.tutor.account_id)
    assert Message.objects.filter(account_id=work.teacher.account_id, code="submission_passed_with_points").count() == 1


def test_the_last_mark_goes_back_to_the_queue(cast, tutor):
    work = hand_in(cast, cast.lin)
    assert tutor.post(url_of(work), form("passed", FULL)).headers["Location"] == "/tutor/"


def test_the_same_mark_sent_twice_is_one(tutor, works):
    for _time in range(2):
        assert tutor.post(url_of(works[0]), form("passed", FULL)).status_code == 302
    assert Message.objects.filter(code="submission_passed_with_points").count() == 1


def test_a_second_opinion_is_refused_and_changes_nothing(tutor, works):
    tutor.post(url_of(works[0]), form("passed", FULL))
    assert tutor.post(url_of(works[0]), form("returned", POOR, COMMENT)).status_code == 409
    assert Submission.everywhere.get(pk=works[0].pk).state == "passed"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (form("passed", POOR), 409),
        (form("returned", POOR), 409),
        (form("passed", {"evidence": 41, "reading": 60}), 422),
        (form("passed", {"evidence": -1, "reading": 60}), 422),
        (form("passed", {"evidence": 40}), 422),
        (form("handed_in", FULL), 422),
        ({}, 422),
    ],
)
def test_a_mark_that_does_not_hold_is_refused_and_typed_words_stay(tutor, works, sent, status):
    answer = tutor.post(url_of(works[0]), sent | {"comment": sent.get("comment", "")})
    assert answer.status_code == status
    assert Submission.everywhere.get(pk=works[0].pk).state == "handed_in"


def test_a_strange_tutor_sees_and_marks_nothing(cast, works, as_actor):
    tan = as_actor(cast.tan)
    assert listed(tan.get("/tutor/?state=all")) == []
    assert tan.get(url_of(works[0])).status_code == 404
    assert tan.post(url_of(works[0]), form("passed", FULL)).status_code == 404
    assert Submission.everywhere.get(pk=works[0].pk).state == "handed_in"


def test_the_pages_belong_to_tutors(cast, works, as_actor, client):
    for url in ("/tutor/", url_of(works[0]), "/tutor/cohorts/"):
        for actor in (cast.lin, cast.chen, cast.zhou, cast.lead):
            assert as_actor(actor).get(url).status_code == 403
        assert client.get(url).status_code == 302
    assert as_actor(cast.tutor).get("/tutor/submissions/nope/").status_code == 404


def test_classes_show_size_and_work(cast, tutor, works):
    [shown] = tutor.get("/tutor/cohorts/").context["cohorts"]
    assert (shown.size, shown.waiting, shown.handed_in) == (3, 3, 3)


def test_work_handed_in_before_there_was_a_class_reaches_its_tutor_later(cast, tutor):
    [teacher] = enrolling.teachers(cast.school, 1)
    tutoring.register(cast, [teacher])
    wen = enrolling.actor_of(Role.TEACHER, cast.school, teacher)
    work = hand_in(cast, wen)
    Submission.everywhere.filter(pk=work.pk).update(cohort=None)
    assert listed(tutor.get("/tutor/")) == [work.pk]
    assert tutor.post(url_of(work), form("passed", FULL)).status_code == 302


def test_more_rows_need_no_more_queries(cast, tutor):
    pages = ["/tutor/", "/tutor/?state=all", "/tutor/cohorts/"]
    first = hand_in(cast, cast.lin)
    pages.append(url_of(first))
    for page in pages:
        tutor.get(page)
    once = [tutoring.queries_of(lambda page=page: tutor.get(page)) for page in pages]
    for actor in tutoring.newcomers(cast, 2):
        hand_in(cast, actor)
    assert [tutoring.queries_of(lambda page=page: tutor.get(page)) for page in pages] == once
