"""Who may open the addresses of roster imports."""

from __future__ import annotations

from tests.county.roles import BUREAU, CLERK

NAMES = ("roster_columns", "roster_batches", "roster_batch", "roster_go_on", "roster_undo")
ROWS: dict[str, frozenset[str]] = dict.fromkeys([f"{face}:{name}" for face in ("school", "bureau") for name in NAMES], BUREAU | {CLERK})
