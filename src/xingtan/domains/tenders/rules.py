"""Why an act may not be done now: plain values in, the code of a refusal or None out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from xingtan.domains.tenders.states import Side, TenderState

S = TypeVar("S", bound=StrEnum)
TURN_MINUTES = 30


def refuse_act(moves: Mapping[S, Mapping[str, S]], state: S, act: str) -> str | None:
    """Why the act is not among those of this state, or None."""
    return None if act in moves[state] else "tender_wrong_state"


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
