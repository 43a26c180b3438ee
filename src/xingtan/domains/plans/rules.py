"""What a plan and its lines may be: plain values in, a refusal's code or None out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from .states import MOVES, WRITABLE, PlanAct, PlanState

MOST_LINES = 200
MOST_HEADS = 500_000
MOST_HOURS_CENTI = 1_000_00
MOST_FEN = 100_000_000_000


class Sum(NamedTuple):
    """What lines come to: how many there are, heads, hundredths of an hour (heads × hours each) and fen."""

    lines: int = 0
    heads: int = 0
    hours_centi: int = 0
    fen: int = 0

    def __add__(self, other: object) -> Sum:
        """Both together."""
        return Sum(*(a + b for a, b in zip(self, other, strict=True))) if isinstance(other, Sum) else NotImplemented

    def __sub__(self, other: Sum) -> Sum:
        """How much more this is than the other."""
        return Sum(*(a - b for a, b in zip(self, other, strict=True)))


def sum_of(lines: Iterable[tuple[int, int, int]]) -> Sum:
    """What these lines (heads, hundredths of an hour each, fen) come to."""
    total = Sum()
    for heads, centi, fen in lines:
        total += Sum(1, heads, heads * centi, fen)
    return total


def refuse_act(state: PlanState, act: PlanAct) -> str | None:
    """Why this may not be done with a plan in this state."""
    return None if act in MOVES[state] else "plan_wrong_state"


def refuse_writing(state: PlanState) -> str | None:
    """Why its lines may not be changed now."""
    return None if state in WRITABLE else "plan_not_writable"


def lacking(*, what: str, area: str, head_count: int, hours_centi: int) -> str | None:
    """What a line still lacks before it may go up; a draft's may lack anything."""
    if not what.strip():
        return "plan_line_without_name"
    if not area:
        return "plan_line_without_area"
    if head_count <= 0:
        return "plan_line_without_people"
    return "plan_line_without_hours" if hours_centi <= 0 else None


def refuse_late(due_on: date | None, today: date) -> str | None:
    """Why a plan may not go up any more: its last day is over. Without a call there is none."""
    return "plan_late" if due_on is not None and today > due_on else None


def refuse_size(lines: int) -> str | None:
    """Why so many lines are not one plan."""
    return "plan_too_long" if lines > MOST_LINES else None
