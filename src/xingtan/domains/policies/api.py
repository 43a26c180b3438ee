"""The door of the room `policies`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import ADOPT_PACK, OPEN_YEAR, SEE_POLICIES, SEE_YEARS
from .actions import adopt_pack, close_year_row, open_year, set_window
from .models import PolicyPack, TrainingYear
from .queries import (
    current_year_for,
    open_years_for,
    pack_by_id,
    packs,
    policies_of,
    policy_by_digest,
    policy_of,
    policy_of_pack,
    proposed_windows,
    waiting_packs,
    window_state,
    windows_by_year,
    windows_of,
    year_by_id,
    year_for,
    years_for,
)
from .states import WindowReason, YearState
from .words import POSITION_LABELS, REFUSALS, WINDOW_LABELS, WINDOW_REASON_LABELS, YEAR_STATE_LABELS

__all__ = [
    "ADOPT_PACK",
    "OPEN_YEAR",
    "POSITION_LABELS",
    "REFUSALS",
    "SEE_POLICIES",
    "SEE_YEARS",
    "WINDOW_LABELS",
    "WINDOW_REASON_LABELS",
    "YEAR_STATE_LABELS",
    "PolicyPack",
    "TrainingYear",
    "WindowReason",
    "YearState",
    "adopt_pack",
    "close_year_row",
    "current_year_for",
    "open_year",
    "open_years_for",
    "pack_by_id",
    "packs",
    "policies_of",
    "policy_by_digest",
    "policy_of",
    "policy_of_pack",
    "proposed_windows",
    "set_window",
    "waiting_packs",
    "window_state",
    "windows_by_year",
    "windows_of",
    "year_by_id",
    "year_for",
    "years_for",
]
