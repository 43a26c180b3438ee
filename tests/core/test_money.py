from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xingtan.core.money import format_yuan, price, split


@pytest.mark.parametrize(("centi", "fen"), [(72_00, 72_00), (122_00, 122_00), (0, 0), (3_50, 3_50)])
def test_one_yuan_an_hour_makes_72_yuan_a_year_and_122_for_a_new_hire(centi, fen):
    assert price(centi, 100) == fen


@pytest.mark.parametrize(("centi", "fen_per_hour", "fen"), [(1, 50, 1), (1, 49, 0), (133, 75, 100), (3, 150, 5)])
def test_half_a_fen_rounds_up(centi, fen_per_hour, fen):
    assert price(centi, fen_per_hour) == fen


def test_no_price_is_negative():
    with pytest.raises(ValueError, match="never negative"):
        price(-1, 100)


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [
        (100, [1, 1, 1], (34, 33, 33)),
        (7200, [60, 30, 10], (4320, 2160, 720)),
        (1, [1, 2], (0, 1)),
        (-100, [1, 1, 1], (-34, -33, -33)),
        (0, [1, 0], (0, 0)),
        (5, [0, 1], (0, 5)),
    ],
)
def test_the_largest_remainders_get_the_odd_fen(total, weights, shares):
    assert split(total, weights) == shares


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any))
def test_a_split_adds_up_to_the_fen_and_is_fair_to_one(total, weights):
    shares = split(total, weights)
    assert sum(shares) == total
    assert all(abs(share * sum(weights) - total * weight) < sum(weights) for share, weight in zip(shares, weights, strict=True))


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1]])
def test_weights_that_split_nothing_are_an_error(weights):
    with pytest.raises(ValueError, match="weights"):
        split(100, weights)


def test_yuan_are_written_with_two_decimals():
    assert [format_yuan(fen) for fen in (7200, 5, -250)] == ["72.00", "0.05", "-2.50"]
