"""What a row of a roster would do, and where a batch of rows stands."""

from __future__ import annotations

from enum import StrEnum


class RowState(StrEnum):
    """What importing a row of a roster would do."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
