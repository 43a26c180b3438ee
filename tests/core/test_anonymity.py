"""Every combination in an extract is that of at least k people, and nothing is made coarser than it must be."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xingtan.core.anonymity import anonymise, smallest_class

COUNTY = st.sampled_from([("a1", "A", "*"), ("a2", "A", "*"), ("b1", "B", "*"), ("b2", "B", "*"), ("b3", "B", "*")])
STAGE = st.sampled_from([("primary", "*"), ("junior", "*")])
TITLE = st.sampled_from([("first", "junior", "*"), ("second", "junior", "*"), ("senior", "senior", "*")])
PEOPLE = st.lists(st.tuples(COUNTY, STAGE, TITLE), max_size=120)


@given(PEOPLE, st.integers(2, 12), st.integers(0, 30))
def test_nobody_stands_out(people, k, percent):
    made = anonymise(people, k=k, percent=percent)
    values = [row for _place, row in made.rows]
    assert not values or smallest_class(values) >= k
    assert len(values) + made.left_out == len(people)
    for place, row in made.rows:
        assert row == tuple(ladder[rung] for ladder, rung in zip(people[place], made.rungs, strict=True))


@given(PEOPLE, st.integers(2, 12))
def test_more_than_the_share_is_left_out_only_when_no_rung_remains(people, k):
    made = anonymise(people, k=k, percent=5)
    top = all(rung == len(ladder) - 1 for rung, ladder in zip(made.rungs, people[0], strict=True)) if people else True
    assert made.left_out * 100 <= 5 * len(people) or top
    assert not top or not people or made.left_out in (0, len(people)) or made.left_out * 100 <= 5 * len(people)


@given(PEOPLE, st.integers(2, 6), st.randoms(use_true_random=False))
def test_the_order_of_people_changes_nothing(people, k, rng):
    other = list(people)
    rng.shuffle(other)
    one, two = anonymise(people, k=k), anonymise(other, k=k)
    assert (one.rungs, one.left_out) == (two.rungs, two.left_out)
    assert Counter(row for _place, row in one.rows) == Counter(row for _place, row in two.rows)


def test_a_crowd_of_equals_stays_as_it_is():
    made = anonymise([(("a1", "A", "*"), ("primary", "*"))] * 10, k=10)
    assert (made.rungs, made.left_out, len(made.rows)) == ((0, 0), 0, 10)


def test_one_who_stands_out_is_left_out_and_the_others_are_not_blurred():
    people = [(("a1", "*"),)] * 500 + [(("rare", "*"),)]
    made = anonymise(people, k=10)
    assert (made.rungs, made.left_out) == ((0,), 1)


def test_k_of_one_hides_nobody():
    with pytest.raises(ValueError, match="at least 2"):
        anonymise([], k=1)
