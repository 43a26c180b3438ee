"""Where a trainee's study stands, as the live view tells it."""

from __future__ import annotations

from enum import StrEnum


class Pace(StrEnum):
    """Where the study stands on a day; exactly one holds, in this order."""

    DONE = "done"
    NOT_BEGUN = "not_begun"
    STOPPED = "stopped"
    BEHIND = "behind"
    ON_TRACK = "on_track"
