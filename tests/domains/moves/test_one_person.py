"""A merged person's year is the union of both records, whoever asks; ended, both are as they were. Unfinished choices follow a move."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.crediting import NOW, amounts, build, delivered, enter, walk
from tests.enrolling import teachers as new_teachers
from xingtan.domains.credits import api as credits_room
from xingtan.domains.credits.models import CreditEntry
from xingtan.domains.determination import api as determination
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.enrolment.models import CourseSelection
from xingtan.domains.moves import api as moves
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.refusal import Refused

LATER = NOW + timedelta(days=1)


@pytest.fixture
def cast(db):
    return build()


@pytest.fixture
def double(cast):
    """Lin's second record at the same school, without a choice."""
    [one] = new_teachers(cast.school, 1)
    return one


def merged(cast, double):
    return teachers.merge(actor=cast.zhou, merged_id=double.pk, into_id=cast.lin_teacher.pk, reason="同一人", now=LATER)


def test_hours_of_both_are_one_persons_and_ending_it_parts_them(cast, double):
    delivered(cast, [cast.lin_teacher], 10 * 3600)
    delivered(cast, [double], 5 * 3600, offer="B")
    walk(cast, enter(cast, teacher_ids=[cast.lin_teacher.pk, double.pk]))
    alone = amounts(cast, cast.lin_teacher)
    made = merged(cast, double)
    both = amounts(cast, cast.lin_teacher)
    assert both.total.verified > alone.total.verified
    record = determination.record_of(cast.lin_teacher.pk, cast.year.pk, LATER.date())
    assert len([row for section in record.sections for row in section.rows]) == 2
    assert CreditEntry.everywhere.filter(teacher=double).exists()
    teachers.end_merge(actor=cast.zhou, public_id=made.public_id, now=LATER)
    assert amounts(cast, cast.lin_teacher) == alone


def test_one_course_under_both_records_counts_once(cast, double):
    delivered(cast, [cast.lin_teacher], 10 * 3600)
    delivered(cast, [double], 12 * 3600)
    merged(cast, double)
    [held] = credits_room.held_of(cast.year.pk, [cast.lin_teacher.pk]).values()
    assert [(one.teacher_id, one.learned_centi) for one in held.evidence] == [(double.pk, 12_00)]


def test_what_is_due_is_computed_for_the_person(cast, double):
    delivered(cast, [double], 5 * 3600, offer="B")
    merged(cast, double)
    year = cast.year
    assert [due.evidence.teacher_id for due in credits_room.dues_of(year, [double.pk])] == [double.pk]


def test_two_choices_of_an_open_year_conflict(cast, double):
    CourseSelection.everywhere.create(
        teacher=double, training_year=cast.year, project_id=CourseSelection.everywhere.first().project_id, school=cast.school,
        item=1, hours_centi=0, chosen_at=NOW,
    )  # fmt: skip
    look = teachers.look_at_merge(actor=cast.zhou, merged_id=double.pk, into_id=cast.lin_teacher.pk)
    assert [one.code for one in look.conflicts] == ["merge_two_choices"]
    with pytest.raises(Refused):
        merged(cast, double)
    enrolment.withdraw(actor=cast.chen, selection_ids=[CourseSelection.everywhere.get(teacher=double).pk], now=NOW)
    merged(cast, double)
    assert enrolment.selection_of(cast.lin_teacher.pk, cast.year.pk).teacher_id == cast.lin_teacher.pk


@pytest.mark.parametrize(("state", "follows"), [("chosen", True), ("returned", True), ("confirmed", False), ("registered", False)])
def test_an_unconfirmed_choice_follows_a_move(cast, state, follows):
    selection = CourseSelection.everywhere.get(teacher=cast.lin_teacher)
    CourseSelection.everywhere.filter(pk=selection.pk).update(state=state)
    enrolment.follow_moves({"teachers": [cast.lin_teacher.pk], "schools": {str(cast.lin_teacher.pk): cast.second.pk}, "since": ""}, NOW)
    selection.refresh_from_db()
    assert selection.school_id == (cast.second.pk if follows else cast.school.pk)


@pytest.mark.parametrize(
    ("state", "then"), [("chosen", "withdrawn"), ("confirmed", "withdrawn"), ("paid", "paid"), ("registered", "registered")]
)
def test_what_nobody_paid_for_is_withdrawn_when_somebody_leaves(cast, state, then):
    selection = CourseSelection.everywhere.get(teacher=cast.lin_teacher)
    CourseSelection.everywhere.filter(pk=selection.pk).update(state=state)
    enrolment.follow_leavers({"teachers": [cast.lin_teacher.pk], "status": "left", "since": ""}, NOW)
    selection.refresh_from_db()
    assert selection.state == then


def test_who_left_is_in_nobodys_count_and_comes_back_whole(cast):
    delivered(cast, [cast.lin_teacher], 10 * 3600)
    walk(cast, enter(cast, teacher_ids=[cast.lin_teacher.pk]))
    before = amounts(cast, cast.lin_teacher)
    told = {"actor": cast.zhou, "teacher_ids": [cast.lin_teacher.pk], "reason": "调出", "now": LATER}
    moves.change_status(status=teachers.Status.LEFT, since=NOW.date(), **told)
    assert credits_room.people_in(cast.school.scope, cast.year.pk, enrolment.year_rules(cast.year).policy).get(cast.lin_teacher.pk) is None
    moves.change_status(status=teachers.Status.IN_POST, since=LATER.date(), **told)
    assert amounts(cast, cast.lin_teacher) == before
