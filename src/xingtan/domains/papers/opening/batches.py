"""Handing in a batch of earlier hours, and letting it stand: all of it or nothing, with every difference named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.urls import reverse

from xingtan.core.calendar import local_day
from xingtan.domains.credits import api as credits_room
from xingtan.domains.papers.models import OpeningAnswer, OpeningBatch
from xingtan.domains.papers.states import BatchState
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import readable
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import start_job
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .rules import answer_until, refuse_batch

OPENING_JOB = "papers.opening"
SCANS = frozenset({"application/pdf", "image/jpeg", "image/png"})


class Handed(NamedTuple):
    """What comes with a batch: its name, the source it was taken from, the workbook, the scan, and how many days the teachers have."""

    title: str
    source: str
    workbook: StoredFile
    scan: StoredFile
    days: int


@atomic
def hand_in_batch(*, actor: Actor, handed: Handed, now: datetime) -> tuple[OpeningBatch, Job]:
    """The batch waits to be checked and entered in the background; refused without a source, or with a scan that is none."""
    require(actor, credits_room.IMPORT_OPENING)
    if why := refuse_batch(handed.title, handed.source, handed.days):
        raise Refused(why)
    if handed.scan.media_type not in SCANS:
        raise Refused("opening_scan_wrong")
    if actor.organisation_id is None:
        raise NotInScope
    batch = OpeningBatch.everywhere.create(
        organisation_id=actor.organisation_id,
        account_id=actor.account_id,
        title=handed.title.strip()[:60],
        source=handed.source.strip()[:120],
        workbook=handed.workbook,
        scan=handed.scan,
        state=BatchState.HANDED_IN,
        handed_in_at=now,
        answer_by=answer_until(local_day(now), handed.days),
    )
    job = start_job(actor=actor, kind=OPENING_JOB, params={"batch": batch.pk, "days": handed.days}, file=handed.workbook, now=now)
    OpeningBatch.everywhere.filter(pk=batch.pk).update(job_id=job.pk)
    record(actor, "papers.opening_handed_in", "opening_batch", [batch.pk], now=now)
    return batch, job


def enter_batch(*, actor: Actor, job: Job, now: datetime) -> Mapping[str, Any]:
    """The batch stands in the ledger and its teachers are asked; or it is refused, with every school and year that differs."""
    batch = OpeningBatch.everywhere.select_related("workbook").get(pk=job.params["batch"])
    if batch.state == BatchState.STANDS:
        return {"batch": batch.public_id, "entered": batch.line_count}
    with readable(batch.workbook) as path:
        differences = differing_totals(path)
    if differences:
        OpeningBatch.everywhere.filter(pk=batch.pk).update(state=BatchState.REFUSED, differences=differences)
        raise Refused("opening_totals_differ", count=len(differences))
    try:
        return _entered(actor, batch, job, now)
    except Refused:
        OpeningBatch.everywhere.filter(pk=batch.pk).update(state=BatchState.REFUSED)
        raise


@atomic
def _entered(actor: Actor, batch: OpeningBatch, job: Job, now: datetime) -> Mapping[str, Any]:
    done = dict(credits_room.import_opening(actor=actor, job=job, now=now))
    rows = credits_room.CreditEntry.everywhere.filter(kind=credits_room.EntryKind.OPENING, entered_at=now, entered_by_id=actor.account_id)
    found = list(rows.values_list("teacher_id", "learned_centi"))
    _ask(batch, {pk for pk, _ in found}, now)
    OpeningBatch.everywhere.filter(pk=batch.pk).update(
        state=BatchState.STANDS, stands_since=now, line_count=len(found), centi=sum(centi for _, centi in found), differences=[]
    )
    return done | {"batch": batch.public_id}


def _ask(batch: OpeningBatch, teacher_ids: set[int], now: datetime) -> None:
    """Each teacher has an answer to give, and is told until when."""
    people = teachers.teachers_by_id(teacher_ids)
    rows = [OpeningAnswer(batch=batch, teacher=one, school_id=one.school_id) for one in people.values()]
    OpeningAnswer.everywhere.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    accounts = [one.account_id for one in people.values()]
    params = {"day": batch.answer_by.isoformat()}
    tell(accounts, "opening_to_confirm", source=f"opening:{batch.pk}", params=params, link=reverse("trainee:openings"), now=now)


def differing_totals(path: Path) -> list[dict[str, Any]]:
    """Every school and year whose rows do not add up to the old system's total; nothing when all agree. Rows that cannot be read count 0."""
    sums: Counter[tuple[str, int]] = Counter()
    for row in credits_room.opening_rows(path):
        sums[row.cells["学校"], row.year] += row.centi
    claimed = credits_room.opening_totals(path)
    keys = sorted(key for key in sums.keys() | claimed.keys() if sums[key] != claimed.get(key, 0))
    return [
        {"school": school, "year": year, "rows": sums[school, year], "claimed": claimed.get((school, year), 0)} for school, year in keys
    ]
