"""Parts of a hundred, and how a year's evaluation becomes next year's allocation (S3: the last is out, better ones get more)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

LEAST_FOR_ELIMINATION = 3


class EvaluationWeights(NamedTuple):
    """How much each evaluation counts, in whole per cent; the national one is the main ground (S3)."""

    national: int = 60
    trainees: int = 25
    third_party: int = 15


class Evaluated(NamedTuple):
    """A provider's marks of a year in tenths; None where there was no such evaluation."""

    provider: int
    national: int
    trainees: int | None
    third_party: int | None


class Stands(NamedTuple):
    """What follows: total in thousandths of 100, rank (equal totals share it), whether it is out, its part of next year in per cent."""

    provider: int
    total: int
    rank: int
    is_out: bool
    share_percent: int
    weight: int


def shares(weights: Mapping[int, int]) -> dict[int, int]:
    """Whole parts that are 100 together, by largest remainder; at least 1 for each weight, and the heavier never gets less."""
    heavy = {key: weight for key, weight in weights.items() if weight > 0}
    whole = sum(heavy.values())
    parts = {key: divmod(100 * weight, whole) for key, weight in heavy.items()}
    given = {key: part[0] for key, part in parts.items()}
    order = sorted(parts, key=lambda key: (-parts[key][1], -heavy[key], key))
    for key in order[: 100 - sum(given.values()) if given else 0]:
        given[key] += 1
    for key in [key for key, part in given.items() if part == 0][: max(0, 100 - len(given) + 1)]:
        most = max(given.values())
        given[min((one for one, part in given.items() if part == most), key=lambda one: heavy[one])] -= 1
        given[key] = 1
    return {key: given.get(key, 0) for key in weights}


def _total(one: Evaluated, weights: EvaluationWeights) -> int:
    """Thousandths; where an evaluation is missing the others count for all."""
    counted = [(weight, tenths) for weight, tenths in zip(weights, one[1:], strict=True) if tenths is not None and weight]
    return 100 * sum(weight * tenths for weight, tenths in counted) // sum(weight for weight, _tenths in counted)


def standings(rows: Sequence[Evaluated], weights: EvaluationWeights) -> list[Stands]:
    """Every provider's standing, the best first; of three or more the last is out, unless it shares its place."""
    totals = {one.provider: _total(one, weights) for one in rows}
    ranks = {provider: 1 + sum(other > total for other in totals.values()) for provider, total in totals.items()}
    last = [provider for provider, rank in ranks.items() if rank == max(ranks.values())]
    out = set(last) if len(rows) >= LEAST_FOR_ELIMINATION and len(last) == 1 else set()
    weight = {provider: 0 if provider in out else len(rows) - len(out) - rank + 1 for provider, rank in ranks.items()}
    parts = shares(weight)
    ordered = sorted(rows, key=lambda one: (ranks[one.provider], one.provider))
    return [
        Stands(one.provider, totals[one.provider], ranks[one.provider], one.provider in out, parts[one.provider], weight[one.provider])
        for one in ordered
    ]
