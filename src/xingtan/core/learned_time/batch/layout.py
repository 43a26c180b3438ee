"""The tables of learned time: the columns of beats and openings as they are kept, and of what is told."""

from __future__ import annotations

from typing import Final

import polars as pl

MOST_S: Final = 10_000_000  # no unit is longer; the recorder takes no more either
BEATS: Final = {
    "teacher_id": pl.Int64(),
    "session": pl.String(),
    "seq": pl.Int32(),
    "received_at": pl.Int64(),
    "local_on": pl.Date(),
    "client_at": pl.Int64(),
    "from_s": pl.Int32(),
    "to_s": pl.Int32(),
    "rate_centi": pl.Int16(),
    "is_visible": pl.Boolean(),
    "is_active": pl.Boolean(),
    "is_present": pl.Boolean(),
}
OPENINGS: Final = {
    "session": pl.String(),
    "teacher_id": pl.Int64(),
    "unit_id": pl.Int64(),
    "opened_at": pl.Int64(),
    "length_s": pl.Int64(),
    "rules": pl.String(),
}
DAYS: Final = {"teacher_id": pl.Int64(), "unit_id": pl.Int64(), "local_on": pl.Date(), "learned_s": pl.Int64()}
TALLIES: Final = {"teacher_id": pl.Int64(), "unit_id": pl.Int64(), "reason": pl.String(), "beats": pl.Int64()}
