"""What a statement finds from standings alone."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xingtan.core.policy import bundled_policy
from xingtan.core.verdicts import Verdict
from xingtan.domains.eligibility.numbering import is_number, number_of, number_prefix, serial_of
from xingtan.domains.eligibility.rules import Standing, effects_of, finding_of, lines_of, refuse_asking
from xingtan.domains.eligibility.states import Effect, Finding, Way

POLICY = bundled_policy("jiangxi-2011")
ON = date(2026, 11, 22)


def year(number, verdict, *, is_final=True, is_due=True, is_cycle=False):
    return Standing(number, is_cycle, POLICY, verdict, is_final, is_due)


@pytest.mark.parametrize(
    ("standings", "finding"),
    [
        ([], Finding.NOTHING_DUE),
        ([year(2026, None, is_final=False, is_due=False)], Finding.NOTHING_DUE),
        ([year(2024, Verdict.QUALIFIED), year(2025, Verdict.DEFERRED)], Finding.MEETS),
        ([year(2024, Verdict.QUALIFIED), year(2025, None, is_final=False)], Finding.PENDING),
        ([year(2024, Verdict.QUALIFIED, is_final=False)], Finding.PENDING),
        ([year(2024, Verdict.MAKE_UP_REQUIRED, is_final=False)], Finding.PENDING),
        ([year(2024, Verdict.UNDETERMINED, is_final=False)], Finding.UNCLEAR),
        ([year(2024, Verdict.MAKE_UP_REQUIRED), year(2025, None, is_final=False)], Finding.BLOCKED),
        ([year(2024, Verdict.QUALIFIED), year(2026, Verdict.IN_PROGRESS, is_final=False, is_due=False)], Finding.MEETS),
    ],
)
def test_what_the_years_say_together(standings, finding):
    assert finding_of(standings) is finding


def test_a_consequence_names_who_applies_it_why_and_until_when():
    found = {one.consequence.code: one for one in effects_of([year(2023, Verdict.MAKE_UP_REQUIRED), year(2024, Verdict.QUALIFIED)], ON)}
    blocked = found["title_deferred"]
    assert blocked.effect is Effect.IN_FORCE
    assert [one.year for one in blocked.because] == [2023]
    assert [level.value for level in blocked.consequence.applied_by] == ["city", "county"]
    until = blocked.until
    assert (until.verdict, until.way, until.year) == (Verdict.QUALIFIED, Way.MAKE_UP, 2023)
    assert (until.opens_on, until.closes_on) == (date(2026, 7, 1), date(2027, 6, 30))
    assert found["basis_of_appraisal"].effect is Effect.HOLDS


def test_before_a_verdict_is_final_its_consequences_only_would_follow():
    found = {one.consequence.code: one for one in effects_of([year(2024, Verdict.EXAM_REQUIRED, is_final=False)], date(2025, 6, 1))}
    expected = found["qualification_not_renewed"]
    assert expected.effect is Effect.WOULD_FOLLOW
    assert (expected.until.way, expected.until.closes_on) == (Way.EXAM, date(2025, 6, 15))
    assert found["appraisal_lowered"].effect is Effect.CLEAR


def test_an_exam_that_is_over_has_no_days_left():
    [first, *_] = effects_of([year(2021, Verdict.EXAM_REQUIRED)], ON)
    assert (first.effect, first.until.opens_on, first.until.closes_on) == (Effect.IN_FORCE, None, None)


def test_a_cycle_blocks_on_its_own_only_when_no_year_says_the_same():
    both = [year(2023, Verdict.MAKE_UP_REQUIRED), year(2021, Verdict.NOT_QUALIFIED, is_cycle=True)]
    assert [one.is_cycle for one in effects_of(both, ON)[0].because] == [False]
    alone = effects_of([year(2025, Verdict.QUALIFIED), both[1]], ON)
    assert [one.is_cycle for one in alone[0].because] == [True]


VERDICTS = st.sampled_from([*Verdict, None])
STANDINGS = st.lists(st.builds(Standing, st.integers(2011, 2030), st.booleans(), st.just(POLICY), VERDICTS, st.booleans(), st.booleans()))


@given(STANDINGS)
def test_blocked_exactly_when_something_is_in_force(standings):
    effects = {one.effect for one in effects_of(standings, ON)}
    assert (finding_of(standings) is Finding.BLOCKED) == (Effect.IN_FORCE in effects)


@given(STANDINGS, st.randoms(use_true_random=False))
def test_the_order_of_years_never_matters(standings, random):
    shuffled = list(standings)
    random.shuffle(shuffled)
    assert finding_of(shuffled) is finding_of(standings)


@given(STANDINGS)
def test_one_more_qualified_year_never_blocks(standings):
    more = [*standings, year(2031, Verdict.QUALIFIED)]
    assert (finding_of(more) is Finding.BLOCKED) == (finding_of(standings) is Finding.BLOCKED)


@pytest.mark.parametrize(
    ("on", "known_at", "why"),
    [
        (ON, datetime(2026, 11, 22, tzinfo=UTC), ""),
        (date(2026, 11, 23), datetime(2026, 11, 22, tzinfo=UTC), "eligibility_day_ahead"),
        (ON, datetime(2026, 11, 23, tzinfo=UTC), "eligibility_moment_ahead"),
        (date(1999, 12, 31), datetime(2026, 11, 22, tzinfo=UTC), "eligibility_day_too_early"),
    ],
)
def test_nothing_is_said_of_what_lies_ahead(on, known_at, why):
    assert refuse_asking(on, known_at, today=ON, now=datetime(2026, 11, 22, 1, tzinfo=UTC)) == why


def test_a_pasted_list_is_read_line_by_line():
    assert lines_of('\ufeff林知微\t青禾小学\n\n, "36082119880214202X"\n 教师7；备注') == ["林知微", "36082119880214202X", "教师7"]


@given(st.integers(1, 999_999))
def test_a_number_has_a_check_digit(serial):
    number = number_of(number_prefix(2026, "0803"), serial)
    assert is_number(number)
    assert serial_of(number) == serial
