"""Under which matter a teacher is chased: the first that holds, none for who is on track."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xingtan.core.verdicts import Verdict
from xingtan.domains.enrolment.api import State
from xingtan.domains.papers.chasing.rules import REMIND_DAYS, Standing, Study, is_too_soon, matter_of
from xingtan.domains.papers.states import Matter

MIDDLE = Study(date(2026, 11, 1), date(2027, 5, 31), date(2027, 2, 14))
AT_LAST = Study(MIDDLE.opens_on, MIDDLE.closes_on, date(2027, 5, 20))
STUDYING = {"has_signed_in": True, "state": State.REGISTERED, "hours_centi": 72_00, "has_started": True}
NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("known", "study", "matter"),
    [
        (Standing(has_signed_in=False), MIDDLE, Matter.NOT_SIGNED_IN),
        (Standing(has_signed_in=True), MIDDLE, Matter.NOT_CHOSEN),
        (Standing(has_signed_in=True, state=State.RETURNED), MIDDLE, Matter.SENT_BACK),
        (Standing(has_signed_in=True, state=State.CHOSEN), MIDDLE, Matter.TO_CONFIRM),
        (Standing(has_signed_in=True, state=State.CONFIRMED), MIDDLE, Matter.TO_PAY),
        (Standing(has_signed_in=True, state=State.REGISTERED), MIDDLE, Matter.NOT_STARTED),
        (Standing(has_signed_in=True, state=State.REGISTERED), Study(MIDDLE.opens_on, MIDDLE.closes_on, date(2026, 10, 1)), None),
        (Standing(**STUDYING, learned_centi=20_00), MIDDLE, Matter.BEHIND),
        (Standing(**STUDYING, learned_centi=36_00, missing_work=1), MIDDLE, None),
        (Standing(**STUDYING, learned_centi=72_00, missing_work=1), MIDDLE, Matter.WORK_MISSING),
        (Standing(**STUDYING, learned_centi=70_00, missing_work=1), AT_LAST, Matter.WORK_MISSING),
        (Standing(**STUDYING, learned_centi=10_00, verdict=Verdict.EXAM_REQUIRED), AT_LAST, Matter.EXAM_DUE),
        (Standing(has_signed_in=False, verdict=Verdict.DEFERRED), MIDDLE, None),
        (Standing(**STUDYING, verdict=Verdict.QUALIFIED), AT_LAST, None),
    ],
)
def test_the_first_matter_that_holds(known, study, matter):
    assert matter_of(known, study) is matter


@given(st.integers(0, 500), st.integers(0, 200_00))
def test_an_even_pace_never_asks_for_more_than_all(days, hours):
    study = Study(MIDDLE.opens_on, MIDDLE.closes_on, MIDDLE.opens_on + timedelta(days=days - 100))
    assert 0 <= study.due(hours) <= hours


@pytest.mark.parametrize(("days", "too_soon"), [(0, True), (REMIND_DAYS - 1, True), (REMIND_DAYS, False)])
def test_nobody_is_reminded_twice_within_the_limit(days, too_soon):
    assert is_too_soon(NOW - timedelta(days=days), NOW) is too_soon
    assert not is_too_soon(None, NOW)
