"""Who comes first where a project's seats change: this lock is taken before any row, by everybody.

Acts of offices lock people, applications and quotas in the order their work asks for, and a batch of presses in another; each alone is right,
both at once would wait for each other. On SQLite one writer is at work at a time anyway.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

PG_CLASS = 0x51554F54  # "QUOT"
MOST = 2**31


def hold_seats(*project_ids: int) -> None:
    """Nobody else changes seats or applications of these projects until the transaction ends; several always in the order of their keys."""
    _lock("pg_advisory_xact_lock", project_ids)


def share_seats(project_ids: Iterable[int]) -> None:
    """Only others who share them change seats or applications of these projects until the transaction ends: batches of presses beside each other.

    Whoever waits to hold them goes before those who come to share later.
    """
    _lock("pg_advisory_xact_lock_shared", project_ids)


def _lock(function: str, project_ids: Iterable[int]) -> None:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for key in sorted({project_id % MOST for project_id in project_ids}):
            cursor.execute(f"SELECT {function}(%s, %s)", [PG_CLASS, key])
