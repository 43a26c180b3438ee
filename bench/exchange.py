"""A provider's file of 100,000 records: read, looked at, delivered; rows a second and memory, in a program of its own.

    python -m bench.exchange [ROWS]

3,000 trainees, each row an evening with begin and end, some of them overlapping; the raw limit beside it is inserting as many rows of the
same width into the same database.
"""

from __future__ import annotations

import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta, timezone
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEOPLE = 3_000
LATER = datetime(2026, 11, 21, 4, tzinfo=UTC)
SHANGHAI = timezone(timedelta(hours=8))


def figures(rows: int = 100_000) -> list[str]:
    """The lines of the paper, measured in a fresh folder by another process."""
    command = [sys.executable, "-m", "bench.exchange", str(rows)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip().splitlines()


def main(rows: int) -> None:
    """Prepare a folder, write the file, look at it and deliver it."""
    os.environ["XINGTAN_HOME"] = tempfile.mkdtemp(prefix="xingtan-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "xingtan.config.settings"
    import_module("django").setup()
    import_module("xingtan.config.commands.setup").migrate()
    exchange = import_module("xingtan.domains.exchange.api")
    cast, people = _people()
    for kind in ("csv", "parquet"):
        path = _file(people, rows, kind)
        began, before = time.perf_counter(), _peak()
        looked = exchange.look_at(actor=cast.staff, path=path, now=LATER)
        took = time.perf_counter() - began
        if not looked.delivered:
            raise SystemExit(f"{len(looked.wrong)} rows are wrong")
        print(f"| looking at {rows:,} records (.{kind}) | {rows / took:,.0f} rows/s, {took:.1f} s, +{_peak() - before:.0f} MiB | | |")
    began, before = time.perf_counter(), _peak()
    parcel = exchange.Parcel(exchange.Channel.COMMAND, path.name)
    done = exchange.deliver_file(actor=cast.staff, path=path, parcel=parcel, now=LATER).delivered
    took = time.perf_counter() - began
    raw = _raw(rows)
    words = f"{rows / took:,.0f} rows/s, {took:.1f} s, +{_peak() - before:.0f} MiB, {done.counted_s * 100 // done.said_s} % counts"
    print(f"| delivering {rows:,} records with evidence | {words} | {raw:,.0f} plain rows/s | {rows / took / raw:.2f} |")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _people() -> tuple[object, list[tuple[str, str]]]:
    """(number, name) of the trainees who chose course A."""
    exchanging, enrolling = import_module("tests.exchanging"), import_module("tests.enrolling")
    box = import_module("xingtan.domains.teachers.queries").NUMBER_BOX
    model = import_module("xingtan.domains.teachers.models").Teacher
    import_module("xingtan.config.hallway").wire_hallway()
    cast = exchanging.build()
    some = enrolling.teachers(cast.school, PEOPLE)
    for at, one in enumerate(some):
        one.number_index = box.index(f"BENCH{at}")
    model.everywhere.bulk_update(some, ["number_index"], batch_size=500)
    enrolling.assign(cast, some, "A", "own", actor=cast.chen)
    return cast, [(f"BENCH{at}", one.name) for at, one in enumerate(some)]


def _file(people: list[tuple[str, str]], rows: int, kind: str) -> Path:
    """The records as a file of this kind."""
    headings = ["记录编号", "身份证件号码", "姓名", "课程/项目", "学时秒数", "开始时间", "结束时间"]
    start = datetime(2026, 9, 20, 19, tzinfo=SHANGHAI)
    lines = []
    for at in range(rows):
        number, name = people[at % len(people)]
        begin = start + timedelta(days=at // len(people), minutes=at % 50)
        end = begin + timedelta(minutes=40)
        lines.append([f"K{at:07}", number, name, "课程A", "2400", f"{begin:%F %T}", f"{end:%F %T}"])
    path = Path(os.environ["XINGTAN_HOME"]) / f"records.{kind}"
    if kind == "parquet":
        polars = import_module("polars")
        polars.DataFrame(lines, schema=dict.fromkeys(headings, polars.String), orient="row").write_parquet(path)
    else:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([headings, *lines])
    return path


def _raw(rows: int) -> float:
    """Plain rows a second of the same database: twenty numbers and a text each, one transaction."""
    connection = import_module("django.db").connection
    with connection.cursor() as cursor:
        names = ", ".join(f"c{at} INTEGER" for at in range(20))
        cursor.execute(f"CREATE TABLE bench_raw (id INTEGER PRIMARY KEY, name TEXT, {names})")
        began = time.perf_counter()
        with import_module("django.db.transaction").atomic():
            places = ", ".join(["%s"] * 21)
            wanted = ", ".join(f"c{at}" for at in range(20))
            cursor.executemany(f"INSERT INTO bench_raw (name, {wanted}) VALUES ({places})", [[f"K{at}", *range(20)] for at in range(rows)])  # noqa: S608 -- our own names
        return rows / (time.perf_counter() - began)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
