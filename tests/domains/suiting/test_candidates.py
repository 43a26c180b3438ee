from __future__ import annotations

from datetime import UTC, date, datetime
from importlib import import_module

import pytest

from xingtan.core.selection import Code, Conditions, findings, terms
from xingtan.domains.admissions.candidates import candidates_of
from xingtan.domains.admissions.models import Application
from xingtan.domains.enrolment.models import CourseSelection
from xingtan.domains.projects.models import Project
from xingtan.domains.suiting.api import AGAINST, TERMS, term_sentence
from xingtan.domains.teachers import api as teachers
from xingtan.domains.teachers.models import NUMBER_BOX, Merge, Teacher

NOW = datetime(2026, 9, 10, 4, tzinfo=UTC)
DAY = date(2026, 9, 10)


@pytest.fixture
def cast(db):
    made = import_module("tests.enrolling").build()
    number = NUMBER_BOX.close("360802198109020029")
    Teacher.everywhere.update(number_closed=number)
    return made


def seats(cast, title, first, last, kind="face_to_face"):
    return Project.everywhere.create(
        training_year=cast.year, organiser=cast.province, title=title, tier="province", kind=kind, state="published",
        has_seats=True, opens_on=first, closes_on=first, starts_on=first, ends_on=last, made_at=NOW,
    )  # fmt: skip


def admitted(cast, project, teacher, state="admitted"):
    return Application.everywhere.create(
        project=project, teacher=teacher, school=teacher.school, way="nomination", state=state, applied_at=NOW
    )


def test_the_register_says_who_a_candidate_is(cast):
    lin = candidates_of([cast.lin_teacher.pk, 999_999], DAY)[cast.lin_teacher.pk]
    assert (lin.stage, lin.subject, lin.born_on, lin.is_rural, lin.is_online) == ("primary", "chinese", date(1981, 9, 2), False, True)
    assert findings(lin, Conditions(stages=("primary",), age_at_most=45), DAY) == ()
    assert [one.code for one in findings(lin, Conditions(age_at_most=44), DAY)] == [Code.AGE_AT_MOST]


def test_what_is_over_was_completed_and_what_is_not_is_an_engagement(cast):
    over = seats(cast, "以前的", date(2025, 3, 1), date(2025, 4, 1))
    runs = seats(cast, "现在的", date(2026, 9, 1), date(2026, 10, 1), "it_capability")
    lost = seats(cast, "退出的", date(2025, 5, 1), date(2025, 6, 1), "principals")
    admitted(cast, over, cast.lin_teacher)
    admitted(cast, runs, cast.lin_teacher)
    admitted(cast, lost, cast.lin_teacher, "withdrawn")
    found = candidates_of([cast.lin_teacher.pk], DAY)[cast.lin_teacher.pk]
    assert [(one.kind, one.ended_on, one.project) for one in found.completed] == [("face_to_face", date(2025, 4, 1), over.pk)]
    assert [one.project for one in found.engaged] == [runs.pk]


def test_a_year_counts_on_the_ladder_once_its_verdict_is_passed(cast):
    row = CourseSelection.everywhere.create(
        teacher=cast.lin_teacher, training_year=cast.year, project=cast.project, school=cast.school, item=4,
        hours_centi=72_00, state="registered", chosen_at=NOW,
    )  # fmt: skip
    pk, asks = cast.lin_teacher.pk, Conditions(ladder=("all_staff",))
    assert findings(candidates_of([pk], DAY)[pk], asks, DAY)
    teachers.set_standings([(pk, cast.year.year, "qualified")], NOW)
    assert not findings(candidates_of([pk], DAY)[pk], asks, DAY)
    CourseSelection.everywhere.filter(pk=row.pk).update(state="withdrawn")
    assert findings(candidates_of([pk], DAY)[pk], asks, DAY)


def test_what_a_merged_record_completed_counts_for_the_person(cast):
    [other] = import_module("tests.enrolling").teachers(cast.school, 1, number_closed=cast.lin_teacher.number_closed)
    admitted(cast, seats(cast, "以前的", date(2025, 3, 1), date(2025, 4, 1)), other)
    Merge.objects.create(merged=other, into=cast.lin_teacher, reason="同一人", merged_at=NOW)
    Teacher.everywhere.update(number_closed=NUMBER_BOX.close("360802198109020029"))
    found = candidates_of([cast.lin_teacher.pk], DAY)[cast.lin_teacher.pk]
    assert [one.kind for one in found.completed] == ["face_to_face"]


def test_three_hundred_need_no_more_queries_than_one(cast, django_assert_max_num_queries):
    made = import_module("tests.enrolling").teachers(cast.school, 300, number_closed=NUMBER_BOX.close("360802198109020029"))
    with django_assert_max_num_queries(8):
        assert len(candidates_of([one.pk for one in made], DAY)) == 300


def test_every_condition_and_every_finding_has_a_sentence():
    asks = Conditions(
        stages=("primary", "junior"), subjects=("music",), title_at_least="first", title_at_most="senior", age_at_most=45,
        service_years_at_least=3, service_years_at_most=30, is_rural=False, honours_any=("backbone",), positions_any=("principal",),
        needs_online=True, not_trained_within={"kinds": ["face_to_face"], "years": 3}, ladder=("all_staff",), last_verdict_qualified=True,
    )  # fmt: skip
    said = [term_sentence(one) for one in terms(asks)]
    assert len(said) == len(TERMS)
    assert not [one for one in said if "%(" in one]
    assert set(AGAINST) == set(Code)
