"""The proof of a teacher's hours in one unit: rules, openings, raw beats and what was made of them, in a file that we sign."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from xingtan.core.learned_time.proof import Raw, Told, body_of, checked, signed, what_matters
from xingtan.domains.courses import api as courses
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import writing
from xingtan.foundation.keys import public_key, sign
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import NotInScope

from .archives import raw_beats
from .models import Opening, UnitDay, UnitShare
from .queries import learned_of
from .raw import beat_of, opened_of

TRIES = 3


class Proved(NamedTuple):
    """A unit of which hours can be proved: its public number and titles, seconds counted here, and the first and last day."""

    public_id: str
    title: str
    title_en: str
    learned_s: int
    first_on: date
    last_on: date


def proof_of(teacher_id: int, unit_id: int, now: datetime) -> bytes:
    """The signed file; raises `NotInScope` when the teacher never opened the unit. A beat that comes meanwhile does not tear it."""
    for _ in range(TRIES):
        content = _made(teacher_id, unit_id, now)
        if not checked(content).faults:
            break
    return content


def give_proof(*, actor: Actor, teacher_id: int, unit_id: int, now: datetime) -> bytes:
    """The proof, for whom the caller let see the teacher; that another than the teacher took it stands in the audit log."""
    content = proof_of(teacher_id, unit_id, now)
    if actor.teacher_id != teacher_id:
        with writing():
            record(actor, "learning.proof_given", "teacher", [teacher_id], now=now, detail={"unit": unit_id})
    return content


def _made(teacher_id: int, unit_id: int, now: datetime) -> bytes:
    openings = opened_of(teacher_id)
    units, days = what_matters(openings, unit_id)
    known = [one for one in openings if one.unit_id in units]
    if unit_id not in {one.unit_id for one in known}:
        raise NotInScope("unit")
    sessions = {one.session for one in known}
    beats = [(beat_of(raw), Told(raw.counted_s, raw.reason)) for raw in raw_beats(teacher_id, days) if raw.session in sessions]
    rows = UnitDay.objects.filter(teacher_id=teacher_id, unit_id=unit_id, learned_s__gt=0).order_by("local_on")
    told = [(row.local_on, tuple((start, end) for start, end in row.walls)) for row in rows]
    body = body_of(Raw(known, beats, told), unit_id, _about(teacher_id, unit_id, now))
    return signed(body, signing_key(), sign)


def signing_key() -> str:
    """Our public key as proofs name it."""
    return urlsafe_b64encode(public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def _about(teacher_id: int, unit_id: int, now: datetime) -> dict[str, object]:
    """Whose proof of what, by public numbers; what other sources add or take away, and the figure that is told."""
    unit = courses.units_by_id([unit_id])[unit_id]
    shares = UnitShare.everywhere.filter(teacher_id=teacher_id, unit_id=unit_id).order_by("source")
    return {
        "teacher": teachers.teachers_by_id([teacher_id])[teacher_id].public_id,
        "unit": unit.public_id,
        "title": unit.title,
        "made_at": now.isoformat(),
        "other_sources": [[source, seconds] for source, seconds in shares.values_list("source", "seconds")],
        "figure_s": learned_of(teacher_id, [unit_id])[unit_id],
    }


def proved_units(teacher_id: int) -> list[Proved]:
    """The units in which something was counted by openings that are kept, the latest first."""
    spans: dict[int, tuple[int, date, date]] = {}
    rows: Iterable[tuple[int, date, int]] = UnitDay.objects.filter(teacher_id=teacher_id, learned_s__gt=0).values_list(
        "unit_id", "local_on", "learned_s"
    )
    for unit_id, day, seconds in rows:
        known, first, last = spans.get(unit_id, (0, day, day))
        spans[unit_id] = known + seconds, min(first, day), max(last, day)
    opened = Opening.everywhere.filter(teacher_id=teacher_id, unit_id__in=list(spans)).values_list("unit_id", flat=True)
    units = courses.units_by_id(set(opened))
    found = [Proved(units[pk].public_id, units[pk].title, units[pk].title_en, *spans[pk]) for pk in spans if pk in units]
    return sorted(found, key=lambda one: (one.last_on, one.public_id), reverse=True)
