"""What a beat counts, case by case. Times are seconds after the session was opened."""

from __future__ import annotations

import pytest

from xingtan.core.learned_time import Beat, BeatReason, BeatRules, TeacherClock, UnitState, fold, open_session, page_intervals, page_stretch

START = 1_700_000_000


def opened(length_s=600, *sessions):
    unit = UnitState(length_s)
    for session in sessions or ("tab",):
        unit = open_session(unit, session, START)
    return unit


def beat(seq, at, media, **changes):
    values = {"session": "tab", "seq": seq, "received_at": START + at, "client_at": START + at, "from_s": media[0], "to_s": media[1]}
    return Beat(**(values | changes))


def played(unit, *beats, clock=TeacherClock(), rules=BeatRules()):  # noqa: B008 -- both are immutable
    seen = []
    for one in beats:
        clock, unit, counted, reason = fold(clock, unit, one, rules)
        seen.append((counted, reason))
    return clock, unit, seen


def test_an_hour_of_honest_watching_counts_to_the_second():
    _, unit, seen = played(opened(3600), *(beat(n, 30 * (n + 1), (30 * n, 30 * n + 30)) for n in range(120)))
    assert {counted for counted, _ in seen} == {30}
    assert (unit.learned_s, unit.covered, unit.position_s, unit.is_complete) == (3600, ((0, 3600),), 3600, True)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"is_visible": False}, BeatReason.HIDDEN),
        ({"from_s": 30, "to_s": 30}, BeatReason.NOTHING_PLAYED),
        ({"from_s": 40, "to_s": 30}, BeatReason.NOTHING_PLAYED),
        ({"from_s": 0, "to_s": 300}, BeatReason.IMPOSSIBLE_SPEED),
        ({"rate_centi": 1600}, BeatReason.IMPOSSIBLE_SPEED),
        ({"client_at": START + 86_400}, BeatReason.FROM_THE_FUTURE),
        ({"from_s": 600, "to_s": 630}, BeatReason.BEYOND_END),
        ({"session": "stranger"}, BeatReason.SESSION_UNKNOWN),
        ({}, BeatReason.COUNTED),
    ],
)
def test_a_beat_is_refused_for_exactly_one_reason(changes, reason):
    _, unit, seen = played(opened(), beat(0, 30, (0, 30), **changes))
    assert seen == [(30 if reason is BeatReason.COUNTED else 0, reason)]
    assert unit.learned_s == (30 if reason is BeatReason.COUNTED else 0)


def test_the_same_beat_twice_counts_once():
    one = beat(0, 30, (0, 30))
    clock, unit, seen = played(opened(), one, one, one._replace(received_at=START + 90))
    assert [reason for _, reason in seen] == [BeatReason.COUNTED, BeatReason.REPLAYED, BeatReason.REPLAYED]
    assert (unit.learned_s, clock.counted_until) == (30, START + 30)


def test_media_seen_and_counted_before_counts_nothing():
    _, unit, seen = played(opened(), beat(0, 30, (0, 30)), beat(1, 60, (0, 30)), beat(2, 90, (15, 45)))
    assert seen == [(30, BeatReason.COUNTED), (0, BeatReason.REPEATED), (15, BeatReason.COUNTED)]
    assert unit.covered == ((0, 45),)


def test_two_players_at_once_count_real_time_once():
    first, second = opened(600), opened(600)
    clock = TeacherClock()
    for n in range(10):
        clock, first, *_ = fold(clock, first, beat(n, 30 * (n + 1), (30 * n, 30 * n + 30)))
        clock, second, _, reason = fold(clock, second, beat(n, 30 * (n + 1), (30 * n, 30 * n + 30)))
        assert reason is BeatReason.OVERLAPPING
    assert first.learned_s + second.learned_s == 300


def test_what_overlapped_may_be_played_again_and_counts_then():
    clock, first = fold(TeacherClock(), opened(600), beat(0, 30, (0, 30)))[:2]
    clock, second = fold(clock, opened(600), beat(0, 30, (0, 30)))[:2]
    assert (first.learned_s, second.learned_s, second.covered) == (30, 0, ((0, 30),))
    _, _, counted, _ = fold(clock, second, beat(1, 60, (0, 30)))
    assert counted == 30


def test_double_speed_learns_real_time_and_the_rest_by_playing_again():
    _, unit, seen = played(opened(60), beat(0, 30, (0, 60), rate_centi=200), beat(1, 60, (0, 30)), beat(2, 90, (30, 60)))
    assert [counted for counted, _ in seen] == [30, 30, 0]
    assert unit.is_complete


def test_beats_kept_back_off_line_count_up_to_the_real_time_that_passed():
    late = [beat(n, 305, (30 * n, 30 * n + 30), client_at=START + 30 * (n + 1)) for n in range(10)]
    clock, unit, seen = played(opened(), *late)
    assert [counted for counted, _ in seen] == [30] * 10
    assert (unit.learned_s, clock.counted_until <= START + 305) == (300, True)


def test_more_media_than_time_since_the_last_beat_counts_the_time():
    _, unit, seen = played(opened(), beat(0, 30, (0, 30)), beat(1, 55, (30, 75), rate_centi=180))
    assert [counted for counted, _ in seen] == [30, 25]
    assert unit.learned_s == 55


def test_time_on_a_hidden_page_is_used_up():
    _, unit, seen = played(opened(), beat(0, 300, (0, 0), is_visible=False), beat(1, 310, (0, 60), rate_centi=100))
    assert seen == [(0, BeatReason.HIDDEN), (0, BeatReason.IMPOSSIBLE_SPEED)]
    assert unit.learned_s == 0


def test_clocks_in_whole_seconds_lose_nothing_in_an_honest_session():
    beats = [
        beat(n, at, media) for n, (at, media) in enumerate([(6, (0, 5)), (10, (5, 10)), (14, (10, 15)), (20, (15, 20)), (25, (20, 24))])
    ]
    _, unit, _ = played(opened(24), *beats)
    assert unit.learned_s == 24


def test_a_slow_beat_and_a_quick_one_lose_nothing_even_at_the_end():
    _, unit, _ = played(opened(10), beat(0, 6, (0, 5)), beat(1, 10, (5, 10)))
    assert unit.learned_s == 10


def test_time_without_playing_is_not_learned_from_what_was_covered_before():
    fast = beat(0, 30, (0, 60), rate_centi=200)
    _, unit, seen = played(opened(60), fast, beat(1, 130, (0, 5), client_at=START + 31))
    assert [counted for counted, _ in seen] == [30, 7]  # five seconds played, two of jitter, and not the hundred that passed
    assert unit.learned_s == 37


def test_a_players_clock_that_runs_ahead_costs_nothing():
    _, unit, _ = played(opened(), beat(0, 30, (0, 30), client_at=START + 149), beat(1, 60, (30, 60), client_at=START + 179))
    assert unit.learned_s == 60


def test_a_servers_clock_that_goes_back_opens_no_time_again():
    hidden = {"is_visible": False}
    _, unit, seen = played(opened(), beat(0, 300, (0, 0), **hidden), beat(1, 100, (0, 0), **hidden), beat(2, 310, (0, 20)))
    assert seen[-1] == (10, BeatReason.COUNTED)
    assert unit.learned_s == 10


def test_a_last_beat_past_the_end_counts_to_the_end():
    _, unit, seen = played(opened(40), beat(0, 30, (0, 30)), beat(1, 45, (30, 45)))
    assert [counted for counted, _ in seen] == [30, 10]
    assert unit.covered == ((0, 40),)


def test_what_is_missing_is_told_in_stretches():
    _, unit, _ = played(opened(120), beat(0, 30, (0, 30)), beat(1, 60, (60, 90)))
    assert unit.missing == ((30, 60), (90, 120))


def test_opening_a_session_again_changes_nothing_and_old_ones_are_forgotten():
    unit = opened(600)
    assert open_session(unit, "tab", START + 99) is unit
    for n in range(20):
        unit = open_session(unit, f"tab {n:02}", START + n + 1)
    assert len(unit.sessions) == 16
    assert fold(TeacherClock(), unit, beat(0, 30, (0, 30))).reason is BeatReason.SESSION_UNKNOWN
    assert open_session(unit, "tab", START + 99) is unit  # a forgotten one is not opened again


def test_pages_are_stretches_and_reading_one_twice_counts_once():
    pages = page_intervals([60, 90, 30])
    assert pages == ((0, 60), (60, 150), (150, 180))
    unit = opened(180)
    stretch = page_stretch(pages[1], unit.covered, 40)
    assert stretch == (60, 100)
    _, unit, _ = played(unit, beat(0, 40, stretch))
    assert page_stretch(pages[1], unit.covered, 999) == (100, 150)
    _, unit, seen = played(
        unit, beat(1, 95, (100, 150)), beat(2, 200, page_stretch(pages[1], ((60, 150),), 90)), clock=TeacherClock(START + 40)
    )
    assert seen == [(50, BeatReason.COUNTED), (0, BeatReason.REPEATED)]
