"""The one door through which ids of merged people are resolved.

Lines keep the id they were written with. Whoever reads a person's lines asks `whose` for every id under which they may stand;
whoever starts from lines asks `heads_of` for the people behind them. Both cost one query over a small index when nobody was merged.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from xingtan.domains.teachers.models import Merge, Teacher
from xingtan.domains.teachers.states import Status
from xingtan.foundation.db import Prepared

_into: Prepared[tuple[int, int]] = Prepared(
    lambda ids: Merge.objects.filter(into_id__among=ids, ended_at=None).order_by("pk").values_list("merged_id", "into_id"), "many"
)
_merged: Prepared[tuple[int, int]] = Prepared(
    lambda ids: Merge.objects.filter(merged_id__among=ids, ended_at=None).order_by("pk").values_list("merged_id", "into_id"), "many"
)


def whose(ids: Iterable[int], at: datetime | None = None) -> dict[int, int]:
    """For every id under which lines of these people may stand, their own and those merged into them (by that moment), the person's id."""
    found = {pk: pk for pk in ids}
    layer = list(found)
    while layer and (rows := [(pk, found[into]) for pk, into in (_into_at(layer, at) if at else _into(layer)) if pk not in found]):
        found.update(rows)
        layer = [pk for pk, _ in rows]
    return found


def _into_at(ids: Iterable[int], at: datetime) -> list[tuple[int, int]]:
    held = Merge.objects.filter(Q(ended_at=None) | Q(ended_at__gt=at), into_id__among=ids, merged_at__lte=at)
    return list(held.order_by("pk").values_list("merged_id", "into_id"))


def heads_of(ids: Iterable[int]) -> dict[int, int]:
    """For each of these ids the person who answers for it today: itself, or the one it was merged into."""
    found = {pk: pk for pk in ids}
    layer = set(found)
    while layer and (steps := dict(_merged(layer))):
        found = {pk: steps.get(head, head) for pk, head in found.items()}
        layer = set(steps.values())
    return found


def teacher_id_of(account_id: int) -> int | None:
    """The teacher behind an account (of a merged record: the person it was merged into), or None for an office holder who is not one."""
    row = Teacher.everywhere.filter(account_id=account_id).values_list("pk", "status").first()
    if row is None:
        return None
    return heads_of([row[0]])[row[0]] if row[1] == Status.MERGED else row[0]
