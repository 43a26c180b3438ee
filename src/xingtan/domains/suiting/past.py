"""What a later room hands in of a person's projects with seats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Seated:
    """A person's application for a project that stands, with the project's days; `is_kept` when the seat is given."""

    teacher: int
    project: int
    kind: str
    is_kept: bool
    from_on: date
    to_on: date
