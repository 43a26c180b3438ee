"""Files in the background: look, then deliver; both leave the workbook to mend where a row is wrong. And what the hallway brings."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from xingtan.foundation.db import writing
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.sheets import XLSX
from xingtan.foundation.files.store import chunks_of, keep_file, open_file, readable
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import job_kind, tell_progress
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import Refused

from .actions import Delivered, Parcel
from .files import Looked, RowsToMend, Tell, deliver_file, look_at
from .inbox import lay_report, take_files
from .judging import judge_claims
from .mending import problem_words, write_mending
from .models import Claim, Due
from .statements import take_statements
from .states import Channel, Field

LOOK_JOB, DELIVER_JOB = "exchange.look", "exchange.deliver"
SHOWN = 100
MOST_DUE = 2_000


@job_kind(LOOK_JOB)
def look_job(job: Job, actor: Actor) -> Mapping[str, Any]:
    """The job's result says what the file would bring; the workbook to mend is its report where a row is wrong."""
    now = timezone.now()
    with _handed_in(job) as path:
        looked = look_at(actor=actor, path=path, now=now, tell=_teller(job))
    keep_mending(job, actor, looked, now)
    shown = json.dumps(_shown(looked), ensure_ascii=False).encode()
    kept = keep_file([shown], kind="exchange.look", name="look.json", media_type="application/json", actor=actor, now=now)
    return {**_counts(looked), "preview": kept.pk}


@job_kind(DELIVER_JOB)
def deliver_job(job: Job, actor: Actor) -> Mapping[str, Any]:
    """The file's records are delivered, or the workbook to mend is the job's report and nothing is."""
    now = timezone.now()
    name = job.input_file.name if job.input_file else ""
    parcel = Parcel(Channel(job.params.get("channel", "file")), name, job.input_file.pk if job.input_file else None)
    try:
        with _handed_in(job) as path:
            done = deliver_file(actor=actor, path=path, parcel=parcel, now=now, tell=_teller(job))
    except Refused as refused:
        if isinstance(refused, RowsToMend):
            keep_mending(job, actor, refused.looked, now)
        lay_report(job, {}, refused)
        raise
    counts = _counts(done)
    lay_report(job, counts, None)
    return counts


def _counts(looked: Looked) -> dict[str, Any]:
    done = looked.delivered
    counts: dict[str, Any] = {"rows": len(looked.lines), "wrong": len(looked.wrong)}
    return counts | (delivered_counts(done) if done else {})


def delivered_counts(done: Delivered) -> dict[str, Any]:
    """The delivery in whole numbers, for a job's result and for the API."""
    return {
        "new": done.new,
        "known": done.known,
        "said_s": done.said_s,
        "counted_s": done.counted_s,
        "lost": {why.value: seconds for why, seconds in done.lost.items()},
        "delivery": done.delivery.public_id if done.delivery else "",
    }


def _shown(looked: Looked) -> dict[str, Any]:
    """The first rows to mend and the first good ones, as a page shows them; no identity number."""
    said = [line for line in looked.lines if line.said]
    return {
        "headings": looked.headings,
        "wrong": [_cells(line.typed.cells, line.typed.place) | {"why": problem_words(line)} for line in looked.wrong[:SHOWN]],
        "good": [_cells(line.typed.cells, line.typed.place) | {"seconds": line.said.seconds} for line in said[:SHOWN] if line.said],
    }


def _cells(cells: tuple[str, ...], place: int) -> dict[str, Any]:
    return {"row": place} | {field.value: cell for field, cell in zip(Field, cells, strict=True) if field is not Field.IDENTITY}


def shown_of(job: Job) -> dict[str, Any]:
    """What the look left to be shown, {} while there is nothing."""
    kept = StoredFile.everywhere.filter(pk=job.result.get("preview")).first()
    if kept is None:
        return {}
    with open_file(kept) as file:
        shown: dict[str, Any] = json.load(file)
    return shown


@contextmanager
def _handed_in(job: Job) -> Iterator[Path]:
    if job.input_file is None:
        raise Refused("records_without_rows")
    with readable(job.input_file) as path:
        yield path


def _teller(job: Job) -> Tell:
    def tell(done: int, total: int) -> None:
        tell_progress(job, done, max(total, 1))

    return tell


def keep_mending(job: Job, actor: Actor, looked: Looked, now: datetime) -> None:
    """The workbook to mend is the job's report, where a row is wrong."""
    if not looked.wrong:
        return
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "mend.xlsx"
        write_mending(place, looked.wrong)
        with place.open("rb") as file:
            name = f"{Path(job.input_file.name).stem if job.input_file else 'records'}-mend.xlsx"
            kept = keep_file(chunks_of(file), kind="exchange.mend", name=name, media_type=XLSX, actor=actor, now=now)
    Job.everywhere.filter(pk=job.pk).update(report_file=kept)


def note_learned(payload: Mapping[str, Any], now: datetime) -> None:
    """`learning.recognisable`: providers' claims of teachers for whom our own server counted more are due to be judged anew."""
    people = {row["teacher"] for row in payload.get("rows", ())}
    if people:
        claimed = Claim.everywhere.filter(teacher__among=people).order_by().values_list("teacher_id", flat=True).distinct()
        Due.objects.bulk_create([Due(teacher_id=pk, since=now) for pk in claimed], ignore_conflicts=True)


def judge_due(now: datetime) -> int:
    """Claims of teachers who were due are judged by all that is known now; answers how many teachers."""
    people = list(Due.objects.order_by("since").values_list("teacher_id", flat=True)[:MOST_DUE])
    if people:
        with writing():
            Due.objects.filter(teacher__among=people).delete()
            judge_claims(people, (), now)
    return len(people)


class Turns:
    """What the background does for the exchange, each at its own pace: statements, nightly files, claims that are due."""

    STATEMENTS_EVERY = timedelta(seconds=5)
    FILES_EVERY = timedelta(seconds=60)
    DUE_EVERY = timedelta(minutes=10)

    def __init__(self, now: datetime) -> None:
        self.statements_at = self.files_at = self.due_at = now

    def turn(self, now: datetime) -> None:
        """Whatever waited long enough is done."""
        if now - self.statements_at >= self.STATEMENTS_EVERY:
            self.statements_at = now
            take_statements(now)
        if now - self.files_at >= self.FILES_EVERY:
            self.files_at = now
            take_files(now, DELIVER_JOB)
        if now - self.due_at >= self.DUE_EVERY:
            self.due_at = now
            judge_due(now)
