"""Determination of a year and of a cycle: pure, facts in, verdicts with reason codes out."""

from __future__ import annotations
