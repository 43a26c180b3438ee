"""Whatever arrives, in whatever order: no second counts twice, none that did not pass, none that was not played."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from xingtan.core.learned_time import Beat, BeatReason, TeacherClock, UnitState, fold, open_session
from xingtan.core.learned_time.intervals import gaps, length, merge

START = 1_000
LENGTHS = (90, 200)
SESSIONS = ("a", "b", "c")

stretches = st.tuples(st.integers(-10, 220), st.integers(0, 60)).map(lambda one: (one[0], one[0] + one[1]))


@st.composite
def beats(draw):
    """Beats of three sessions in two units as a network may deliver them: late, repeated, backwards, boasting."""
    at, found = START, []
    for _ in range(draw(st.integers(1, 40))):
        at += draw(st.integers(-3, 40))
        from_s, to_s = draw(stretches)
        found.append(
            (
                draw(st.integers(0, 1)),
                Beat(
                    session=draw(st.sampled_from(SESSIONS)),
                    seq=draw(st.integers(0, 30)),
                    received_at=at,
                    client_at=at + draw(st.integers(-100, 200)),
                    from_s=from_s,
                    to_s=to_s,
                    rate_centi=draw(st.sampled_from([100, 150, 200, 400])),
                    is_visible=draw(st.booleans()) or draw(st.booleans()),
                ),
            )
        )
    return found


def opened():
    units = [UnitState(length_s) for length_s in LENGTHS]
    for session in SESSIONS:
        units = [open_session(unit, session, START) for unit in units]
    return TeacherClock(), units


def run(arriving):
    clock, units = opened()
    results = []
    for which, one in arriving:
        clock, units[which], counted, reason = fold(clock, units[which], one)
        results.append((counted, reason))
    return clock, units, results


@settings(max_examples=150, deadline=None)
@given(beats())
def test_never_more_than_real_time_than_was_played_or_than_the_unit_has(arriving):
    clock, units, results = run(arriving)
    total = sum(counted for counted, _ in results)
    assert total == sum(unit.learned_s for unit in units)
    assert total <= max(max(one.received_at for _, one in arriving) - START, 0)
    assert clock.counted_until <= max(START, *(one.received_at for _, one in arriving))
    for unit, length_s in zip(units, LENGTHS, strict=True):
        assert 0 <= unit.learned_s <= length(unit.covered) <= length_s
    assert all((counted > 0) == (reason is BeatReason.COUNTED) and counted >= 0 for counted, reason in results)


@settings(max_examples=120, deadline=None)
@given(beats())
def test_after_every_beat_what_was_counted_fits_into_the_time_that_had_passed(arriving):
    clock, units = opened()
    total, latest = 0, START
    for which, one in arriving:
        latest = max(latest, one.received_at)
        before = clock, units[which]
        clock, units[which], counted, _ = fold(clock, units[which], one)
        total += counted
        assert total <= latest - START
        assert clock.counted_until >= before[0].counted_until
        assert units[which].learned_s >= before[1].learned_s


@settings(max_examples=120, deadline=None)
@given(beats(), st.data())
def test_a_beat_that_comes_again_changes_nothing(arriving, data):
    again = []
    for index, one in enumerate(arriving):
        again.append(one)
        if data.draw(st.booleans()):
            which, late = arriving[data.draw(st.integers(0, index))]
            again.append((which, late._replace(received_at=one[1].received_at)))
    once = run(arriving)
    twice = run(again)
    assert (once[0], once[1]) == (twice[0], twice[1])


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 5)), min_size=1, max_size=12), st.randoms())
def test_honest_beats_of_two_players_count_the_same_real_time_in_any_interleaving(plan, random):
    """Each moment both players report the same wall time; whichever arrives first, together they count the time that passed."""

    def total(is_shuffled):
        clock = TeacherClock(START)
        units = [open_session(UnitState(10_000), "s", START) for _ in range(2)]
        for seq in range(len(plan)):
            at = START + 30 * (seq + 1)
            pair = [0, 1]
            if is_shuffled:
                random.shuffle(pair)
            for which in pair:
                clock, units[which], *_ = fold(clock, units[which], Beat("s", seq, at, at, 30 * seq, 30 * seq + 30))
        return sum(unit.learned_s for unit in units)

    assert total(is_shuffled=False) == total(is_shuffled=True) == 30 * len(plan)


@given(st.lists(stretches, max_size=15), st.randoms())
def test_intervals_merge_to_the_same_in_any_order(pieces, random):
    def merged(order):
        covered = ()
        for start, end in order:
            covered = merge(covered, start, end)
        return covered

    shuffled = list(pieces)
    random.shuffle(shuffled)
    covered = merged(pieces)
    seconds = {second for start, end in pieces for second in range(start, end)}
    assert covered == merged(shuffled)
    assert {second for start, end in covered for second in range(start, end)} == seconds
    assert length(covered) == len(seconds)
    assert all(one[1] < two[0] for one, two in pairwise(covered))
    assert length(gaps(covered, -20, 300)) == 320 - len(seconds)
