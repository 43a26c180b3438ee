"""Seats for teachers, and seats that become free again: the leaf quota's row is the lock, and nothing above it is touched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db.models import F

from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import writing

from .models import Quota, Seat


def held_for_giving(quota_ids: Collection[int]) -> dict[int, Quota]:
    """These quotas, locked until the transaction ends; always in the order of their keys, givers before takers."""
    rows = Quota.everywhere.select_for_update(of=("self",)).filter(pk__in=sorted(set(quota_ids))).order_by("pk")
    return {quota.pk: quota for quota in rows}


def give_seats(
    project_id: int, wishes: Mapping[int, Sequence[int]], *, now: datetime, arrived: Mapping[int, int] | None = None
) -> dict[int, Seat | None]:
    """Every teacher (by quota, in the order of the line) has a seat of the quota, or None where it has none free; never more than are held.

    Who has a standing seat in the project keeps that one and is answered with it. `arrived` keeps a teacher's number with the seat.
    Within the caller's transaction, if any; what was given stands in it.
    """
    with writing():
        quotas = {pk: quota for pk, quota in held_for_giving(wishes).items() if quota.project_id == project_id}
        seated = standing_seats(project_id, [pk for line in wishes.values() for pk in line])
        fresh: dict[int, Seat] = {}
        for quota_id, line in wishes.items():
            left = quotas[quota_id].free if quota_id in quotas else 0
            for teacher_id in line:
                if left and teacher_id not in seated and teacher_id not in fresh:
                    left -= 1
                    fresh[teacher_id] = Seat(quota_id=quota_id, project_id=project_id, teacher_id=teacher_id, taken_at=now)
                    fresh[teacher_id].arrived = (arrived or {}).get(teacher_id)
        given = _kept(project_id, fresh)
    return {teacher_id: seated.get(teacher_id) or given.get(teacher_id) for line in wishes.values() for teacher_id in line}


def _kept(project_id: int, fresh: Mapping[int, Seat]) -> dict[int, Seat]:
    """The seats stand and each quota counts its own; who was seated elsewhere at the same moment keeps that seat."""
    if not fresh:
        return {}
    Seat.objects.bulk_create(fresh.values(), ignore_conflicts=True)
    standing = standing_seats(project_id, fresh)
    own = Counter(seat.quota_id for teacher_id, seat in standing.items() if seat.quota_id == fresh[teacher_id].quota_id)
    for quota_id, count in sorted(own.items()):
        Quota.everywhere.filter(pk=quota_id).update(given=F("given") + count)
    return standing


def standing_seats(project_id: int, teacher_ids: Collection[int]) -> dict[int, Seat]:
    """The seat on which each of these teachers sits in the project, under whichever of the person's ids it was written."""
    people = teachers.whose(set(teacher_ids))
    rows = Seat.objects.filter(project_id=project_id, teacher_id__among=people, ended_at=None)
    return {people[seat.teacher_id]: seat for seat in rows}


def end_seats(project_id: int, teacher_ids: Collection[int], *, reason: str, now: datetime) -> dict[int, int]:
    """These teachers sit in the project no more, and their seats are free in the quotas they came from; answers how many by quota."""
    with writing():
        seats = standing_seats(project_id, teacher_ids)
        held_for_giving({seat.quota_id for seat in seats.values()})
        # Looked for again: another may have ended some before this one held the quotas; from now on nobody does.
        standing = Seat.objects.filter(pk__among=[seat.pk for seat in seats.values()], ended_at=None)
        ended = Counter(standing.values_list("quota_id", flat=True))
        standing.update(ended_at=now, reason=reason[:200])
        for quota_id, count in sorted(ended.items()):
            Quota.everywhere.filter(pk=quota_id).update(given=F("given") - count)
    return dict(ended)
