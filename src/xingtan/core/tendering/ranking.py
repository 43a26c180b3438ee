"""Who is first: totals in thousandths of 100 from marks in tenths and weights in whole per cent. Only what is shown is rounded."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

LEAST_FOR_TRIMMING = 5


class Outcome(StrEnum):
    """Why a bid is chosen or not."""

    CHOSEN = "chosen"
    BELOW_PASS = "below_pass"  # noqa: S105 -- the least total, not a password
    NO_PLACE = "no_place"


class Judged(NamedTuple):
    """A bid with the total of each member (thousandths), its sums for the match and the defence, its price in fen, and its code."""

    bid: int
    totals: Mapping[int, int]
    match: int
    defence: int
    price_fen: int
    code: str


class Ranked(NamedTuple):
    """A bid's place: the sum and number of the totals that count, the mean rounded down, the spread, who is far out, who was left out."""

    bid: int
    rank: int
    sum: int
    counted: int
    lowest: int
    highest: int
    far: tuple[int, ...]
    left_out: tuple[int, ...]
    is_by_lot: bool = False

    @property
    def mean(self) -> int:
        """Thousandths, rounded down."""
        return self.sum // self.counted


def total_of(marks: Mapping[int, int], weights: Mapping[int, int]) -> int:
    """Thousandths of 100: the sum of weight (per cent) times mark (tenths) over all criteria; a missing mark is a `KeyError`."""
    return sum(weight * marks[criterion] for criterion, weight in weights.items())


def price_tenths(price_fen: int, lowest_fen: int) -> int:
    """The lowest price gets 1000 tenths, every other its ratio to it, rounded down."""
    return 1000 * lowest_fen // price_fen


def _spread(totals: Mapping[int, int], far_tenths: int) -> tuple[int, ...]:
    """Members whose total lies further from the panel's middle than this many tenths."""
    ordered, half = sorted(totals.values()), len(totals) // 2
    middle_twice = ordered[half] + ordered[-1 - half]
    return tuple(sorted(member for member, total in totals.items() if abs(2 * total - middle_twice) > 2 * 100 * far_tenths))


def _trimmed(totals: Mapping[int, int]) -> tuple[int, ...]:
    """One member with the highest and one with the lowest total, where five or more judged; of equal ones the first by number."""
    if len(totals) < LEAST_FOR_TRIMMING:
        return ()
    ordered = sorted(totals, key=lambda member: (totals[member], member))
    return tuple(sorted((ordered[0], ordered[-1])))


def ranking(judged: Sequence[Judged], *, is_trimmed: bool, far_tenths: int, seed: str) -> list[Ranked]:
    """Every bid with its place, the best first. Ties: the match decides, then the defence, the lower price, at last the lot of the seed."""
    rows = []
    for one in judged:
        left_out = _trimmed(one.totals) if is_trimmed else ()
        counted = [total for member, total in one.totals.items() if member not in left_out]
        key = (-Fraction(sum(counted), len(counted)), -one.match, -one.defence, one.price_fen)
        rows.append((key, hashlib.sha256(f"{seed}|lot|{one.code}".encode()).hexdigest(), one, counted, left_out))
    rows.sort(key=lambda row: row[:2])
    keys = [row[0] for row in rows]
    return [
        Ranked(
            bid=one.bid,
            rank=place,
            sum=sum(counted),
            counted=len(counted),
            lowest=min(one.totals.values()),
            highest=max(one.totals.values()),
            far=_spread(one.totals, far_tenths),
            left_out=left_out,
            is_by_lot=keys.count(key) > 1,
        )
        for place, (key, _lot, one, counted, left_out) in enumerate(rows, start=1)
    ]


def chosen(rows: Sequence[Ranked], *, places: int, pass_tenths: int) -> dict[int, Outcome]:
    """For each bid whether it is chosen: the first ones that reach the least total, as many as there are places."""
    answer: dict[int, Outcome] = {}
    for one in rows:
        if one.sum < pass_tenths * 100 * one.counted:
            answer[one.bid] = Outcome.BELOW_PASS
        else:
            answer[one.bid] = Outcome.CHOSEN if one.rank <= places else Outcome.NO_PLACE
    return answer
