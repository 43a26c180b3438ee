"""k-anonymity: columns by which a person could be known are made coarser until each combination is shared by at least k people.

Every value comes as a ladder, from the finest to `*`. All rows of a column stand on the same rung (global recoding), so that
classes never overlap. The column with most different values is made coarser first. What is alone at the end is left out and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

Ladder = tuple[str, ...]
DEFAULT_K = 10
LEFT_OUT_PERCENT = 1


class Anonymous(NamedTuple):
    """Which rows stay (by their place), each with its values; the rung of every column, and how many rows were left out."""

    rows: list[tuple[int, tuple[str, ...]]]
    rungs: tuple[int, ...]
    left_out: int


def anonymise(rows: Sequence[tuple[Ladder, ...]], *, k: int = DEFAULT_K, percent: int = LEFT_OUT_PERCENT) -> Anonymous:
    """The rows so that every combination of values is that of at least k rows; at most `percent` of a hundred left out while a rung remains.

    One row is one person. Ladders of a column are equally long. `ValueError` for a k below 2.
    """
    if k < 2:
        raise ValueError("k is at least 2: below that nobody is hidden")
    heights = [len(ladder) for ladder in rows[0]] if rows else []
    rungs, counts = [0] * len(heights), Counter(rows)
    while True:
        classes = _classes(counts, rungs)
        alone = sum(count for count in classes.values() if count < k)
        higher = [column for column, height in enumerate(heights) if rungs[column] + 1 < height]
        if alone * 100 <= percent * len(rows) or not higher:
            break
        rungs[_widest(counts, rungs, higher)] += 1
    kept = [(place, _values(row, rungs)) for place, row in enumerate(rows) if classes[_values(row, rungs)] >= k]
    return Anonymous(kept, tuple(rungs), len(rows) - len(kept))


def _values(row: tuple[Ladder, ...], rungs: Sequence[int]) -> tuple[str, ...]:
    return tuple(ladder[rung] for ladder, rung in zip(row, rungs, strict=True))


def _classes(counts: Counter[tuple[Ladder, ...]], rungs: Sequence[int]) -> Counter[tuple[str, ...]]:
    classes: Counter[tuple[str, ...]] = Counter()
    for row, count in counts.items():
        classes[_values(row, rungs)] += count
    return classes


def _widest(counts: Counter[tuple[Ladder, ...]], rungs: Sequence[int], columns: Sequence[int]) -> int:
    return max(columns, key=lambda column: len({row[column][rungs[column]] for row in counts}))


def smallest_class(values: Sequence[tuple[str, ...]]) -> int:
    """How many rows the rarest combination has; 0 without rows."""
    return min(Counter(values).values(), default=0)
