"""Claims of learned time judged: examples of each reason, and what holds for every set of claims."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xingtan.core.calendar import DAY_S, midnight_of, ordinal_of
from xingtan.core.learned_time.claims import Claim, ClaimRules, Judged, Subject, WhyNot, judge
from xingtan.core.learned_time.intervals import length

DAY = datetime(2026, 11, 10, tzinfo=UTC).toordinal()
NINE = midnight_of(DAY) + 9 * 3600
SAID = midnight_of(DAY + 20)
HOUR = 3600
WIDE = {1: Subject(DAY - 30, DAY + 10, 50 * HOUR), 2: Subject(DAY - 30, DAY + 10, 50 * HOUR)}
LIMITED = ClaimRules(day_cap_s=8 * HOUR)


def timed(number="R1", seconds=HOUR, at=NINE, until=None, provider=1, **more):
    """A claim of so many seconds from a moment, an hour unless told otherwise."""
    until = at + seconds if until is None else until
    return Claim(number, provider, more.pop("subject", 1), seconds, at, until, 0, 0, more.pop("said_at", SAID), **more)


def summed(number="S1", seconds=HOUR, first=DAY - 30, last=DAY, provider=1, **more):
    """A claim of so many seconds on some days."""
    return Claim(number, provider, more.pop("subject", 1), seconds, 0, 0, first, last, more.pop("said_at", SAID), **more)


def one(claim, *others, here=(), rules=ClaimRules(), subjects=WIDE):  # noqa: B008 -- an immutable tuple
    found = judge([claim, *others], subjects, here, rules)[claim.provider, claim.number]
    return found.counted_s, dict(found.lost)


def test_local_days_begin_at_midnight_in_shanghai():
    assert ordinal_of(midnight_of(DAY)) == DAY
    assert ordinal_of(midnight_of(DAY) - 1) == DAY - 1
    assert datetime.fromtimestamp(midnight_of(DAY), UTC).isoformat() == "2026-11-09T16:00:00+00:00"


@pytest.mark.parametrize(
    ("claim", "counted", "lost"),
    [
        (timed(), HOUR, {}),
        (timed(is_replaced=True), 0, {WhyNot.REPLACED: HOUR}),
        (timed(is_enrolled=False), 0, {WhyNot.NOT_ENROLLED: HOUR}),
        (timed(subject=0), 0, {WhyNot.ACTIVITY_UNKNOWN: HOUR}),
        (timed(seconds=HOUR, until=NINE + 600), 600, {WhyNot.IMPOSSIBLE: 3000}),
        (timed(until=NINE - 1), 0, {WhyNot.IMPOSSIBLE: HOUR}),
        (timed(said_at=NINE), 0, {WhyNot.FUTURE: HOUR}),
        (timed(said_at=NINE + HOUR - 120), HOUR, {}),
        (timed(at=midnight_of(DAY + 11) - 600), 600, {WhyNot.OUTSIDE: 3000}),
        (timed(at=midnight_of(DAY + 12)), 0, {WhyNot.OUTSIDE: HOUR}),
        (timed(media_s=900), 900, {WhyNot.LENGTH: 2700}),
        (summed(seconds=40 * HOUR), 40 * HOUR, {}),
        (summed(seconds=25 * HOUR, first=DAY), 24 * HOUR, {WhyNot.IMPOSSIBLE: HOUR}),
        (summed(seconds=60 * HOUR), 50 * HOUR, {WhyNot.LENGTH: 10 * HOUR}),
        (summed(last=DAY + 21), 0, {WhyNot.FUTURE: HOUR}),
        (summed(first=DAY - 50, last=DAY - 31), 0, {WhyNot.OUTSIDE: HOUR}),
    ],
)
def test_a_claim_alone_counts_or_says_why_not(claim, counted, lost):
    assert one(claim) == (counted, lost)


def test_what_our_own_server_counted_comes_first():
    assert one(timed(), here=[(NINE + 600, NINE + 1800)]) == (2400, {WhyNot.OVERLAPS_HERE: 1200})
    assert one(timed(seconds=600, until=NINE + HOUR), here=[(NINE, NINE + 1800)]) == (600, {})
    assert one(timed(), subjects={1: Subject(DAY, DAY, HOUR, here_s=3000)}) == (600, {WhyNot.LENGTH: 3000})


def test_the_same_time_counts_once_for_all_providers():
    other = timed("R2", at=NINE + 1800, provider=2)
    assert one(timed(), other) == (HOUR, {})
    assert one(other, timed()) == (1800, {WhyNot.OVERLAPS_OTHER: 1800})
    assert one(timed("R2", at=NINE + 1800), timed()) == (1800, {WhyNot.OVERLAPS_SAME: 1800})
    assert one(timed("R2"), timed("R1")) == (0, {WhyNot.DUPLICATE: HOUR})


def test_a_day_counts_no_more_than_its_cap_over_all_claims_and_our_own_time():
    here = [(NINE - 7 * HOUR, NINE)]
    assert one(timed(seconds=3 * HOUR), here=here, rules=LIMITED) == (HOUR, {WhyNot.DAY_CAP: 2 * HOUR})
    night = timed(seconds=10 * HOUR, at=midnight_of(DAY + 1) - 9 * HOUR)
    assert one(night, rules=LIMITED) == (9 * HOUR, {WhyNot.DAY_CAP: HOUR})
    assert one(summed(seconds=20 * HOUR, first=DAY - 1), rules=LIMITED) == (16 * HOUR, {WhyNot.DAY_CAP: 4 * HOUR})
    assert one(summed(seconds=20 * HOUR, first=DAY - 1), timed(), rules=LIMITED) == (15 * HOUR, {WhyNot.DAY_CAP: 5 * HOUR})


MOMENTS = st.integers(NINE - 3 * DAY_S, NINE + 12 * DAY_S)
SECONDS = st.integers(0, 12 * HOUR)
TIMED = st.builds(
    lambda provider, subject, seconds, at, span, media, flags, said: Claim(
        "", provider, subject, seconds, at, at + span, 0, 0, said, media, flags[0], flags[1]
    ),
    st.integers(1, 2), st.integers(0, 2), SECONDS, MOMENTS, st.integers(-60, 12 * HOUR), st.sampled_from([0, 0, 1800]),
    st.tuples(st.sampled_from([True, True, False]), st.sampled_from([False, False, True])), st.sampled_from([SAID, NINE]),
)  # fmt: skip
SUMMED = st.builds(
    lambda provider, subject, seconds, first, days: Claim("", provider, subject, seconds, 0, 0, first, first + days, SAID),
    st.integers(1, 2), st.integers(0, 2), st.integers(0, 90 * HOUR), st.integers(DAY - 40, DAY + 12), st.integers(0, 9),
)  # fmt: skip
CLAIMS = st.lists(TIMED | SUMMED, max_size=14).map(lambda some: [claim._replace(number=f"R{at:02}") for at, claim in enumerate(some)])
HERE = st.lists(st.tuples(MOMENTS, st.integers(1, 4 * HOUR)), max_size=4)
RULES = st.sampled_from([ClaimRules(), LIMITED])


def disjoint(pairs):
    """Stretches out of (from, length), each after the one before."""
    found, last = [], 0
    for at, long in sorted(pairs):
        start = max(at, last)
        found.append((start, start + long))
        last = start + long
    return found


@given(CLAIMS, HERE, RULES, st.randoms(use_true_random=False))
def test_any_order_judges_the_same_and_every_second_has_its_place(claims, pairs, rules, random):
    here = disjoint(pairs)
    found = judge(claims, WIDE, here, rules)
    shuffled = list(claims)
    random.shuffle(shuffled)
    assert judge(shuffled, WIDE, here, rules) == found
    for claim in claims:
        judged = found[claim.provider, claim.number]
        assert judged.counted_s >= 0
        assert all(seconds > 0 for seconds in judged.lost.values())
        assert judged.counted_s + sum(judged.lost.values()) == claim.seconds


@given(CLAIMS, HERE, RULES)
def test_no_moment_counts_twice_no_day_and_no_offer_brings_too_much(claims, pairs, rules):
    here = disjoint(pairs)
    found: dict[tuple[int, str], Judged] = judge(claims, WIDE, here, rules)
    walls = sorted([*here, *(wall for judged in found.values() for wall in judged.walls)])
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(walls))
    for number, subject in WIDE.items():
        assert sum(found[one.provider, one.number].counted_s for one in claims if one.subject == number) <= subject.most_s
    timed_s = sum(length(judged.walls) for judged in found.values())
    assert timed_s == sum(found[one.provider, one.number].counted_s for one in claims if one.until_at)
    if rules.day_cap_s:
        own = {}
        for start, end in here:
            for at in range(ordinal_of(start), ordinal_of(end) + 1):
                own[at] = own.get(at, 0) + max(min(end, midnight_of(at + 1)) - max(start, midnight_of(at)), 0)
        for day in range(DAY - 31, DAY + 12):
            mine = sum(max(min(e, midnight_of(day + 1)) - max(s, midnight_of(day)), 0) for j in found.values() for s, e in j.walls)
            assert mine <= max(rules.day_cap_s - own.get(day, 0), 0)


@given(CLAIMS, HERE, RULES)
def test_what_does_not_count_changes_nothing_for_the_others(claims, pairs, rules):
    here = disjoint(pairs)
    found = judge(claims, WIDE, here, rules)
    kept = [one for one in claims if found[one.provider, one.number].counted_s]
    again = judge(kept, WIDE, here, rules)
    assert all(again[one.provider, one.number] == found[one.provider, one.number] for one in kept)
