"""The count is a function of the set of claims: order, portions and repetition change nothing."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xingtan.core.learned_time.intervals import length, merge
from xingtan.core.learned_time.step import BeatRules
from xingtan.core.learned_time.together import Claim, Online, Play, Stay, Time, claims_of, joined, tally

LENGTHS = {1: 600, 2: 90, 3: 3600}
RULES = BeatRules()
MORNING = [Time(1_000, 5_000, "township"), Time(90_000, 95_000, "disc")]


@st.composite
def claims(draw):
    unit = draw(st.sampled_from(sorted(LENGTHS)))
    start = draw(st.integers(0, 4_000))
    seconds = draw(st.integers(1, 400))
    at = draw(st.integers(0, LENGTHS[unit] - 1))
    return Claim(
        start, start + seconds, draw(st.sampled_from(["kit:a", "kit:b", "paper:p"])), unit, at, min(at + seconds, LENGTHS[unit]), "township"
    )


onlines = st.dictionaries(st.sampled_from(sorted(LENGTHS)), st.integers(1, 80).map(lambda n: Online(n, ((0, n),))))


def counted(some, **more):
    return dict(tally(some, lengths=LENGTHS, rules=more.pop("rules", RULES), online=more.pop("online", {}), **more).seconds)


@given(st.lists(claims(), max_size=25), st.randoms(use_true_random=False), onlines)
@settings(max_examples=200)
def test_order_and_repetition_change_nothing(some, random, online):
    again = some * 2
    random.shuffle(again)
    assert counted(again, online=online) == counted(some, online=online)


@given(
    st.lists(claims(), max_size=25),
    onlines,
    st.lists(st.tuples(st.integers(0, 4_000), st.integers(1, 300)), max_size=4),
    st.sampled_from([0, 500]),
)
@settings(max_examples=200)
def test_never_more_than_real_time_than_the_media_than_the_day(some, online, spans, cap):
    walls = [(start, start + seconds) for start, seconds in spans]
    found = counted(some, online=online, walls=walls, rules=RULES._replace(day_cap_s=cap))
    used, free = (), ()
    for start, end in walls:
        used = merge(used, start, end)
    free = used
    for one in some:
        free = merge(free, one.start, one.end)
    assert sum(found.values()) <= length(free) - length(used)
    for unit, most in LENGTHS.items():
        own = sum(seconds for key, seconds in found.items() if key.unit_id == unit)
        covered = online.get(unit, Online()).covered
        for one in some:
            covered = merge(covered, one.from_s, one.to_s) if one.unit_id == unit else covered
        assert own + online.get(unit, Online()).learned_s <= max(length(covered), online.get(unit, Online()).learned_s) <= most
    if cap:
        assert sum(found.values()) <= max(cap - length(used), 0)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=12), st.integers(0, 11))
def test_a_session_in_beats_counts_like_the_session_in_one(steps, cut):
    """However often the player told what it played, and wherever the line broke, the seconds are the same."""
    beats, at = [], 0
    for step in steps:
        beats.append(Claim(1_000 + at, 1_000 + at + step, "kit:a", 3, at, at + step, "township"))
        at += step
    whole = [Claim(1_000, 1_000 + at, "kit:a", 3, 0, at, "township")]
    assert counted(joined(beats)) == counted(whole)
    assert joined(beats[:cut] + beats[max(cut - 2, 0) :]) == whole


def test_what_counts_lies_in_the_fixed_times_and_in_the_stay():
    doubts = Counter()
    plays = [Play(900, 1_100, 1, 0, 200), Play(4_900, 5_100, 2, 0, 90)]
    found = claims_of("kit:a", plays, [Stay("lin", 1_050, 9_000)], MORNING, doubts)
    assert found == {"lin": [Claim(1_050, 1_100, "kit:a", 1, 150, 200, "township"), Claim(4_900, 5_000, "kit:a", 2, 0, 45, "township")]}
    assert +doubts == Counter(outside_times=200)


def test_a_film_played_to_an_empty_room_is_doubted():
    doubts = Counter()
    assert claims_of("kit:a", [Play(1_000, 1_060, 1, 0, 60)], [], MORNING, doubts) == {}
    assert doubts["nobody_there"] == 60


def test_alone_is_one_persons_own():
    stays = [Stay("lin", 1_000, 2_000), Stay("mao", 1_000, 2_000)]
    found = claims_of("kit:a", [Play(1_000, 1_060, 1, 0, 60, "mao")], stays, MORNING, Counter())
    assert set(found) == {"mao"}


@pytest.mark.parametrize(("viewings", "seconds"), [(1, 90), (2, 180)])
def test_a_second_viewing_counts_where_the_policy_says(viewings, seconds):
    twice = [Claim(1_000, 1_090, "kit:a", 2, 0, 90, ""), Claim(2_000, 2_090, "kit:b", 2, 0, 90, "")]
    assert sum(counted(twice, rules=RULES._replace(viewings=viewings)).values()) == seconds


def test_what_was_learned_on_line_counts_first():
    one = [Claim(1_000, 1_090, "kit:a", 2, 0, 90, "")]
    assert sum(counted(one, online={2: Online(30, ((0, 30),))}).values()) == 60
    assert sum(counted(one, walls=[(1_000, 1_045)]).values()) == 45
