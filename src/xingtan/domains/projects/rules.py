"""What may be drafted, offered, published and closed: plain values in, a refusal or None out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from .states import MOVES, ProjectState, Tier

# Which tiers an organiser of this kind runs; a zone acts as a county (A1).
TIERS: Mapping[str, frozenset[Tier]] = {
    "province": frozenset({Tier.NATIONAL, Tier.PROVINCE}),
    "city": frozenset({Tier.CITY}),
    "county": frozenset({Tier.COUNTY}),
    "zone": frozenset({Tier.COUNTY}),
    "school": frozenset({Tier.SCHOOL}),
}


class Why(NamedTuple):
    """The code of a refusal and, where a number decided, the most that would have been right."""

    code: str
    most_centi: int = 0


def refuse_draft(*, organiser_kind: str, tier: Tier, days: tuple[date, date], year: tuple[date, date]) -> Why | None:
    """Why a project may not be drafted: a tier that this office does not run, days the wrong way round or outside the year."""
    if tier not in TIERS.get(organiser_kind, frozenset()):
        return Why("project_tier_not_yours")
    if days[0] > days[1]:
        return Why("project_days_backwards")
    return Why("project_outside_year") if days[0] < year[0] or days[1] > year[1] else None


def refuse_offer(*, component: str, hours_centi: int, most_centi: Mapping[str, int]) -> Why | None:
    """Why an offer may not bring these hours: a component that the pack does not know, none at all, or more than any item asks of it."""
    if component not in most_centi:
        return Why("offer_component_unknown")
    if hours_centi <= 0:
        return Why("offer_without_hours")
    return Why("offer_hours_over", most_centi[component]) if hours_centi > most_centi[component] else None


def refuse_move(state: ProjectState, to: ProjectState, *, parts: int, has_seats: bool = False) -> Why | None:
    """Why a project may not be published or closed now; `parts` are its segments where it has seats, else its offers."""
    if to not in MOVES[state]:
        return Why("project_wrong_state")
    if to is not ProjectState.PUBLISHED or parts:
        return None
    return Why("project_without_segments" if has_seats else "project_without_offers")


def refuse_cancel(state: ProjectState, *, has_seats: bool, reason: str) -> Why | None:
    """Why a project may not be cancelled: over already, no reason given, or chosen from as the year's own (that one is closed instead)."""
    if ProjectState.CANCELLED not in MOVES[state]:
        return Why("project_wrong_state")
    if state is ProjectState.PUBLISHED and not has_seats:
        return Why("project_close_instead")
    return None if reason else Why("project_cancel_needs_reason")
