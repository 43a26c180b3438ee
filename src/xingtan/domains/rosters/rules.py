"""When a batch may go where. Pure."""

from __future__ import annotations

from .states import MOVES, BatchState


def refuse_move(state: BatchState, wanted: BatchState) -> str | None:
    """Why a batch in this state may not become that, or None if it may."""
    return None if wanted is state or wanted in MOVES[state] else "batch_not_so"
