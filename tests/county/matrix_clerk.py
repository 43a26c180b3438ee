"""Who may open the addresses that forms ask while one types."""

from __future__ import annotations

from tests.county.roles import OVERSIGHT, SCHOOL

ROWS: dict[str, frozenset[str]] = {"bureau:teachers_found": SCHOOL | OVERSIGHT}
