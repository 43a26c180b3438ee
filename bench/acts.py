"""Sets at once: a roster handed in again, a batch verified, a county determined, certificates checked; beside the database's own speed."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from django.conf import settings
from django.utils import timezone

from xingtan.config.demo import cast
from xingtan.config.demo.people import people_of
from xingtan.config.demo.workbooks import write_roster
from xingtan.domains.certificates import api as certificates
from xingtan.domains.certificates.models import CertificatePage
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination import api as determination_room
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers

T = TypeVar("T")


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
    taken, _ = seconds(lambda: teachers.import_roster(actor=cast.actor("county"), path=place, now=timezone.now()))
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


def decided(step: credits_room.Step, ids: list[int]) -> object:
    """The batch has passed this step."""
    return credits_room.decide(
        actor=cast.actor("county"), step=step, entry_ids=ids, outcome=credits_room.Outcome.PASSED, now=timezone.now()
    )


def determination() -> Iterator[str]:
    """Every teacher of the county has a verdict of the year and the cycle."""
    year = policies.current_year_for(cast.actor("county"))
    assert year is not None  # noqa: S101 -- the demonstration has one
    taken, run = seconds(lambda: determination_room.determine(actor=cast.actor("county"), training_year_id=year.pk, now=timezone.now()))
    count = sum(run.counts.values())
    yield row("determination of a county", count, taken, raw_inserts(2 * count), "bare rows inserted")


def checking() -> Iterator[str]:
    """Certificates checked one by one, signature and path proved anew each time."""
    codes = list(CertificatePage.everywhere.order_by("pk").values_list("check_code", flat=True)[:200])
    now = timezone.now()
    taken, _ = seconds(lambda: [certificates.check_result(code, now=now) for code in codes])
    yield row("certificates checked", len(codes), taken, len(codes) / 1000, "a thousand a second")
