"""Money as whole fen."""

from __future__ import annotations

from collections.abc import Sequence

FEN_PER_YUAN = 100
HUNDREDTHS = 100


def price(hours_centi: int, fen_per_hour: int) -> int:
    """Fen for these hundredths of an hour; half a fen rounds up."""
    if hours_centi < 0 or fen_per_hour < 0:
        message = "a price is never negative"
        raise ValueError(message)
    return (hours_centi * fen_per_hour * 2 + HUNDREDTHS) // (HUNDREDTHS * 2)


def split(total_fen: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Shares by whole weights that add up to the total to the fen; the largest remainders get the odd fen, earlier ones first."""
    if not weights or min(weights) < 0 or sum(weights) == 0:
        message = "a split needs weights that are not negative and not all zero"
        raise ValueError(message)
    if total_fen < 0:
        return tuple(-share for share in split(-total_fen, weights))
    whole = sum(weights)
    parts = [divmod(total_fen * weight, whole) for weight in weights]
    shares = [share for share, _ in parts]
    by_remainder = sorted(range(len(weights)), key=lambda index: (-parts[index][1], index))
    for index in by_remainder[: total_fen - sum(shares)]:
        shares[index] += 1
    return tuple(shares)


def format_yuan(fen: int) -> str:
    """Yuan with exactly two decimals."""
    whole, part = divmod(abs(fen), FEN_PER_YUAN)
    return f"{'-' if fen < 0 else ''}{whole}.{part:02d}"
