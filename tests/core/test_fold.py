from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xingtan.core.determination.batch.fold import Slot, fold

KINDS = 40
Row = tuple[int, int, int, int]

rows = st.lists(
    st.tuples(st.integers(0, 2**50), st.integers(0, 4095), st.integers(0, KINDS - 1), st.integers(-(10**9), 10**9)), max_size=60
)
near = st.lists(st.tuples(st.integers(1, 3), st.integers(2011, 2013), st.integers(0, 7), st.integers(-500, 50_000)), max_size=60)
factors = st.dictionaries(st.integers(0, KINDS - 1), st.sampled_from([0, 1, 1, 1, 60, 240, -3]), max_size=12)
slots = st.lists(st.tuples(st.sampled_from(["sum", "count", "best"]), factors), min_size=1, max_size=8).map(
    lambda parts: [Slot(f"s{n}", how, kinds) for n, (how, kinds) in enumerate(parts)]
)


def frame(given_rows: list[Row]) -> pl.DataFrame:
    schema = {"teacher": pl.Int64, "year": pl.Int16, "kind": pl.Int16, "amount": pl.Int64}
    return pl.DataFrame(given_rows, schema=schema, orient="row")


def loop(given_rows: list[Row], wanted: list[Slot], keys: int = 2) -> dict[tuple[int, ...], tuple[int | None, ...]]:
    """The same fold as a loop that anyone can read."""
    seen: dict[tuple[int, ...], list[int | None]] = {}
    for *key, kind, amount in given_rows:
        numbers = seen.setdefault(tuple(key[:keys]), [None if slot.how == "best" else 0 for slot in wanted])
        for n, slot in enumerate(wanted):
            if kind in slot.kinds:
                now = numbers[n]
                if slot.how == "best":
                    numbers[n] = amount if now is None else max(now, amount)
                else:
                    numbers[n] = (now or 0) + (amount * slot.kinds[kind] if slot.how == "sum" else 1)
    return {key: tuple(numbers) for key, numbers in seen.items()}


def table(folded, keys: int = 2) -> dict[tuple[int, ...], tuple[int | None, ...]]:
    got = [tuple(row) for row in folded.collect().rows()]
    assert len({row[:keys] for row in got}) == len(got)
    return {row[:keys]: row[keys:] for row in got}


@given(st.one_of(rows, near), slots)
def test_fold_equals_the_loop_in_memory_and_lazily(given_rows, wanted):
    expected = loop(given_rows, wanted)
    assert table(fold(frame(given_rows), wanted)) == expected
    assert table(fold(frame(given_rows).lazy(), wanted)) == expected
    assert table(fold(nw.from_native(frame(given_rows).lazy()), wanted)) == expected


@given(near, slots, st.randoms())
def test_order_of_rows_does_not_matter(given_rows, wanted, random):
    expected = table(fold(frame(given_rows), wanted))
    random.shuffle(given_rows)
    assert table(fold(frame(given_rows), wanted)) == expected


@given(near, slots)
def test_parts_by_teacher_together_are_the_whole(given_rows, wanted):
    parts = [[row for row in given_rows if row[0] % 2 == rest] for rest in (0, 1)]
    together = table(fold(frame(parts[0]), wanted)) | table(fold(frame(parts[1]), wanted))
    assert together == table(fold(frame(given_rows), wanted))


@given(near, slots)
def test_teachers_alone_can_be_the_key(given_rows, wanted):
    assert table(fold(frame(given_rows), wanted, keys=("teacher",)), 1) == loop(given_rows, wanted, 1)


def test_a_kind_that_one_row_in_ten_thousand_carries_is_not_lost():
    many = [(n, 2011, 0, 100) for n in range(10_000)] + [(5_000, 2011, 7, 1), (10_001, 2012, 7, 2)]
    wanted = [
        Slot("common", "sum", {0: 1}),
        Slot("both", "sum", {0: 1, 7: 60}),
        Slot("rare", "count", {7: 1}),
        Slot("best", "best", {0: 1, 7: 1}),
    ]
    got = table(fold(frame(many), wanted))
    assert got[5_000, 2011] == (100, 160, 1, 100)
    assert got[10_001, 2012] == (0, 120, 1, 2)
    assert got[1, 2011] == (100, 100, 0, 100)
    assert len(got) == 10_001


def test_scores_that_are_missing_do_not_win():
    results = frame([(1, 2011, 0, 0)]).with_columns(score=pl.lit(None, dtype=pl.Int32))
    assert table(fold(results, [Slot("best", "best", {0: 1}), Slot("n", "count", {0: 1})], value="score")) == {(1, 2011): (None, 1)}


@pytest.mark.parametrize("amount", [2**62, -(2**62)])
def test_sums_keep_all_64_bits(amount):
    got = table(fold(frame([(1, 2011, 0, amount), (1, 2011, 0, -1)]), [Slot("s", "sum", {0: 1})]))
    assert got == {(1, 2011): (amount - 1,)}
