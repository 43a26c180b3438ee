"""Telling the later rooms what was learned: absolute figures, on line and from other sources, so that telling twice changes nothing."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import NamedTuple

from django.db import connection, connections

from xingtan.core.calendar import local_day
from xingtan.foundation.db import BEATS, uuid7, writing
from xingtan.foundation.events.hallway import emit

from .models import UnitProgress, UnitShare
from .queries import Untold, figures_of, untold

MOST_TOLD = 2_000
PG_LOCK = 0x544F4C44  # "TOLD": figures are read and told by one at a time, so that the last told is the latest
_TELLING = threading.Lock()


class Share(NamedTuple):
    """What a source adds to (or, below zero, takes from) one teacher's time in one unit, absolute; `on` is the local day it belongs to.

    `most_s` is length × viewings by the rules the source counted with, where it knows them: a unit's figure never exceeds the most that any
    source knows, nor its own length where none does.
    """

    teacher_id: int
    unit_id: int
    source: str
    seconds: int
    on: date
    most_s: int = 0


@contextmanager
def _in_order() -> Iterator[None]:
    """Within a transaction of the main database in which nobody else tells figures."""
    with writing():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PG_LOCK])
        yield


def tell_learned(now: datetime) -> int:
    """The hallway knows every second that was counted; answers how many units' figures it was told. Cheap when nothing changed."""
    with _TELLING:
        told = 0
        while count := _tell_some(now):
            told += count
        return told


def _tell_some(now: datetime) -> int:
    """The event is kept, then the rows are marked: a break between the two tells the same absolute figures once more, which changes nothing."""
    if not untold(1):
        return 0
    with _in_order():
        rows = untold(MOST_TOLD)
        _emit({(row.teacher_id, row.unit_id): local_day(datetime.fromtimestamp(row.changed_at, UTC)) for row in rows}, now)
    _mark(rows)
    return len(rows)


def _mark(rows: Sequence[Untold]) -> None:
    table = UnitProgress._meta.db_table
    with writing(BEATS), connections[BEATS].cursor() as cursor:
        marks = [(row.learned_s, row.pk) for row in rows]
        cursor.executemany(f"UPDATE {table} SET published_s = %s WHERE id = %s", marks)  # noqa: S608 -- our own table's name


def _emit(days: Mapping[tuple[int, int], date], now: datetime) -> None:
    """The hallway is told today's whole figure of each (teacher, unit), with the day it belongs to."""
    figures = figures_of(days)
    rows = [{"teacher": key[0], "unit": key[1], "learned_s": figures[key], "on": on.isoformat()} for key, on in days.items()]
    emit("learning.recognisable", {"rows": rows, "batch": str(uuid7())}, now=now)


def put_shares(rows: Iterable[Share], now: datetime) -> int:
    """Each source's share of each teacher's unit stands as given, whatever it was before, and the hallway knows the new figures.

    A share that stands already changes nothing and is not told again; answers how many changed. Within the caller's transaction, if any.
    """
    wanted = {(row.teacher_id, row.unit_id, row.source): row for row in rows}
    with _in_order():
        standing = _standing(wanted)
        changed = [row for key, row in wanted.items() if (row.seconds, row.most_s) != standing.get(key)]
        if changed:
            _keep(changed, now)
            for portion in range(0, len(changed), MOST_TOLD):
                _emit({(row.teacher_id, row.unit_id): row.on for row in changed[portion : portion + MOST_TOLD]}, now)
    return len(changed)


def _standing(keys: Collection[tuple[int, int, str]]) -> dict[tuple[int, int, str], tuple[int, int]]:
    """(seconds, most) of the shares of these sources."""
    held = UnitShare.everywhere.filter(source__among={source for _teacher, _unit, source in keys}, teacher__among={key[0] for key in keys})
    return {(one[0], one[1], one[2]): (one[3], one[4]) for one in held.values_list("teacher_id", "unit_id", "source", "seconds", "most_s")}


def _keep(rows: Sequence[Share], now: datetime) -> None:
    made = [
        UnitShare(teacher_id=row.teacher_id, unit_id=row.unit_id, source=row.source, seconds=row.seconds, most_s=row.most_s, put_at=now)
        for row in rows
    ]
    UnitShare.everywhere.bulk_create(
        made,
        update_conflicts=True,
        unique_fields=["teacher", "unit", "source"],
        update_fields=["seconds", "most_s", "put_at"],
        batch_size=500,
    )


def tell_everything_again() -> int:
    """All that was counted waits to be told once more (after a restore the main records may be older); answers of how many units."""
    with writing(BEATS):
        return int(UnitProgress._base_manager.filter(published_s__gt=0).update(published_s=0))
