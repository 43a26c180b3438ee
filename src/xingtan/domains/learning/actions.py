"""Taking in what a provider's platform recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic, insert_rows, uuid7
from xingtan.foundation.events.hallway import emit
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Kind, Organisation

from .access import DELIVER_RECORDS
from .models import DeliveredRecord
from .rules import refuse_delivered

MADE_FIELDS = ("source", "provider", "teacher", "school", "offer", "learned_s", "learned_on", "mode", "delivered_at")


class RecordRow(NamedTuple):
    """One record of a provider's platform, its teacher and offer already found."""

    number: str
    teacher_id: int
    offer_id: int
    learned_s: int
    learned_on: date
    mode: str = ""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a delivery brought: rows that are new, rows that stood already."""

    new: int
    known: int


@atomic
def deliver_records(*, actor: Actor, rows: Sequence[RecordRow], now: datetime) -> Delivered:
    """The provider's records stand once, whatever is delivered again, and the hallway is told of the new ones; all rows or none."""
    require(actor, DELIVER_RECORDS)
    provider = Organisation.objects.within(actor.scope).filter(pk=actor.organisation_id or 0, kind=Kind.PROVIDER).first()
    if provider is None:
        raise NotInScope("provider")
    fresh = {_source(provider.pk, row): row for row in rows}
    known = _known(fresh)
    _refuse(provider.pk, fresh, known)
    new = {source: row for source, row in fresh.items() if source not in known}
    ids = _make(provider.pk, new, now) if new else []
    if ids:
        emit("learning.recognisable", {"delivered": ids, "batch": str(uuid7())}, now=now)
        record(actor, "learning.delivered", "delivered_record", ids, now=now)
    return Delivered(len(ids), len(rows) - len(ids))


def _source(provider_id: int, row: RecordRow) -> str:
    return f"{provider_id}:{row.number}"


def _known(fresh: dict[str, RecordRow]) -> dict[str, DeliveredRecord]:
    """Records that were delivered before, by their source."""
    return {one.source: one for one in DeliveredRecord.everywhere.filter(source__among=list(fresh))}


def _refuse(provider_id: int, fresh: dict[str, RecordRow], known: dict[str, DeliveredRecord]) -> None:
    """Raise `Refused` when a row cannot be, belongs to another provider's offer, or contradicts what was delivered before."""
    impossible = [row for row in fresh.values() if refuse_delivered(row.learned_s)]
    if impossible:
        raise Refused("record_seconds_impossible", count=len(impossible))
    offers = projects.offers_by_id({row.offer_id for row in fresh.values()})
    strange = [row for row in fresh.values() if row.offer_id not in offers or offers[row.offer_id].provider_id != provider_id]
    if strange:
        raise Refused("records_not_of_provider", count=len(strange))
    changed = [source for source, held in known.items() if not _is_same(held, fresh[source])]
    if changed:
        raise Refused("record_changed", count=len(changed))


def _is_same(held: DeliveredRecord, row: RecordRow) -> bool:
    return (held.teacher_id, held.offer_id, held.learned_s, held.learned_on, held.mode) == row[1:]


def _make(provider_id: int, new: dict[str, RecordRow], now: datetime) -> list[int]:
    """The ids of the rows that now stand; each keeps the school of that day's post as the register knows it."""
    people = teachers.teachers_by_id({row.teacher_id for row in new.values()})
    rows = (
        (source, provider_id, row.teacher_id, people[row.teacher_id].school_id, row.offer_id, row.learned_s, row.learned_on, row.mode, now)
        for source, row in new.items()
    )
    insert_rows(DeliveredRecord, MADE_FIELDS, rows)
    made = DeliveredRecord.everywhere.filter(source__among=list(new)).order_by("pk")
    return list(made.values_list("pk", flat=True))
