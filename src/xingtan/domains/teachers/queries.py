"""Reading teachers."""

from __future__ import annotations

from .models import Teacher


def teacher_id_of(account_id: int) -> int | None:
    """The teacher behind an account, or None for an office holder who is not one."""
    return Teacher.everywhere.filter(account_id=account_id).values_list("pk", flat=True).first()
