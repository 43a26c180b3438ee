"""Documents, told in the same intervals: a page is a stretch of the unit as long as the seconds it takes to read it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from xingtan.core.learned_time.intervals import Interval, Intervals, gaps


def page_intervals(seconds_per_page: Sequence[int]) -> Intervals:
    """The stretch of each page, in order; the last one ends at the unit's length."""
    return tuple(pairwise(accumulate(seconds_per_page, initial=0)))


def page_stretch(page: Interval, covered: Intervals, read_s: int) -> Interval:
    """What reading this page for so many seconds plays: its first stretch not read yet, or the whole page again."""
    left = gaps(covered, *page)
    start, end = left[0] if left else page
    return start, min(start + max(read_s, 0), end)
