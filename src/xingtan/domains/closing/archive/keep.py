"""Writing a closed year's archive, and checking later that it is what was written."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from xingtan.domains.closing.models import ClosingFile, YearClosing
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import chunks_of, keep_file, path_of
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import tell_progress
from xingtan.foundation.people.roles import Actor

from .tables import heads, portions

PARQUET = "application/vnd.apache.parquet"
KIND = "closed_year"
PATIENCE = 3_600


def archive_year(*, actor: Actor, closing: YearClosing, job: Job | None = None, now: datetime) -> list[ClosingFile]:
    """The closed year stands as Parquet files whose digests are in the closing record and the audit log; written once, however often asked."""
    if known := files_of(closing):
        return known
    with TemporaryDirectory(prefix="xingtan-year-") as folder:
        _write(Path(folder), closing, job)
        counted = _press(Path(folder))
        return _keep(actor, closing, Path(folder), counted, now)


def files_of(closing: YearClosing) -> list[ClosingFile]:
    """The archive's files, by table."""
    return list(ClosingFile.objects.filter(closing=closing).select_related("file").order_by("table"))


def _write(folder: Path, closing: YearClosing, job: Job | None) -> None:
    """Every table as CSV, written as it is read."""
    total, done = sum(closing.counts.values()), 0
    with ExitStack() as open_files:
        writers = {}
        for table, columns in heads(closing).items():
            writers[table] = csv.writer(open_files.enter_context((folder / f"{table}.csv").open("w", encoding="utf-8", newline="")))
            writers[table].writerow(columns)
        for portion in portions(closing):
            for table, rows in portion.items():
                writers[table].writerows(rows)
            done += len(portion["verdicts"])
            if job is not None:
                tell_progress(job, done, total)


def _press(folder: Path) -> dict[str, int]:
    command = [sys.executable, "-m", "xingtan.domains.closing.archive.press", str(folder)]
    ran = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=PATIENCE, encoding="utf-8")  # noqa: S603 -- our own program
    counted: dict[str, int] = json.loads(ran.stdout)
    return counted


@atomic
def _keep(actor: Actor, closing: YearClosing, folder: Path, counted: dict[str, int], now: datetime) -> list[ClosingFile]:
    YearClosing.everywhere.select_for_update().get(pk=closing.pk)
    if known := files_of(closing):
        return known
    made = []
    for table in sorted(counted):
        with (folder / f"{table}.parquet").open("rb") as source:
            name = f"{closing.training_year.year}-{table}.parquet"
            file = keep_file(chunks_of(source), kind=KIND, name=name, media_type=PARQUET, actor=actor, now=now)
        path_of(file).chmod(0o444)
        row = ClosingFile(closing=closing, table=table, file=file, sha256=file.sha256, rows=counted[table], size=file.size, made_at=now)
        row.save(force_insert=True)
        made.append(row)
    detail = {"closing": closing.pk, "files": {row.table: row.sha256 for row in made}}
    record(actor, "closing.year_archived", "year_closing", [closing.pk], now=now, detail=detail)
    return made


def altered_archives() -> Iterator[tuple[int, str]]:
    """Every fault among the archives: (year, what is wrong), the bytes of each file read anew."""
    for closing in YearClosing.everywhere.select_related("training_year").order_by("pk"):
        found = files_of(closing)
        if not found:
            yield closing.training_year.year, "has no archive yet"
        for row in found:
            if fault := _fault(row.file, row.sha256):
                yield closing.training_year.year, f"{row.table} {fault}"


def _fault(file: StoredFile, sha256: str) -> str:
    place = path_of(file)
    if not place.exists():
        return "is missing"
    with place.open("rb") as source:
        return "" if hashlib.file_digest(source, "sha256").hexdigest() == sha256 else "was altered"
