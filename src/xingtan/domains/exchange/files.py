"""A provider's file: looked at first (exactly what it would bring), then delivered whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from xingtan.core.calendar import local_day
from xingtan.foundation.db import writing
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import Refused

from .access import DELIVER
from .actions import Delivered, Parcel, deliver, provider_of
from .reading import Typed, open_records
from .resolving import Line, resolve
from .states import FIELDS, Channel, Unit

Tell = Callable[[int, int], None]
EVERY = 5_000


def silent(done: int, total: int) -> None:
    """Nobody asked how far it is."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file would bring: its lines, and the delivery that they would make (None while a row is to be mended)."""

    headings: tuple[str, ...]
    lines: Sequence[Line]
    delivered: Delivered | None

    @property
    def wrong(self) -> list[Line]:
        """The rows to mend."""
        return [line for line in self.lines if line.said is None]


class RowsToMend(Refused):
    """Nothing was delivered; the file says why, row by row."""

    def __init__(self, looked: Looked) -> None:
        super().__init__("records_have_problems", count=len(looked.wrong))
        self.looked = looked


def _read(actor: Actor, path: Path, now: datetime, tell: Tell) -> Looked:
    require(actor, DELIVER)
    provider = provider_of(actor)
    with open_records(path, provider_id=provider.pk) as records:
        rows = []
        for row in records.rows:
            rows.append(row)
            if not len(rows) % EVERY:
                tell(len(rows), 4 * len(rows))
        headings, unit = records.headings, records.unit
    tell(len(rows), 3 * len(rows))
    lines = resolve(rows, provider=provider, unit=unit, today=local_day(now))
    tell(2 * len(rows), 3 * len(rows))
    return Looked(headings, lines, None)


def look_at(*, actor: Actor, path: Path, now: datetime, tell: Tell = silent) -> Looked:
    """Exactly what delivering the file would do, done and taken back; nothing is changed."""
    looked = _read(actor, path, now, tell)
    if looked.wrong:
        return looked
    with writing():
        done = _deliver(actor, looked, Parcel(Channel.FILE), now)
        transaction.set_rollback(True)
    return Looked(looked.headings, looked.lines, done)


def deliver_file(*, actor: Actor, path: Path, parcel: Parcel, now: datetime, tell: Tell = silent) -> Looked:
    """Every row of the file stands as a claim, or `RowsToMend` and none does; a second time nothing changes."""
    looked = _read(actor, path, now, tell)
    if looked.wrong:
        raise RowsToMend(looked)
    return Looked(looked.headings, looked.lines, _deliver(actor, looked, parcel, now))


def deliver_rows(*, actor: Actor, rows: Sequence[Mapping[str, str]], parcel: Parcel, now: datetime, dry_run: bool = False) -> Looked:
    """Every row (texts by field) stands as a claim, or `RowsToMend` and none does; only looked at with `dry_run`. Places count from 0."""
    require(actor, DELIVER)
    typed = [Typed(place, tuple(row.get(field.value, "").strip() for field in FIELDS)) for place, row in enumerate(rows)]
    lines = resolve(typed, provider=provider_of(actor), unit=Unit.SECONDS, today=local_day(now))
    looked = Looked((), lines, None)
    if looked.wrong:
        raise RowsToMend(looked)
    with writing():
        done = _deliver(actor, looked, parcel, now)
        if dry_run:
            transaction.set_rollback(True)
    return Looked((), lines, done)


def _deliver(actor: Actor, looked: Looked, parcel: Parcel, now: datetime) -> Delivered:
    return deliver(actor=actor, claims=[line.said for line in looked.lines if line.said], parcel=parcel, now=now)
