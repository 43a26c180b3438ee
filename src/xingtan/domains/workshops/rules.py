"""Pure decisions of workshops."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from .states import MOVES, State

SHORTEST_TEXT = 10


class Refusal(StrEnum):
    """Why a part cannot be handed in or decided."""

    NOT_A_MEMBER = "not_a_member"
    ACTIVITY_NOT_OPEN = "activity_not_open"
    ALREADY_CONFIRMED = "participation_confirmed"
    TOO_SHORT = "participation_too_short"
    NOT_WAITING = "participation_not_waiting"
    RETURN_NEEDS_WORDS = "return_needs_words"


def refuse_hand_in(
    state: State | None, *, is_member: bool, opens_on: date, closes_on: date, today: date, length: int, has_file: bool
) -> Refusal | None:
    """Why this part may not be handed in today, or None if it may."""
    if not is_member:
        return Refusal.NOT_A_MEMBER
    if not opens_on <= today <= closes_on:
        return Refusal.ACTIVITY_NOT_OPEN
    if state is State.CONFIRMED:
        return Refusal.ALREADY_CONFIRMED
    return None if length >= SHORTEST_TEXT or has_file else Refusal.TOO_SHORT


def refuse_decision(state: State, outcome: State, *, comment: str) -> Refusal | None:
    """Why a lead may not decide so, or None if they may; who returns a part says what to do."""
    if outcome not in MOVES[state]:
        return Refusal.NOT_WAITING
    if outcome is State.RETURNED and not comment.strip():
        return Refusal.RETURN_NEEDS_WORDS
    return None
