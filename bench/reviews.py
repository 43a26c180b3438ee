"""A county's batch verified, all or none: drawn with its sample, opened, passed; beside bare inserts of the same rows.

python -m bench.reviews [ENTRIES] [sqlite|postgres]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def figures(entries: int = 20_000) -> list[str]:
    """The lines of the paper for both databases, each measured by a process of its own."""
    commands = [[sys.executable, "-m", "bench.reviews", str(entries), database] for database in ("sqlite", "postgres")]
    done = [subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True) for command in commands]
    return [line for one in done for line in one.stdout.strip().splitlines()]


def main(entries: int, database: str) -> None:
    """Prepare a county with so many reported entries; time its county review and its verification."""
    os.environ["XINGTAN_HOME"] = tempfile.mkdtemp(prefix="xingtan-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "xingtan.config.settings"
    server = import_module("tools.postgres").start("") if database == "postgres" else None
    if server is not None:
        os.environ["XINGTAN_DATABASE_URL"] = server.url
    try:
        import_module("django").setup()
        import_module("xingtan.config.commands.setup").migrate()
        cast, lines = reported(entries)
        for step in ("county_review", "verify"):
            print(passed(cast, lines, step, database))
    finally:
        if server is not None:
            import_module("django.db").connections.close_all()
            server.stop()


def reported(count: int) -> tuple[SimpleNamespace, list[Any]]:
    """A county whose schools have reported so many entries of ten hours."""
    reviewing, enrolling = import_module("tests.reviewing"), import_module("tests.enrolling")
    models, insert = import_module("xingtan.domains.credits.models"), import_module("xingtan.foundation.db").insert_objects
    cast = reviewing.build()
    people = enrolling.teachers(cast.school, count)
    same = {"training_year": cast.year, "school": cast.school, "provider": cast.provider, "offer": cast.offers["A"], "component": "course"}
    same |= {"kind": "learned", "title": "课程A", "learned_s": 36_000, "learned_centi": 10_00, "happened_on": date(2026, 11, 20)}
    insert([models.Evidence(source=f"b{one.pk}", teacher=one, changed_at=reviewing.NOW, **same) for one in people])
    lines = reviewing.crediting.enter(cast)
    reviewing.crediting.walk(cast, lines, reviewing.Step.REPORT)
    return cast, lines


def passed(cast: SimpleNamespace, lines: list[Any], step: str, database: str) -> str:
    """One row of the table: the step of the whole batch."""
    reviewing, reviews = import_module("tests.reviewing"), import_module("xingtan.domains.reviews.api")
    drawing, batch = seconds(lambda: reviewing.drawn(cast, lines, reviewing.Step(step)))
    looking, _ = seconds(lambda: reviewing.looked(cast, batch))
    passing, done = seconds(lambda: reviews.pass_batch(actor=cast.zhou, batch_id=batch.pk, now=reviewing.NOW))
    if done != (len(lines), 0):
        raise SystemExit(f"{done} of {len(lines)} entries passed")
    raw = bare_inserts(step)
    words = f"{passing:.2f} s, {len(lines) / passing:,.0f}/s; drawn in {drawing:.2f} s, sample opened in {looking:.2f} s"
    return f"| {step} of {len(lines):,} entries as one batch ({database}) | {words} | {raw:.2f} s of bare inserts | {passing / raw:.1f} |"


def seconds(act: Callable[[], Any]) -> tuple[float, Any]:
    """How long the act took, and its answer."""
    began = time.perf_counter()
    answer = act()
    return time.perf_counter() - began, answer


def bare_inserts(step: str) -> float:
    """Seconds in which the same rows of the ledger go into a table of the same shape, in one transaction, by the database's fastest way."""
    django = import_module("django.db")
    connection, table = django.connection, "credits_reviewdecision"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE step = %s", [step])  # noqa: S608 -- a name of ours
        rows = cursor.fetchall()
        cursor.execute(f"CREATE TABLE raw_{step} AS SELECT * FROM {table} LIMIT 0")  # noqa: S608 -- a name of ours
        cursor.execute(f"CREATE UNIQUE INDEX raw_{step}_source ON raw_{step} (source)")
        cursor.execute(f"CREATE INDEX raw_{step}_entry ON raw_{step} (entry_id)")
    return seconds(lambda: _insert(connection, f"raw_{step}", rows))[0]


def _insert(connection: Any, table: str, rows: list[tuple[Any, ...]]) -> None:  # noqa: ANN401 -- Django's wrapper
    atomic = import_module("django.db.transaction").atomic
    with atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        cursor.executemany(f"INSERT INTO {table} VALUES ({', '.join(['%s'] * len(rows[0]))})", rows)  # noqa: S608 -- a name of ours


if __name__ == "__main__":
    main(int((sys.argv[1:] or ["20000"])[0]), (sys.argv[2:] or ["sqlite"])[0])
