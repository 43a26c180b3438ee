"""A plan as a page shows it: counts and the first rows of each kind, numbers masked, as JSON beside the job."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xingtan.domains.teachers.api import masked

from .columns import BY_KEY
from .layout import Layout
from .plan import SHOWN_ROWS, Plan, PlannedRow, shown
from .states import RowState


def preview_of(layout: Layout, plan: Plan) -> dict[str, Any]:
    """What the page needs; of every kind of row the first 200."""
    return {
        "sheet": layout.sheet,
        "columns": len(layout.places),
        "ignored": layout.ignored,
        "unexplained": layout.unexplained,
        "headings": layout.headings,
        "counts": plan.counts,
        "absent": plan.absent,
        "total": plan.total,
        "rows": {state.value: [_row(layout, row, plan.schools) for row in plan.of(state)[:SHOWN_ROWS]] for state in RowState},
    }


def _row(layout: Layout, row: PlannedRow, schools: Mapping[int, str]) -> dict[str, Any]:
    read = row.read
    return {
        "row": read.row,
        "name": read.text("name") or str(_raw(layout, row, "name")),
        "number": masked(read.text("number")),
        "school": schools.get(row.school_id, read.text("school")),
        "changes": [
            {
                "cell": layout.cell_name(change.column, read.row),
                "column": BY_KEY[change.column].heading,
                "before": shown(change, change.before, schools),
                "after": shown(change, change.after, schools),
            }
            for change in row.changes
        ],
        "problems": [
            {
                "cell": layout.cell_name(problem.column, read.row),
                "column": BY_KEY[problem.column].heading,
                "found": problem.found,
                "code": problem.code,
                "params": dict(problem.params),
            }
            for problem in read.problems
        ],
    }


def _raw(layout: Layout, row: PlannedRow, key: str) -> object:
    place = layout.places.get(key, -1)
    return row.read.cells[place] if 0 <= place < len(row.read.cells) else ""
