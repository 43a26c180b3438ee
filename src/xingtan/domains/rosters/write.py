"""Writing a plan into the register, portion by portion, through the door of the teachers' room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from xingtan.domains.teachers.api import Amendment, Newcomer, Occasion, change_teachers, register_teachers

from .plan import Plan, PlannedRow, chunks
from .states import RowState


def write_plan(plan: Plan, occasion: Occasion, tell: Callable[[int], None]) -> list[int]:
    """New and changed rows stand in the register, the others are left alone; returns the teachers' ids."""
    done, ids = 0, []
    for part in chunks(plan.of(RowState.NEW)):
        ids += register_teachers([newcomer(row, occasion) for row in part], occasion).ids
        done += len(part)
        tell(done)
    for part in chunks(plan.of(RowState.CHANGED)):
        ids += change_teachers([Amendment(row.teacher, row.changes, _since(row, occasion)) for row in part if row.teacher], occasion)
        done += len(part)
        tell(done)
    return ids


def newcomer(row: PlannedRow, occasion: Occasion) -> Newcomer:
    """The row as the register takes it."""
    return Newcomer(row.read.values, row.school_id, row.number_index, _since(row, occasion))


def _since(row: PlannedRow, occasion: Occasion) -> date:
    """The day from which the row's facts hold."""
    day = row.read.values.get("effective_on")
    return day if isinstance(day, date) else occasion.today
