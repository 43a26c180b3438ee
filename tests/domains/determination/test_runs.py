"""Trial runs: numbered, kept compactly, and compared with one another."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests import certifying, closing, crediting, enrolling
from tests.closing import JUNE, LATER
from xingtan.core.verdicts import Verdict
from xingtan.domains.determination import api as room
from xingtan.domains.determination.models import Determination, DeterminationRun
from xingtan.domains.determination.states import Change
from xingtan.domains.teachers.models import Teacher
from xingtan.foundation.refusal import NotInScope


def rows(cast):
    return Determination.everywhere.filter(training_year=cast.year).count()


def lagging(cast):
    """A teacher who chose the course and did nothing."""
    (one,) = enrolling.teachers(cast.school, 1)
    crediting.register(cast, [one])
    return one


def test_trials_of_a_branch_and_year_are_numbered_one_after_the_other(cast):
    first, second = closing.tried(cast), closing.tried(cast)
    countys = closing.tried(cast, actor=cast.zhou)
    assert [(one.number, one.kind) for one in (first, second, countys)] == [(1, "trial"), (2, "trial"), (1, "trial")]


def test_determining_some_teachers_anew_is_no_trial(cast):
    run = room.determine(actor=cast.mei, training_year_id=cast.year.pk, teacher_ids=[cast.lin_teacher.pk], now=JUNE)
    assert (run.number, run.kind) == (None, "recheck")


def test_a_run_that_says_nothing_new_keeps_no_new_rows(cast):
    closing.tried(cast)
    before = rows(cast)
    second = closing.tried(cast, LATER)
    assert rows(cast) == before
    assert sum(room.counts_at(cast.province.scope, second).values()) == sum(second.counts.values())


def test_two_runs_tell_who_changed_and_why(cast):
    late = lagging(cast)
    first = closing.tried(cast)
    certifying.verified(cast, [late])
    second = closing.tried(cast, LATER)
    found = list(room.changes(cast.province.scope, first, second, room.Wanted(kind=Change.VERDICT)))
    assert [one.teacher_id for one in found] == [late.pk]
    assert (found[0].was_verdict, found[0].verdict) == ("make_up_required", "qualified")
    told = room.compare(cast.province.scope, first, second)
    assert told.flows == [room.Flow(Verdict.MAKE_UP_REQUIRED, Verdict.QUALIFIED, 1)]
    assert told.people == 1
    assert dict(told.came_up)["complete"] == 1
    assert "no_participation" in dict(told.fell_away)


def test_counts_of_an_earlier_run_stay_what_they_were(cast):
    late = lagging(cast)
    first = closing.tried(cast)
    before = room.counts_at(cast.province.scope, first)
    certifying.verified(cast, [late])
    second = closing.tried(cast, LATER)
    assert room.counts_at(cast.province.scope, first) == before
    assert {one.value: n for one, n in room.counts_at(cast.province.scope, second).items() if n} == second.counts
    assert room.counts_at(cast.province.scope, second)[Verdict.QUALIFIED] == before[Verdict.QUALIFIED] + 1


def test_whoever_came_and_whoever_left_between_two_runs_is_told(cast):
    gone = lagging(cast)
    first = closing.tried(cast)
    Teacher.everywhere.filter(pk=gone.pk).update(status="left")
    came = lagging(cast)
    second = closing.tried(cast, LATER)
    scope = cast.province.scope
    assert [one.teacher_id for one in room.changes(scope, first, second, room.Wanted(kind=Change.LEFT))] == [gone.pk]
    assert [one.teacher_id for one in room.changes(scope, first, second, room.Wanted(kind=Change.CAME))] == [came.pk]
    assert room.compare(scope, first, second).kinds[Change.LEFT] == 1
    assert room.determination_of(gone.pk, cast.year.pk) is None


def test_changes_are_those_of_the_own_branch(cast):
    late = lagging(cast)
    first = closing.tried(cast)
    certifying.verified(cast, [late])
    second = closing.tried(cast, LATER)
    assert room.changes(cast.county.scope, first, second).count() == 1
    assert room.changes(cast.strange.scope, first, second).count() == 0
    assert [one.pk for one in room.trials_for(cast.county.scope, cast.year.pk)] == [second.pk, first.pk]


def test_a_run_of_a_branch_below_does_not_cover_the_province(cast):
    run = closing.tried(cast, actor=cast.zhou)
    assert list(room.trials_for(cast.province.scope, cast.year.pk)) == []
    with pytest.raises(NotInScope):
        room.run_named(cast.province.scope, cast.year.pk, run.public_id)


def test_a_row_cannot_end_before_it_began(cast):
    first = closing.tried(cast)
    second = closing.tried(cast, LATER)
    row = Determination.everywhere.filter(run=first)[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Determination.everywhere.filter(pk=row.pk).update(run=second, until_run=first, is_current=False)


def test_filters_find_by_old_and_new_verdict_and_by_name(cast):
    late = lagging(cast)
    first = closing.tried(cast)
    certifying.verified(cast, [late])
    second = closing.tried(cast, LATER)

    def found(**wanted):
        return room.changes(cast.province.scope, first, second, room.Wanted(**wanted)).count()

    assert found(old="make_up_required", new="qualified", q=late.name) == 1
    assert found(old="qualified") == found(new="exempt") == found(q="没有这个人") == 0


def test_the_year_before_gives_the_percentages_to_compare_with(cast):
    closing.tried(cast)
    assert room.counts_last_year(cast.province.scope, cast.year) is None
    assert room.year_before(cast.year) is None
    assert DeterminationRun.everywhere.get().seconds == 0
    assert JUNE + timedelta(days=3) == LATER
