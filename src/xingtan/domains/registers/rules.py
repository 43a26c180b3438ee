"""Ratios, and why a nomination or an application may not be decided: pure."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from .states import MemberState, PoolState

# S3: a provincial expert for 500 trainees, a county expert for 30.
PROVINCIAL_EXPERT_PER, COUNTY_EXPERT_PER = 500, 30


class Ratio(NamedTuple):
    """How many experts a number of trainees asks for, how many there are."""

    trainees: int
    per: int
    held: int

    @property
    def needed(self) -> int:
        """Experts asked for: one for each full or begun portion of trainees."""
        return -(-self.trainees // self.per)

    @property
    def missing(self) -> int:
        """Experts that are missing, 0 when there are enough."""
        return max(0, self.needed - self.held)

    @property
    def is_met(self) -> bool:
        """True when nobody is missing."""
        return self.missing == 0


def refuse_term(from_on: date, to_on: date | None) -> str | None:
    """Why a term with these days may not stand, or None."""
    return "register_ends_before" if to_on is not None and to_on < from_on else None


def refuse_pool_decision(state: PoolState, *, is_own: bool, is_approved: bool, reason: str) -> str | None:
    """Why a nomination may not be decided so, or None: it waits, another person nominated, a refusal says why."""
    if state is not PoolState.NOMINATED:
        return "pool_wrong_state"
    if is_own:
        return "pool_own_nomination"
    return "register_needs_reason" if not is_approved and not reason.strip() else None


def refuse_member_decision(state: MemberState, *, is_approved: bool, reason: str) -> str | None:
    """Why an application may not be decided so, or None: it waits, and a refusal says why."""
    if state is not MemberState.APPLIED:
        return "member_wrong_state"
    return "register_needs_reason" if not is_approved and not reason.strip() else None
