"""Rows of evidence folded to one row of whole numbers per teacher and year: the only step of a batch that touches every row.

Narwhals' frames (Spark's) are folded in one pass of conditional sums. Polars' own are folded faster, to the same numbers: teacher and
year are one key, and kinds that few rows carry are summed over those few rows only. What the kinds mean was decided before, once per
kind, so that no text is touched per row. The sums are 64-bit: exact in any order and in any parts, as long as a teacher's own sum
stays below 9 · 10¹⁸.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Literal

import narwhals.stable.v2 as nw
import polars as pl

from xingtan.core.determination.batch.columns import Api, Expr, Frame, whole

How = Literal["sum", "count", "best"]
# A sum reads its kinds times their factors; counts and bests read the kinds alone.
Reading = tuple[How, tuple[tuple[int, int], ...]]

YEARS = 4096
# One row in so many is looked at to learn which kinds are few; a wrong guess costs time and changes no number.
SAMPLE = 97
FEW = 0.12
# Beyond so many comparisons a lookup is faster.
RANGES = 3


@dataclass(frozen=True, slots=True)
class Slot:
    """One number per teacher and year: the sum of value times the kind's factor, the number of rows, or the best value, over rows of
    these kinds. Without any such row a sum and a count are 0 and a best is null.
    """

    name: str
    how: How
    kinds: Mapping[int, int]

    def reading(self, within: Iterable[int] | None = None) -> Reading:
        """What is read, as a value: slots with equal readings are computed once."""
        chosen = self.kinds.keys() if within is None else self.kinds.keys() & set(within)
        factors = ((kind, self.kinds[kind] if self.how == "sum" else 1) for kind in sorted(chosen))
        return self.how, tuple((kind, factor) for kind, factor in factors if factor)


def fold(rows: Frame, slots: Sequence[Slot], *, keys: tuple[str, ...] = ("teacher", "year"), value: str = "amount") -> Frame:
    """A lazy frame of one row for each of the keys that has rows at all, with a 64-bit column per slot; the order of rows is free.

    `rows` (Polars', lazy or in memory, or narwhals', lazy) has the keys, `kind` and `value`, all whole numbers, kinds from 0, none empty
    but the value of a best. For Polars, keys are `teacher` (0 to 2⁵¹) and `year` (0 to 4095), or `teacher` alone.
    """
    api = pl if isinstance(rows, pl.DataFrame | pl.LazyFrame) else nw
    rows = rows.lazy()
    if api is pl and set(keys) <= {"teacher", "year"}:
        return _split_in_two(rows, slots, keys, value)
    return _summed(api, rows, list(keys), {slot.name: slot.reading() for slot in slots}, value).select(
        *keys, *(slot.name for slot in slots)
    )


def _split_in_two(rows: pl.LazyFrame, slots: Sequence[Slot], keys: tuple[str, ...], value: str) -> pl.LazyFrame:
    """The sums over every row, joined by those over the rows of kinds that are few."""
    # Read once, used twice, gone when it is folded.
    packed = rows.select(_packed(keys).alias("key"), "kind", value).collect(engine="streaming")
    few = _few(packed["kind"], {kind for slot in slots for kind in slot.kinds})
    common, rare = _split(slots, few)
    folded: pl.LazyFrame = _summed(pl, packed.lazy(), ["key"], {name: reading for reading, name in common.items()}, value)
    if rare:
        folded = folded.join(_summed(pl, packed.lazy().filter(_any_of(pl, few)), ["key"], rare, value), on="key", how="left")
    columns = [_together(slot, common.get(_without(slot, few)), is_rare=slot.name in rare) for slot in slots]
    return folded.select(*_unpacked(keys), *columns)


def _packed(keys: tuple[str, ...]) -> pl.Expr:
    teacher = pl.col("teacher").cast(pl.Int64)
    return teacher * YEARS + pl.col("year").cast(pl.Int64) if "year" in keys else teacher


def _unpacked(keys: tuple[str, ...]) -> list[pl.Expr]:
    key = pl.col("key")
    both = {"teacher": key // YEARS, "year": (key % YEARS).cast(pl.Int16)} if "year" in keys else {"teacher": key}
    return [both[name].alias(name) for name in keys]


def _few(shown: pl.Series, kinds: Iterable[int]) -> frozenset[int]:
    """Those of the kinds that a sample does not show, and those that together are at most FEW of it."""
    counts = dict(shown.gather_every(SAMPLE).value_counts(sort=True).iter_rows())
    least, few = FEW * sum(counts.values()), set(kinds) - counts.keys()
    for kind, count in reversed(counts.items()):
        least -= count
        if least < 0:
            break
        few.add(kind)
    return frozenset(few)


def _without(slot: Slot, few: frozenset[int]) -> Reading:
    return slot.reading(slot.kinds.keys() - few)


def _split(slots: Sequence[Slot], few: frozenset[int]) -> tuple[dict[Reading, str], dict[str, Reading]]:
    """What is read over every row, each reading once under a name of its own, and what is read over the few, by slot."""
    common: dict[Reading, str] = {}
    for slot in slots:
        if (reading := _without(slot, few))[1]:
            common.setdefault(reading, f"common_{len(common)}")
    rare = {slot.name: reading for slot in slots if (reading := slot.reading(few))[1]}
    return common, rare


def _together(slot: Slot, common: str | None, *, is_rare: bool) -> pl.Expr:
    """The slot out of its common and its rare part."""
    if slot.how == "best":
        parts = [pl.col(name) for name in (common, slot.name if is_rare else None) if name]
        return (pl.max_horizontal(*parts) if parts else pl.lit(None)).cast(pl.Int64).alias(slot.name)
    every = pl.col(common) if common else whole(pl, 0)
    return (every + pl.col(slot.name).fill_null(0) if is_rare else every).cast(pl.Int64).alias(slot.name)


def _summed(api: Api, rows: Frame, keys: list[str], readings: Mapping[str, Reading], value: str) -> Frame:
    """One pass: every reading as a conditional sum, count or best."""
    worth = _worth(readings.values())
    amount = api.col(value).cast(api.Int64)
    factors = _by_factor(worth.items())
    rows = rows.with_columns((_chain(api, factors, amount) if set(factors) - {1} else amount).alias("worth"))
    return rows.group_by(keys).agg(*(_read(api, reading, worth, amount).alias(name) for name, reading in readings.items()))


def _worth(readings: Iterable[Reading]) -> dict[int, int]:
    """The factor that sums give each kind; where they disagree, the first one's."""
    worth: dict[int, int] = {}
    for how, kinds in readings:
        for kind, factor in kinds if how == "sum" else ():
            worth.setdefault(kind, factor)
    return worth


def _by_factor(factors: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    """Kinds by their factor, the most frequent factor last so that it is asked first."""
    by: defaultdict[int, list[int]] = defaultdict(list)
    for kind, factor in factors:
        by[factor].append(kind)
    return dict(sorted(by.items(), key=lambda pair: len(pair[1])))


def _chain(api: Api, factors: Mapping[int, list[int]], amount: Expr) -> Expr:
    """The amount times its kind's factor; 0 for other kinds."""
    chosen = whole(api, 0) if factors else amount * 0
    for factor, kinds in factors.items():
        chosen = api.when(_any_of(api, kinds)).then(amount if factor == 1 else amount * factor).otherwise(chosen)
    return chosen


def _read(api: Api, reading: Reading, worth: Mapping[int, int], amount: Expr) -> Expr:
    """The reading as one aggregation."""
    how, kinds = reading
    if how == "best":
        return api.when(_any_of(api, (kind for kind, _ in kinds))).then(amount).max()
    if how == "count":
        return api.when(_any_of(api, (kind for kind, _ in kinds))).then(whole(api, 1)).otherwise(whole(api, 0)).sum()
    agreed = [kind for kind, factor in kinds if worth[kind] == factor]
    rest = _chain(api, _by_factor((kind, factor) for kind, factor in kinds if worth[kind] != factor), amount)
    return (api.when(_any_of(api, agreed)).then(api.col("worth")).otherwise(rest) if agreed else rest).sum()


def _any_of(api: Api, kinds: Iterable[int]) -> Expr:
    """Whether the row's kind is one of these: comparisons of ranges while they are few."""
    kind, wanted = api.col("kind"), sorted(kinds)
    ranges: list[list[int]] = []
    for code in wanted:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    if len(ranges) > RANGES:
        return kind.is_in(wanted)
    within = (kind == low if low == high else (kind >= low) & (kind <= high) for low, high in ranges)
    return reduce(or_, within) if ranges else kind < 0
