"""The arithmetic of a choice: exact, the same for everybody who reckons it again, and never kinder to the worse."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xingtan.core.tendering import (
    CriterionKind,
    Evaluated,
    EvaluationWeights,
    Facts,
    Judged,
    Outcome,
    Weighing,
    chosen,
    conflict_of,
    draw_order,
    price_tenths,
    ranking,
    refuse_criteria,
    refuse_marks,
    seed_of,
    shares,
    standings,
    total_of,
)

TENTHS = st.integers(0, 1000)
TOTALS = st.integers(0, 100_000)


@st.composite
def panels(draw):
    """Some bids, all judged by the same members."""
    members = draw(st.integers(3, 7))
    bids = draw(st.integers(1, 6))
    return [
        Judged(bid, dict(enumerate(draw(st.lists(TOTALS, min_size=members, max_size=members)))), draw(TENTHS), draw(TENTHS), draw(st.integers(1, 10**9)), "ABCDEF"[bid])
        for bid in range(bids)
    ]  # fmt: skip


@given(panels(), st.booleans(), TENTHS)
def test_every_bid_has_one_place_and_a_better_mean_is_never_behind(judged, is_trimmed, far):
    rows = ranking(judged, is_trimmed=is_trimmed, far_tenths=far, seed="s")
    assert sorted(one.bid for one in rows) == sorted(one.bid for one in judged)
    assert [one.rank for one in rows] == list(range(1, len(rows) + 1))
    means = [Fraction(one.sum, one.counted) for one in rows]
    assert means == sorted(means, reverse=True)
    for one in rows:
        assert one.lowest <= one.mean <= one.highest
        assert one.counted == len(judged[0].totals) - len(one.left_out)
        assert len(one.left_out) == (2 if is_trimmed and len(judged[0].totals) >= 5 else 0)


@given(panels(), st.randoms(use_true_random=False))
def test_the_order_in_which_bids_are_told_changes_nothing(judged, random):
    mixed = list(judged)
    random.shuffle(mixed)
    told = [ranking(some, is_trimmed=False, far_tenths=150, seed="s") for some in (judged, mixed)]
    assert told[0] == told[1]


@given(panels(), st.integers(0, 5), TENTHS)
def test_who_is_chosen_reached_the_least_total_and_nobody_better_was_left(judged, places, least):
    rows = ranking(judged, is_trimmed=False, far_tenths=150, seed="s")
    told = chosen(rows, places=places, pass_tenths=least)
    picked = [one for one in rows if told[one.bid] is Outcome.CHOSEN]
    assert len(picked) <= places
    assert all(one.sum >= least * 100 * one.counted for one in picked)
    assert [one.rank for one in picked] == list(range(1, len(picked) + 1))
    assert len(picked) == min(places, sum(one.sum >= least * 100 * one.counted for one in rows))


def test_a_tie_goes_by_match_then_defence_then_price_then_lot():
    def one(bid, match=5, defence=5, price=100):
        return Judged(bid, {1: 50_000, 2: 50_000}, match, defence, price, "ABCD"[bid])

    def order(*bids):
        return [row.bid for row in ranking(bids, is_trimmed=False, far_tenths=150, seed="s")]

    assert order(one(0), one(1, match=6)) == [1, 0]
    assert order(one(0), one(1, defence=6)) == [1, 0]
    assert order(one(0), one(1, price=99)) == [1, 0]
    rows = ranking([one(0), one(1)], is_trimmed=False, far_tenths=150, seed="s")
    assert all(row.is_by_lot for row in rows)
    assert order(one(0), one(1)) == order(one(1), one(0))


def test_far_out_is_measured_from_the_middle_of_the_panel():
    totals = {1: 80_000, 2: 82_000, 3: 50_000, 4: 81_000, 5: 99_999}
    [row] = ranking([Judged(0, totals, 0, 0, 1, "A")], is_trimmed=True, far_tenths=150, seed="s")
    assert (row.far, row.left_out, row.mean) == ((3, 5), (3, 5), 81_000)


@given(st.dictionaries(st.integers(0, 6), st.tuples(st.integers(1, 100), TENTHS), min_size=1, max_size=6))
def test_a_total_is_the_exact_weighted_sum_and_full_marks_are_a_hundred(told):
    weights = {key: weight for key, (weight, _tenths) in told.items()}
    assert total_of({key: tenths for key, (_weight, tenths) in told.items()}, weights) == sum(w * t for w, t in told.values())
    assert total_of(dict.fromkeys(weights, 1000), weights) == 1000 * sum(weights.values())


@given(st.integers(1, 10**11), st.integers(1, 10**11))
def test_the_lowest_price_gets_all_and_none_gets_more(price, other):
    lowest = min(price, other)
    assert price_tenths(lowest, lowest) == 1000
    assert 0 <= price_tenths(max(price, other), lowest) <= 1000


@given(st.dictionaries(st.integers(0, 40), st.integers(0, 10**6), max_size=30))
def test_shares_are_a_hundred_together_and_the_heavier_never_gets_less(weights):
    parts = shares(weights)
    heavy = [key for key, weight in weights.items() if weight]
    assert sum(parts.values()) == (100 if heavy else 0)
    assert all(parts[key] >= 1 for key in heavy)
    assert all(parts[key] == 0 for key in weights if key not in heavy)
    for one in heavy:
        for other in heavy:
            assert not (weights[one] > weights[other] and parts[one] < parts[other])


MARKS = st.tuples(TENTHS, st.none() | TENTHS, st.none() | TENTHS)


@given(st.lists(MARKS, min_size=1, max_size=8))
def test_the_last_of_three_is_out_unless_it_shares_its_place_and_the_better_get_more(marks):
    rows = [Evaluated(number, *one) for number, one in enumerate(marks)]
    told = standings(rows, EvaluationWeights())
    out = [one for one in told if one.is_out]
    assert len(out) <= 1
    assert not out or (len(rows) >= 3 and out[0].rank == len(rows) and out[0].share_percent == 0)
    assert sum(one.share_percent for one in told) == 100
    for one in told:
        for other in told:
            assert not (one.total > other.total and (one.rank > other.rank or one.share_percent < other.share_percent))


@given(st.lists(st.text("abcdef0123456789", min_size=12, max_size=12), unique=True, max_size=9), st.lists(st.text(max_size=5), max_size=4))
def test_the_draw_can_be_drawn_again_by_everybody(names, digests):
    seed = seed_of("t", digests)
    assert draw_order(seed, names) == draw_order(seed, reversed(names))
    assert sorted(draw_order(seed, names)) == sorted(names)
    assert seed == seed_of("t", list(reversed(digests)))


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (Facts(frozenset(), "省教科院", holds_key=False), None),
        (Facts(frozenset({7}), "", holds_key=False), "works_for_bidder"),
        (Facts(frozenset(), "明德教师研修中心 教研部", holds_key=False), "same_workplace"),
        (Facts(frozenset(), "省教科院", holds_key=True), "holds_key"),
    ],
)
def test_nobody_with_a_known_interest_may_be_drawn(facts, why):
    assert conflict_of(facts, [(7, "明德教师研修中心")]) == why


@given(st.lists(st.tuples(st.sampled_from(list(CriterionKind)), st.integers(0, 100)), max_size=7))
def test_criteria_that_stand_add_up_and_the_match_weighs_most(rows):
    told = [Weighing(*one) for one in rows]
    if refuse_criteria(told) is None:
        assert sum(one.weight for one in told) == 100
        match = [one.weight for one in told if one.kind is CriterionKind.MATCH]
        assert len(match) == 1
        assert all(one.weight < match[0] for one in told if one.kind is not CriterionKind.MATCH)


def test_marks_are_in_range_of_these_criteria_and_complete_when_given():
    assert refuse_marks({1: 1000, 2: 0}, [1, 2], is_final=True) is None
    assert refuse_marks({1: 1000}, [1, 2], is_final=True) == "review_incomplete"
    assert refuse_marks({1: 1000}, [1, 2], is_final=False) is None
    assert refuse_marks({3: 1}, [1, 2], is_final=False) == "review_of_something_else"
    assert refuse_marks({1: 1001}, [1], is_final=False) == "review_out_of_range"
