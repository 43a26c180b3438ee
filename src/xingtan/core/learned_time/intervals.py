"""Half-open intervals of whole media seconds, kept sorted, disjoint and as few as possible."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

Interval: TypeAlias = tuple[int, int]
Intervals: TypeAlias = tuple[Interval, ...]


def length(intervals: Sequence[Interval]) -> int:
    """Seconds in disjoint intervals."""
    return sum(end - start for start, end in intervals)


def merge(covered: Intervals, start: int, end: int) -> Intervals:
    """What was covered and this interval, exactly; touching intervals become one. An empty interval changes nothing."""
    if start >= end:
        return covered
    before = [one for one in covered if one[1] < start]
    after = [one for one in covered if one[0] > end]
    touched = covered[len(before) : len(covered) - len(after)]
    if touched:
        start, end = min(start, touched[0][0]), max(end, touched[-1][1])
    return (*before, (start, end), *after)


def gaps(covered: Intervals, start: int, end: int) -> Intervals:
    """The parts between start and end that are not covered."""
    found: list[Interval] = []
    at = start
    for one_start, one_end in covered:
        if one_end <= at:
            continue
        if one_start >= end:
            break
        if one_start > at:
            found.append((at, one_start))
        at = one_end
    if at < end:
        found.append((at, end))
    return tuple(found)


def to_seconds(covered: Intervals, length_s: int) -> bytearray:
    """A byte for each second up to the length: 1 where it is covered."""
    seconds = bytearray(length_s)
    for start, end in covered:
        seconds[start:end] = b"\x01" * (end - start)
    return seconds


def from_seconds(seconds: bytearray) -> Intervals:
    """The stretches of ones, in order."""
    found: list[Interval] = []
    start = seconds.find(1)
    while start >= 0:
        end = seconds.find(0, start)
        end = len(seconds) if end < 0 else end
        found.append((start, end))
        start = seconds.find(1, end)
    return tuple(found)
