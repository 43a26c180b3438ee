"""Sets at once: a roster handed in again, a batch verified, a county determined, certificates checked; beside the database's own speed."""

from __future__ import annotations

import json
import sqlite3
import statistics
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from xingtan.config.demo import cast
from xingtan.config.demo.chain import pass_step
from xingtan.config.demo.people import people_of
from xingtan.config.demo.workbooks import write_roster
from xingtan.core.calendar import local_day
from xingtan.domains.certificates import api as certificates
from xingtan.domains.certificates.models import CertificatePage
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination import api as determination_room
from xingtan.domains.determination.models import Determination
from xingtan.domains.determination.queries.determinations import verdicts_of
from xingtan.domains.policies import api as policies
from xingtan.domains.rosters import api as rosters
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import insert_rows, public_id

T = TypeVar("T")
SAMPLE = 300
# A tenth of a province's of one year: each brings its whole tree with it.
VERDICTS = 36_000


def seconds(act: Callable[[], T]) -> tuple[float, T]:
    """How long the act took, and its answer."""
    began = perf_counter()
    answer = act()
    return perf_counter() - began, answer


def raw_inserts(count: int) -> float:
    """Seconds in which this disk takes as many bare rows of a ledger line's size, in one transaction."""
    with tempfile.TemporaryDirectory(dir=settings.HOME) as folder:
        database = sqlite3.connect(Path(folder) / "raw.sqlite3")
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE line (id INTEGER PRIMARY KEY, source TEXT UNIQUE, digest TEXT, body TEXT)")
        began = perf_counter()
        with database:
            database.executemany(
                "INSERT INTO line (source, digest, body) VALUES (?, ?, ?)", ((f"s{n}", "0" * 64, "x" * 160) for n in range(count))
            )
        taken = perf_counter() - began
        database.close()
    return taken


def row(what: str, count: int, taken: float, limit: float, beside: str) -> str:
    """One line of the table."""
    return f"| {what} | {count:,} in {taken:.2f} s, {count / taken:,.0f}/s | {beside}: {count / limit:,.0f}/s | {taken / limit:.1f} |"


def figures() -> Iterator[str]:
    """A row an act."""
    yield from roster()
    yield from verification()
    yield from determination()
    yield from checking()


def roster() -> Iterator[str]:
    """The county's whole roster once more: nothing changes."""
    people = people_of()
    place = Path(settings.HOME) / "roster.xlsx"
    write_roster(place, people)
    taken, _ = seconds(lambda: rosters.import_roster(actor=cast.actor("county"), path=place, now=timezone.now()))
    yield row("roster workbook handed in again", len(people), taken, raw_inserts(len(people)), "bare rows inserted")


def verification() -> Iterator[str]:
    """Everything that the county has reviewed is verified in one batch."""
    year = policies.current_year_for(cast.actor("county"))
    assert year is not None  # noqa: S101 -- the demonstration has one
    held = credits_room.EntryState.everywhere.filter(training_year=year, state="reported")
    ids = list(held.values_list("pk", flat=True))
    for step in (credits_room.Step.COUNTY_REVIEW, credits_room.Step.VERIFY):
        taken, _ = seconds(partial(decided, step, ids))
        yield row(f"{step.value} of a batch of entries", len(ids), taken, raw_inserts(len(ids)), "bare rows inserted")


def decided(step: credits_room.Step, ids: list[int]) -> None:
    """The batch has passed this step: drawn, its sample opened, what is flagged one by one."""
    pass_step(cast.actor("county"), step, ids, timezone.now())


def determination() -> Iterator[str]:
    """Every teacher of the county has a verdict of the year and the cycle."""
    year = policies.current_year_for(cast.actor("county"))
    assert year is not None  # noqa: S101 -- the demonstration has one
    taken, run = seconds(lambda: determination_room.determine(actor=cast.actor("county"), training_year_id=year.pk, now=timezone.now()))
    count = sum(run.counts.values())
    yield row("determination of a county", count, taken, raw_inserts(2 * count), "bare rows inserted")
    yield read_and_determined(year)
    yield written(VERDICTS)


def read_and_determined(year: policies.TrainingYear) -> str:
    """One teacher after another: their rows read from the database, the year and the cycle determined, nothing written."""
    now, policy = timezone.now(), policies.policy_of(year)
    ids = list(teachers.teachers_in(cast.actor("county").scope).order_by("pk").values_list("pk", flat=True)[:SAMPLE])
    taken = []
    for pk in ids:
        one = seconds(lambda pk=pk: list(verdicts_of(year, credits_room.people_of([pk], year.pk, policy), local_day(now))))  # type: ignore[misc]  # -- a lambda's default
        taken.append(one[0] * 1000)
    median, most = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
    return f"| one teacher's year and cycle, read from the database | {median:.1f} ms, p95 {most:.1f} ms | 2 ms | {median / 2:.1f} |"


def written(count: int) -> str:
    """As many verdicts, with all that explains them, put into the table of verdicts: the county's, over and over."""
    fields = [field for field in Determination._meta.concrete_fields if field.name != "id"]
    names = [field.name for field in fields]
    place = {name: number for number, name in enumerate(names)}
    found = Determination.everywhere.values_list(*(field.attname for field in fields))[:SAMPLE]
    likes = [[json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value for value in one] for one in found]
    for one in likes:
        one[place["is_current"]] = False
    rows = (
        [public_id() if name == "public_id" else value for name, value in zip(names, one, strict=True)]
        for one in islice(cycle(likes), count)
    )
    with transaction.atomic():
        taken, _ = seconds(lambda: insert_rows(Determination, names, rows))
    return row(f"verdicts written ({connection.vendor})", count, taken, raw_inserts(count), "bare rows inserted")


def checking() -> Iterator[str]:
    """Certificates checked one by one, signature and path proved anew each time."""
    codes = list(CertificatePage.everywhere.order_by("pk").values_list("check_code", flat=True)[:200])
    now = timezone.now()
    taken, _ = seconds(lambda: [certificates.check_result(code, now=now) for code in codes])
    yield row("certificates checked", len(codes), taken, len(codes) / 1000, "a thousand a second")
