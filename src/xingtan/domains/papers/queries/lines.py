"""Lines of hours on papers, and the amounts of a year by component."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, TypeAlias

from xingtan.domains.credits import api as credits_room
from xingtan.domains.papers.states import Kind
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers

from .asking import Asked

Content: TypeAlias = dict[str, Any]


def lines_of(asked: Asked, ids: Collection[int], years: Sequence[policies.TrainingYear]) -> dict[int, list[Content]]:
    """Per person the lines that stand: of the days for a statement of hours, of the training years for the others."""
    persons = teachers.whose(ids)
    rows = credits_room.EntryState.everywhere.filter(teacher_id__among=persons, state__in=credits_room.STANDING).exclude(
        kind=credits_room.EntryKind.CORRECTION
    )
    if asked.kind is Kind.HOURS:
        rows = rows.filter(happened_on__gte=asked.from_on, happened_on__lte=asked.to_on)
    else:
        rows = rows.filter(training_year_id__in=[year.pk for year in years])
    names = {year.pk: _names(year) for year in years}
    found: dict[int, list[Content]] = defaultdict(list)
    for row in rows.select_related("entry__provider", "training_year__pack").order_by("happened_on", "pk"):
        words = names.get(row.training_year_id) or _names(row.training_year)
        found[persons[row.teacher_id]].append(
            {
                "id": row.entry.public_id,
                "year": row.training_year.year,
                "title": row.entry.title,
                "provider": str(row.entry.provider),
                "on": row.happened_on.isoformat(),
                "part": words.get(row.component, row.component),
                "hours": row.recognised_centi,
                "state": str(row.state),
            }
        )
    return found


def parts_of(ids: Collection[int], year: policies.TrainingYear) -> dict[int, list[Content]]:
    """Per person the year's amounts by component, in the policy's order."""
    names = _names(year)
    return {
        pk: [
            {
                "part": names.get(code, code),
                "required": one.required,
                "learned": one.learned,
                "recognised": one.recognised,
                "entered": one.entered,
                "verified": one.verified,
            }
            for code, one in amounts.by_component.items()
        ]
        for pk, amounts in credits_room.amounts_of(ids, year.pk).items()
    }


def _names(year: policies.TrainingYear) -> dict[str, str]:
    return {one.code: one.label.zh for one in policies.policy_of(year).components}
