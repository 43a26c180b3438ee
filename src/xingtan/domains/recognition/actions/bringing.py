"""A platform's file: what it would bring, and bringing it in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from xingtan.core.calendar import local_day
from xingtan.core.policy import Way, WayKind
from xingtan.domains.policies import api as policies
from xingtan.domains.recognition.access import BRING_FILE
from xingtan.domains.recognition.models import Claim
from xingtan.domains.recognition.platform import Line, plan_rows, read_rows, source_of
from xingtan.domains.recognition.states import Act, ClaimState, RowState
from xingtan.foundation.db import atomic
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import Refused

from .keeping import keep_steps, known_way, refuse_closed, refuse_declarer
from .recognising import tell_ledger, weigh


def _way(actor: Actor, year: policies.TrainingYear, code: str) -> Way:
    way = known_way(year, code)
    if way.kind is not WayKind.PLATFORM:
        raise Refused("way_unknown")
    refuse_declarer(actor, way)
    return way


def plan_platform(*, actor: Actor, training_year_id: int, way: str, path: Path, now: datetime) -> list[Line]:
    """What the file would bring; nothing is written."""
    require(actor, BRING_FILE)
    year = policies.year_by_id(actor, training_year_id)
    return plan_rows(actor.scope, year, _way(actor, year, way), read_rows(path), local_day(now))


@atomic
def bring_in(*, actor: Actor, training_year_id: int, way: str, path: Path, file: StoredFile, now: datetime) -> tuple[int, int]:
    """The file's good rows are recognised claims, each certificate once; returns how many are new and how many were there already."""
    lines = plan_platform(actor=actor, training_year_id=training_year_id, way=way, path=path, now=now)
    year = policies.year_by_id(actor, training_year_id)
    refuse_closed(year)
    found = _way(actor, year, way)
    new = [_claim(actor, year, found, line, file, now) for line in lines if line.state is RowState.NEW]
    weigh(new)
    for claim in [one for one in new if one.pk]:
        claim.save()
    Claim.everywhere.bulk_create([one for one in new if one.pk is None], batch_size=500)
    keep_steps(actor, Act.RECOGNISED, new, now=now)
    tell_ledger(new, now)
    return len(new), sum(line.state is RowState.UNCHANGED for line in lines)


def _claim(actor: Actor, year: policies.TrainingYear, way: Way, line: Line, file: StoredFile, now: datetime) -> Claim:
    assert line.teacher is not None  # noqa: S101 -- a row that is new has one
    source = source_of(year, way, line.typed.certificate)
    one = Claim.everywhere.filter(source=source).first() or Claim(source=source, claimed_at=now, claimed_by_id=actor.account_id)
    one.teacher, one.school_id, one.training_year, one.way = line.teacher, line.teacher.school_id, year, way.code
    one.title, one.organiser = line.typed.title[:160], line.typed.certificate[:120]
    one.happened_on, one.amount_centi = line.on or year.first_on, line.amount_centi
    one.file, one.state, one.changed_at, one.reason = file, ClaimState.RECOGNISED.value, now, ""
    return one
