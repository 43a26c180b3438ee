from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from xingtan.domains.quotas.rules import shares

WEIGHTS = st.dictionaries(st.integers(1, 50), st.integers(0, 5000), min_size=1, max_size=30)


@given(st.integers(0, 5000), WEIGHTS)
def test_shares_add_up_and_lie_within_one_seat_of_their_exact_part(seats, weights):
    found, total = shares(seats, weights), sum(weights.values())
    assert sum(share.seats for share in found.values()) == (seats if total else 0)
    for key, share in found.items():
        assert abs(share.seats - Fraction(seats * weights[key], total or 1)) < 1
        assert share.seats == 0 or weights[key]


def test_the_largest_rests_get_what_is_left_over():
    found = shares(10, {1: 5, 2: 3, 3: 3})
    assert {key: share.seats for key, share in found.items()} == {1: 4, 2: 3, 3: 3}
    assert found[1][:4] == (5, 4, 6, 11)
