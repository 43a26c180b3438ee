"""Nightly files: each provider has a folder; what is put there is delivered in the background, and a report is laid back beside it.

    INBOX/<provider's public id>/records.xlsx      put here by the provider's platform (SFTP, a mounted share)
    INBOX/<provider's public id>/taken/…           where it goes once its job stands in the queue
    INBOX/<provider's public id>/reports/…         what came of it: a .json, and the workbook to mend where a row was wrong

A file that is put twice, or taken twice by a process that was stopped in between, changes nothing the second time: records have numbers.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from xingtan.foundation.db import writing
from xingtan.foundation.files.sheets import media_type_of
from xingtan.foundation.files.store import chunks_of, keep_file, open_file
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import start_job
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.models import Kind, Organisation

from .actions import acting_for
from .states import Channel

SUFFIXES = (".xlsx", ".csv", ".txt", ".parquet")
SETTLED_S = 10
MOST_A_TURN = 20


def folder_of(provider: Organisation) -> Path:
    """Where the provider's nightly files are put."""
    return Path(settings.EXCHANGE_INBOX) / provider.public_id


def take_files(now: datetime, kind: str) -> int:
    """Files that lie in the providers' folders wait in the queue as jobs of this kind; answers how many. Nothing happens without the folder."""
    inbox = Path(settings.EXCHANGE_INBOX)
    folders = {one.name: one for one in inbox.iterdir() if one.is_dir()} if inbox.is_dir() else {}
    if not folders:
        return 0
    providers = Organisation.everywhere.filter(kind=Kind.PROVIDER, public_id__among=folders)
    waiting = [(provider, path) for provider in providers for path in _waiting(folders[provider.public_id], now)]
    for provider, path in waiting[:MOST_A_TURN]:
        with suppress(FileNotFoundError):  # another process took it first, or the provider took it back
            _take(provider, path, now, kind)
    return len(waiting[:MOST_A_TURN])


def _waiting(folder: Path, now: datetime) -> Iterator[Path]:
    """Whole files of a kind that is read, oldest first; one that was written to a moment ago may still grow."""
    with suppress(OSError):
        files = [one for one in folder.iterdir() if one.is_file() and not one.name.startswith(".")]
        for one in sorted(files, key=lambda path: path.stat().st_mtime):
            if one.suffix.lower() in SUFFIXES and one.stat().st_mtime <= now.timestamp() - SETTLED_S:
                yield one


def _take(provider: Organisation, path: Path, now: datetime, kind: str) -> None:
    actor = acting_for(provider, "inbox")
    with writing():
        with path.open("rb") as content:
            media_type = media_type_of(path.name)
            kept = keep_file(chunks_of(content), kind="learning_records", name=path.name, media_type=media_type, actor=actor, now=now)
        params = {"channel": Channel.INBOX.value, "folder": provider.public_id}
        start_job(actor=actor, kind=kind, params=params, file=kept, now=now)
    taken = path.parent / "taken"
    taken.mkdir(exist_ok=True)
    path.rename(taken / f"{now:%Y%m%dT%H%M%S}-{path.name}")


def lay_report(job: Job, counts: Mapping[str, Any], refused: Refused | None) -> None:
    """What came of a nightly file lies beside it; for other deliveries nothing happens."""
    folder = Path(settings.EXCHANGE_INBOX) / str(job.params.get("folder", ""))
    if not job.params.get("folder") or job.input_file is None or not folder.is_dir():
        return
    reports = folder / "reports"
    reports.mkdir(exist_ok=True)
    name = f"{job.created_at:%Y%m%dT%H%M%S}-{job.input_file.name}"
    said: dict[str, Any] = {"file": job.input_file.name, "job": job.public_id, "state": "refused" if refused else "done", **counts}
    if refused:
        said |= {"refusal": refused.code, "params": {key: value for key, value in refused.params.items() if key != "found"}}
    report = Job.everywhere.filter(pk=job.pk).select_related("report_file").get().report_file
    if report:
        with open_file(report) as source, (reports / f"{name}-mend.xlsx").open("wb") as copy:
            shutil.copyfileobj(source, copy)
        said["mend"] = f"{name}-mend.xlsx"
    fresh = reports / f".{name}.json"
    fresh.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
    fresh.replace(reports / f"{name}.json")
