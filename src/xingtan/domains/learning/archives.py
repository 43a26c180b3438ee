"""Days of beats that are old enough leave the table as one signed Parquet file each, and are found again.

A file is kept first, then its row with digest and signature, then the table's rows go, some thousand at a time. Wherever this stops, nothing
is lost and nothing doubled: a beat that stands in both places is one beat, for it keeps its number.
"""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

from django.conf import settings

from xingtan.core.calendar import local_day
from xingtan.foundation.db import BEATS, writing
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import chunks_of, keep_file, path_of
from xingtan.foundation.keys import sign, verify_signature
from xingtan.foundation.people.roles import OPERATOR

from .models import Beat, BeatArchive

PROGRAM: Final = "xingtan.core.learned_time.batch.archive"
PARQUET: Final = "application/vnd.apache.parquet"
KIND: Final = "beats"
PATIENCE_S: Final = 3_600
PORTION: Final = 5_000
COLUMNS: Final = (
    "id", "unit_id", "teacher_id", "session", "seq", "received_at", "local_on", "client_at", "from_s", "to_s", "rate_centi", "is_visible",
    "is_active", "is_present", "counted_s", "reason",
)  # fmt: skip


class RawBeat(NamedTuple):
    """A beat as it was kept, from the table or an archive; numbers rise in the order in which a teacher's beats were counted."""

    number: int
    unit_id: int
    teacher_id: int
    session: str
    seq: int
    received_at: int
    local_on: date
    client_at: int
    from_s: int
    to_s: int
    rate_centi: int
    is_visible: bool
    is_active: bool
    is_present: bool
    counted_s: int
    reason: str


class Pressed(NamedTuple):
    """A day's file, how many beats it has, and the first and last number that were looked at for it."""

    place: Path
    rows: int
    first_id: int
    last_id: int


def archive_next(now: datetime) -> date | None:
    """The oldest day that is due has left the table and stands as a signed file; which day, or None when none is due."""
    for left in BeatArchive.objects.filter(cleared_at=None).order_by("local_on", "part"):
        _clear(left, now)
    day = Beat.objects.order_by("pk").values_list("local_on", flat=True).first()
    if day is None or day >= local_day(now) - timedelta(days=settings.BEATS_KEPT_DAYS):
        return None
    with TemporaryDirectory(prefix="xingtan-beats-") as folder:
        made = _keep(day, _pressed(day, Path(folder)), now)
    _clear(made, now)
    return day


def _pressed(day: date, folder: Path) -> Pressed:
    """The day's beats in a file, which has as many as the table."""
    source, target, last = folder / "day.csv", folder / "day.parquet", 0
    count, first = 0, 0
    with source.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(("number", *COLUMNS[1:]))
        # Numbers rise with time, nearly: the day has ended where a whole portion is of later ones.
        while rows := list(Beat.objects.filter(pk__gt=last).order_by("pk").values_list(*COLUMNS)[:PORTION]):
            chosen = [row for row in rows if row[6] == day]
            if not chosen and all(row[6] > day for row in rows):
                break
            writer.writerows([int(value) if isinstance(value, bool) else value for value in row] for row in chosen)
            count, first, last = count + len(chosen), first or rows[0][0], rows[-1][0]
    pressed = int(_run("press", str(source), str(target)))
    if pressed != count:
        raise RuntimeError(f"{day}: {count} beats were handed over, {pressed} came out")
    return Pressed(target, count, first, last)


def _run(*words: str) -> str:
    command = [sys.executable, "-m", PROGRAM, *words]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=PATIENCE_S, encoding="utf-8").stdout  # noqa: S603 -- our own program


def _keep(day: date, pressed: Pressed, now: datetime) -> BeatArchive:
    """The file is kept and signed, and its row says so; from here on the beats are safe without the table."""
    with pressed.place.open("rb") as source:
        sha256 = hashlib.file_digest(source, "sha256").hexdigest()
    # A run that was killed before its row stood has left the very same file.
    if not StoredFile.everywhere.filter(sha256=sha256, kind=KIND).exists():
        with pressed.place.open("rb") as source:
            keep_file(chunks_of(source), kind=KIND, name=f"beats-{day}.parquet", media_type=PARQUET, actor=OPERATOR, now=now)
    with writing(BEATS):
        rows = Beat.objects.filter(pk__range=(pressed.first_id, pressed.last_id), local_on=day).count()
        if rows != pressed.rows:
            raise RuntimeError(f"{day}: {pressed.rows} beats are in the file, {rows} in the table")
        part = BeatArchive.objects.filter(local_on=day).count()
        signature = sign(_message(day, part, rows, sha256))
        span = {"first_id": pressed.first_id, "last_id": pressed.last_id}
        made = BeatArchive(local_on=day, part=part, rows=rows, sha256=sha256, signature=signature, made_at=now, **span)
        made.save(force_insert=True)
    path_of_archive(made).chmod(0o444)
    return made


def _message(day: date, part: int, rows: int, sha256: str) -> bytes:
    body = {"beats": day.isoformat(), "part": part, "rows": rows, "sha256": sha256}
    return json.dumps(body, sort_keys=True, separators=(",", ":")).encode()


def path_of_archive(one: BeatArchive) -> Path:
    """Where the archive's bytes are: under their digest among the kept files, so that backups hold them."""
    return path_of(StoredFile(sha256=one.sha256))


def _clear(one: BeatArchive, now: datetime) -> None:
    """None of the archive's beats stands in the table any more; players never wait for more than a portion of it."""
    if fault := _fault(one):
        raise RuntimeError(f"beats of {one.local_on} stay in the table: their archive {fault}")
    for start in range(one.first_id, one.last_id + 1, PORTION):
        with writing(BEATS):
            Beat.objects.filter(pk__range=(start, min(start + PORTION - 1, one.last_id)), local_on=one.local_on).delete()
    BeatArchive.objects.filter(pk=one.pk).update(cleared_at=now)


def _fault(one: BeatArchive) -> str:
    place = path_of_archive(one)
    if not place.exists():
        return "is missing"
    with place.open("rb") as source:
        if hashlib.file_digest(source, "sha256").hexdigest() != one.sha256:
            return "was altered"
    is_ours = verify_signature(_message(one.local_on, one.part, one.rows, one.sha256), one.signature)
    return "" if is_ours else "does not carry our signature"


def altered_beat_archives() -> Iterator[tuple[date, str]]:
    """Every fault among the archives: (day, what is wrong), the bytes of each file read anew."""
    for one in BeatArchive.objects.order_by("local_on", "part"):
        if fault := _fault(one):
            yield one.local_on, fault


def beat_archives(days: Iterable[date] | None = None) -> Sequence[BeatArchive]:
    """The archives of these days, or all, the oldest first."""
    rows = BeatArchive.objects.order_by("local_on", "part")
    return list(rows if days is None else rows.filter(local_on__in=list(days)))


def raw_beats(teacher_id: int, days: Iterable[date] | None = None) -> list[RawBeat]:
    """Every beat of the teacher that arrived on these days, or ever, in the order in which they were counted; table and archives as one."""
    wanted = None if days is None else set(days)
    chosen: dict[str, Any] = {"teacher_id": teacher_id} | ({} if wanted is None else {"local_on__in": wanted})
    # The table first: what moves in between is found in its archive.
    found = {row[0]: RawBeat(*row) for row in Beat.objects.filter(**chosen).order_by("pk").values_list(*COLUMNS)}
    if files := [str(path_of_archive(one)) for one in beat_archives(wanted)]:
        for line in _run("read", str(teacher_id), *files).splitlines():
            number, unit_id, teacher, session, seq, received_at, local_on, *rest = json.loads(line)
            found[number] = RawBeat(number, unit_id, teacher, session, seq, received_at, date.fromisoformat(local_on), *rest)
    return [found[number] for number in sorted(found)]
