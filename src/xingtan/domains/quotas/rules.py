"""Sharing out and refusing: plain numbers in, shares or the code of a refusal out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

MOST_SEATS = 1_000_000


class Share(NamedTuple):
    """One part of a sharing out with its arithmetic: the weight, the whole seats of it, the rest in `of`-ths, and the seats in the end."""

    weight: int
    whole: int
    rest: int
    of: int
    seats: int


def shares(seats: int, weights: Mapping[int, int]) -> dict[int, Share]:
    """The seats shared in proportion to the weights, whole seats first, those left over to the largest rests (ties: as they stand).

    The parts add up to the seats, and each lies within one seat of its exact part; without any weight nobody gets one.
    """
    total = sum(weights.values())
    if total <= 0:
        return {key: Share(weight, 0, 0, 0, 0) for key, weight in weights.items()}
    parts = {key: divmod(seats * weight, total) for key, weight in weights.items()}
    over = seats - sum(whole for whole, _rest in parts.values())
    lucky = set(sorted(parts, key=lambda key: -parts[key][1])[:over])
    return {key: Share(weights[key], whole, rest, total, whole + (key in lucky)) for key, (whole, rest) in parts.items()}


class Held(NamedTuple):
    """What one below holds now: all, what is bound (passed on or given), and until when it may keep the rest."""

    seats: int
    bound: int
    return_by: date | None


def refuse_target(held: Held, seats: int, today: date) -> str | None:
    """Why one below may not hold so many seats from now on."""
    if not 0 <= seats <= MOST_SEATS:
        return "quota_seats_number"
    if seats < held.bound:
        return "quota_seats_bound"
    is_promised = held.return_by is not None and today <= held.return_by
    return "quota_seats_promised" if seats < held.seats and is_promised else None


def kept_until(promised: date | None, said: date | None, today: date) -> date | None:
    """The last day from now on: a promise that still holds is lengthened by more seats, never shortened."""
    if promised is None or promised < today:
        return said
    return max(promised, said) if said else promised


def refuse_sum(free: int, held: Mapping[int, Held], targets: Mapping[int, int]) -> str | None:
    """Why these targets together may not be: more than is free and comes back."""
    more = sum(seats - (held[key].seats if key in held else 0) for key, seats in targets.items())
    return "quota_not_enough_free" if more > free else None
