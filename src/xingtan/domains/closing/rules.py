"""What may be corrected, and by whom: plain values in, the code of a refusal or None out."""

from __future__ import annotations

from collections.abc import Mapping

from .states import MOVES, CorrectionState

LEAST_WORDS = 5


def refuse_proposal(*, is_closed: bool, is_final: bool, words: str) -> str | None:
    """Why a correction may not be proposed: the year is open (it is determined anew there), nothing is final, or no reason is told."""
    if not is_closed:
        return "correction_year_open"
    if not is_final:
        return "correction_nothing_final"
    return "correction_without_words" if len(words.strip()) < LEAST_WORDS else None


def refuse_decision(state: CorrectionState, to: CorrectionState, *, proposer_id: int | None, decider_id: int | None) -> str | None:
    """Why this person may not decide a correction so: it is decided, or it is their own (their own may only be withdrawn)."""
    if to not in MOVES[state]:
        return "correction_decided"
    is_own = proposer_id == decider_id
    if to is CorrectionState.WITHDRAWN:
        return None if is_own else "correction_not_yours"
    return "correction_own" if is_own else None


def refuse_moved(seen: Mapping[str, object], now: Mapping[str, object]) -> str | None:
    """Why a correction may not be carried out as it was seen: the facts would move something else by now."""
    return None if seen == now else "correction_moved"
