"""Seats through the door of `quotas`: who sits, who waits, and the line that moves when a seat becomes free."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from xingtan.domains.quotas import api as quotas
from xingtan.foundation.scope.branch import STEP

from .models import Application


def seat(rows: Sequence[Application], now: datetime) -> tuple[list[Application], list[Application]]:
    """The applications (of one project, with schools, in their order) that have a seat now, and those that found none on the whole way up.

    Each knows its quota afterwards: that of the seat, or the nearest whose seat it waits for; the caller keeps it.
    """
    if not rows:
        return [], []
    known = quotas.lines_for(rows[0].project_id, {(row.school_id, row.category) for row in rows})
    ways = {row.teacher_id: known[row.school_id, row.category] for row in rows}
    seated: dict[int, int] = {}
    for depth in range(max(map(len, ways.values()))):
        seated |= _given([row for row in rows if row.teacher_id not in seated], ways, depth, now)
    for row in rows:
        row.quota_id = seated.get(row.teacher_id) or next(iter(ways[row.teacher_id]), None)
    return [row for row in rows if row.teacher_id in seated], [row for row in rows if row.teacher_id not in seated]


def _given(rows: Sequence[Application], ways: Mapping[int, Sequence[int]], depth: int, now: datetime) -> dict[int, int]:
    """Who finds a seat at this many offices up, and of which quota."""
    wishes: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        if depth < len(ways[row.teacher_id]):
            wishes[ways[row.teacher_id][depth]].append(row.teacher_id)
    if not wishes:
        return {}
    arrived = {row.teacher_id: row.arrived for row in rows if row.arrived}
    given = quotas.give_seats(rows[0].project_id, wishes, now=now, arrived=arrived)
    return {teacher_id: one.quota_id for teacher_id, one in given.items() if one is not None}


def offices_of(quota_ids: Collection[int]) -> dict[int, str]:
    """The paths of the offices that hold these quotas."""
    rows = quotas.Quota.everywhere.filter(pk__among=list(quota_ids))
    return dict(rows.values_list("pk", "organisation__path"))


def sit(rows: Sequence[Application], now: datetime) -> bool:
    """The teachers of these applications sit on seats of the very quotas that the rows name; False where one did not find any."""
    wishes: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        wishes[row.quota_id or 0].append(row.teacher_id)
    given = quotas.give_seats(rows[0].project_id, wishes, now=now) if rows else {}
    return all(given.get(row.teacher_id) is not None for row in rows)


def unseat(rows: Iterable[Application], *, reason: str, now: datetime) -> None:
    """The teachers of these applications sit in their projects no more."""
    by_project: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        by_project[row.project_id].append(row.teacher_id)
    for project_id, teacher_ids in by_project.items():
        quotas.end_seats(project_id, teacher_ids, reason=reason, now=now)


Place = tuple[str, str]  # an office's path and a category


def free_places(project_id: int) -> tuple[dict[Place, int], frozenset[str]]:
    """Where the project has seats that nobody sits on and nobody passed down, and the categories that also draw on seats of none."""
    rows = list(quotas.Quota.everywhere.filter(project_id=project_id).select_related("organisation"))
    reserved = frozenset(one.category for one in rows if one.is_reserved and one.category)
    return {(one.organisation.path, one.category): one.free for one in rows if one.free > 0}, reserved


def places_of(path: str, category: str, reserved: Collection[str]) -> list[Place]:
    """Where a teacher of a school with this path may draw a seat of this category, the nearest first."""
    ends = range(len(path), 0, -STEP)
    own = [(path[:end], category) for end in ends]
    return own + [(path[:end], "") for end in ends] if category in reserved else own
