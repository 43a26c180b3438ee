"""Why verdicts are determined, and what becomes of people between two runs."""

from __future__ import annotations

from enum import StrEnum


class RunKind(StrEnum):
    """Why verdicts were determined: a numbered trial of a branch, some teachers anew, for good, or in place of a final one."""

    TRIAL = "trial"
    RECHECK = "recheck"
    FINAL = "final"
    CORRECTION = "correction"


class Change(StrEnum):
    """What became of a person between two runs."""

    VERDICT = "verdict"
    REASONS = "reasons"
    CAME = "came"
    LEFT = "left"
