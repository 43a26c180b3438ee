"""What a row of a roster would do, and where a batch of rows stands."""

from __future__ import annotations

from enum import StrEnum


class RowState(StrEnum):
    """What importing a row of a roster would do."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class BatchState(StrEnum):
    """Where an import stands: half written and half undone ones go on where they stopped."""

    WRITING = "writing"
    WRITTEN = "written"
    UNDOING = "undoing"
    UNDONE = "undone"


MOVES: dict[BatchState, frozenset[BatchState]] = {
    BatchState.WRITING: frozenset({BatchState.WRITTEN, BatchState.UNDOING}),
    BatchState.WRITTEN: frozenset({BatchState.UNDOING}),
    BatchState.UNDOING: frozenset({BatchState.UNDONE}),
    BatchState.UNDONE: frozenset(),
}
