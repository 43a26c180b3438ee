"""Seats for many who press at once: the quotas' rows are held, counted on in memory, and written back set by set."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import connection

from xingtan.foundation.db import insert_rows

from .models import Quota, Seat

COUNT = "UPDATE quotas_quota SET given = given + %s, arrivals = %s WHERE id = %s"
COUNT_AT_ONCE = (
    "UPDATE quotas_quota SET given = quotas_quota.given + told.given, arrivals = told.arrivals "
    "FROM unnest(%s::int[], %s::bigint[], %s::bigint[]) AS told(given, arrivals, id) WHERE quotas_quota.id = told.id"
)
SEAT_FIELDS = ("quota", "project", "teacher", "arrived", "taken_at", "reason")
SeatRow = tuple[int, int, int, int]  # quota, project, teacher, number


class Leaf:
    """A quota while a batch is decided: seats left, the last number given, seats given by this batch."""

    __slots__ = ("arrivals", "free", "given", "is_touched", "pk", "project_id")

    def __init__(self, pk: int, project_id: int, free: int, arrivals: int) -> None:
        self.pk, self.project_id, self.free, self.arrivals = pk, project_id, free, arrivals
        self.given, self.is_touched = 0, False

    def number(self, arrived: int) -> int:
        """The next number of this quota: the moment of arrival, or one more than the last where the clock says less. Strictly rising."""
        self.arrivals, self.is_touched = max(arrived, self.arrivals + 1), True
        return self.arrivals

    def take(self) -> bool:
        """True when a seat was free; it is taken."""
        if self.free <= 0:
            return False
        self.free, self.given, self.is_touched = self.free - 1, self.given + 1, True
        return True


def leaves_held(quota_ids: Collection[int]) -> dict[int, Leaf]:
    """These quotas, locked in the order of their keys until the transaction ends."""
    rows = Quota.everywhere.select_for_update(of=("self",), no_key=True).filter(pk__among=quota_ids).order_by("pk")
    found = rows.values_list("pk", "project_id", "held", "passed_down", "given", "arrivals")
    return {pk: Leaf(pk, project_id, held - passed - given, arrivals) for pk, project_id, held, passed, given, arrivals in found}


def write_leaves(leaves: Mapping[int, Leaf], seats: Sequence[SeatRow], now: datetime) -> None:
    """The seats stand, and each quota counts its own; the database refuses one too many."""
    insert_rows(Seat, SEAT_FIELDS, ((*row, now, "") for row in seats))
    if not any(leaf.is_touched for leaf in leaves.values()):
        return
    counts = [(leaf.given, leaf.arrivals, pk) for pk, leaf in sorted(leaves.items()) if leaf.is_touched]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(COUNT_AT_ONCE, [list(column) for column in zip(*counts, strict=True)])
        else:
            cursor.executemany(COUNT, counts)
