"""Roots of blocks and the proof that a line stands in one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as some

from xingtan.foundation.ledger.digests import EMPTY, line_digest, merkle_path, merkle_root, moment, root_from_path

digests = some.lists(some.binary(min_size=32, max_size=32).map(bytes.hex), min_size=1, max_size=40, unique=True)


@given(digests, some.data())
def test_every_line_proves_that_it_stands_in_its_block(lines, data):
    place = data.draw(some.integers(0, len(lines) - 1))
    assert root_from_path(lines[place], merkle_path(lines, place)) == merkle_root(lines)


@given(digests, some.data())
def test_a_line_that_is_not_there_proves_nothing(lines, data):
    place = data.draw(some.integers(0, len(lines) - 1))
    other = line_digest({"not": lines[place]})
    assert root_from_path(other, merkle_path(lines, place)) != merkle_root(lines)


@given(digests, digests)
def test_other_lines_have_another_root(lines, others):
    assert (merkle_root(lines) == merkle_root(others)) is (lines == others)


@given(digests)
def test_order_and_repetition_change_the_root(lines):
    assert merkle_root([*lines, lines[-1]]) != merkle_root(lines)
    assert len(lines) == 1 or merkle_root(lines[::-1]) != merkle_root(lines)


def test_no_lines_have_the_empty_root():
    assert merkle_root([]) == EMPTY


def test_a_line_is_not_mistaken_for_a_node():
    a, b = line_digest({"n": 1}), line_digest({"n": 2})
    assert merkle_root([merkle_root([a, b])]) == merkle_root([a, b])
    assert line_digest({"left": a, "right": b}) != merkle_root([a, b])


def test_a_moment_is_the_same_in_every_zone():
    at = datetime(2026, 11, 21, 4, 5, 6, 789, tzinfo=UTC)
    assert moment(at) == moment(at.astimezone(timezone(timedelta(hours=8))))
