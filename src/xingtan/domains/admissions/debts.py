"""Years that a teacher still owes: several are cleared oldest first (D6, reading)."""

from __future__ import annotations

from collections.abc import Collection

from xingtan.core.verdicts import Verdict
from xingtan.domains.teachers import api as teachers

from .models import Application
from .models.applications import STANDS

OWED = frozenset({Verdict.MAKE_UP_REQUIRED, Verdict.NOT_QUALIFIED})


def debts_of(teacher_ids: Collection[int], *, before: int) -> dict[int, list[int]]:
    """For each teacher the years before this one that are owed and for which no application stands, the oldest first."""
    verdicts = teachers.standings_of(list(teacher_ids))
    persons = teachers.whose(teacher_ids)
    rows = Application.everywhere.filter(STANDS, teacher_id__among=persons, makes_up__isnull=False)
    cleared = {(persons[teacher_id], year) for teacher_id, year in rows.values_list("teacher_id", "makes_up")}
    return {
        pk: sorted(year for year, verdict in years.items() if verdict in OWED and year < before and (pk, year) not in cleared)
        for pk, years in verdicts.items()
    }


def oldest_debts(teacher_ids: Collection[int], *, before: int) -> dict[int, int]:
    """The oldest of these years for each teacher who owes one."""
    return {pk: years[0] for pk, years in debts_of(teacher_ids, before=before).items() if years}
