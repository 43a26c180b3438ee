"""Why an act may not be done now: plain values in, the code of a refusal or None out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, TypeVar

from xingtan.domains.tenders.states import CriterionKind, Side, TenderState

S = TypeVar("S", bound=StrEnum)
MOST = 1000
TURN_MINUTES = 30
ONCE = (CriterionKind.MATCH, CriterionKind.PRICE, CriterionKind.DEFENCE)


class Weighing(NamedTuple):
    """A criterion's kind and its weight in whole per cent."""

    kind: CriterionKind
    weight: int


def refuse_act(moves: Mapping[S, Mapping[str, S]], state: S, act: str) -> str | None:
    """Why the act is not among those of this state, or None."""
    return None if act in moves[state] else "tender_wrong_state"


def refuse_criteria(rows: Sequence[Weighing]) -> str | None:
    """Why bids may not be judged so: weights are not 100 together, or the match with the project does not weigh most (S3)."""
    if any(not 1 <= one.weight <= 100 for one in rows) or sum(one.weight for one in rows) != 100:
        return "tender_weights_not_100"
    if any(sum(one.kind is kind for one in rows) > 1 for kind in ONCE):
        return "tender_criterion_twice"
    match = [one.weight for one in rows if one.kind is CriterionKind.MATCH]
    if not match:
        return "tender_match_missing"
    others = [one.weight for one in rows if one.kind is not CriterionKind.MATCH]
    return "tender_match_not_most" if others and max(others) >= match[0] else None


def refuse_window(opens_at: datetime, closes_at: datetime, *, now: datetime) -> str | None:
    """Why a call may not be published with this window: backwards, or over already."""
    if opens_at >= closes_at:
        return "tender_window_backwards"
    return "tender_window_over" if closes_at <= now else None


def refuse_ready(ready: Collection[Side]) -> str | None:
    """Why the lock may not be made: one side has nobody whose key is ready."""
    return "tender_keys_missing" if set(ready) != set(Side) else None


def refuse_submission(state: TenderState, opens_at: datetime, closes_at: datetime, *, now: datetime) -> str | None:
    """Why no bid is taken, replaced or withdrawn now: not published, before the window, after it. The last moment is outside."""
    if state is not TenderState.PUBLISHED:
        return "tender_wrong_state"
    if now < opens_at:
        return "tender_not_open_yet"
    return "tender_closed" if now >= closes_at else None


def refuse_turn(state: TenderState, closes_at: datetime, *, now: datetime) -> str | None:
    """Why nobody may turn a key now: not published, or bids are still taken."""
    if state is not TenderState.PUBLISHED:
        return "tender_wrong_state"
    return "tender_still_sealed" if now < closes_at else None


def is_together(first: datetime, second: datetime) -> bool:
    """True when two keys were turned within half an hour of each other."""
    return abs(second - first) <= timedelta(minutes=TURN_MINUTES)


def refuse_marks(marks: Mapping[int, int], criteria: Collection[int], *, is_final: bool) -> str | None:
    """Why these marks (criterion → tenths) may not stand: of something else, out of range, or given while one is missing."""
    if not set(marks) <= set(criteria):
        return "review_of_something_else"
    if any(not 0 <= tenths <= MOST for tenths in marks.values()):
        return "review_out_of_range"
    return "review_incomplete" if is_final and set(marks) != set(criteria) else None
