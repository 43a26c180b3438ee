"""`xingtan learned-time` over the database: figures compared with the raw record, and old days archived."""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path

import polars as pl
from django.utils import timezone

from xingtan.core.learned_time.batch.layout import BEATS, OPENINGS
from xingtan.core.learned_time.batch.stored import StoredBeats, learned
from xingtan.domains.learning import api as learning

from .screen import complain, say

DIFFERS = 1
PORTION = 200_000
MOST_NAMED = 100
TRIES = 3
DayKey = tuple[int, int, date]


def run(chosen: argparse.Namespace) -> int:
    """Old days are archived with `--archive`; with `--check` 1 when a figure differs from the raw record, each difference on a line."""
    if chosen.archive:
        count = 0
        while day := learning.archive_next(timezone.now()):
            say(f"{day}: archived and signed")
            count += 1
        say(f"{count} days were archived.")
    return _check() if chosen.check else 0


def _check() -> int:
    """The raw record of table and archives, counted anew by the compiled text, against what the site tells."""
    suspects: set[int] = set()
    people: set[int] = set()
    beats = 0
    with tempfile.TemporaryDirectory(prefix="xingtan-check-") as folder:
        for part in learned(_written(Path(folder))):
            here = set(part.tallies["teacher_id"].drop_nulls())
            found = {row[:3]: row[3] for row in part.days.iter_rows()}
            suspects |= {key[0] for key in _differing(here, found)}
            people |= here
            beats += int(part.tallies["beats"].sum())
    suspects |= learning.told_teachers() - people
    lines = [line for teacher_id in sorted(suspects) for line in _confirmed(teacher_id)]
    for line in lines[:MOST_NAMED]:
        complain(line)
    say(
        f"{len(people):,} teachers, {beats:,} beats: {f'{len(lines):,} figures differ' if lines else 'all figures are those of the raw record'}."
    )
    return DIFFERS if lines else 0


def _differing(people: set[int], found: Mapping[DayKey, int]) -> set[tuple[int, int]]:
    """Teachers and units whose figures are not those that were found."""
    told, sums = learning.told_days(people), Counter[tuple[int, int]]()
    for (teacher_id, unit_id, _day), seconds in found.items():
        sums[teacher_id, unit_id] += seconds
    days = {key[:2] for key in told.keys() | found.keys() if told.get(key, 0) != found.get(key, 0)}
    units = learning.told_units(people)
    return days | {key for key in units.keys() | sums.keys() if units.get(key, 0) != sums[key]}


def _confirmed(teacher_id: int) -> list[str]:
    """What differs for the teacher, looked at alone and again: whoever studies meanwhile is no difference."""
    lines: list[str] = []
    for _ in range(TRIES):
        counted, told = learning.counted_days(teacher_id), learning.told_days([teacher_id])
        days = sorted(key for key in told.keys() | counted.keys() if told.get(key, 0) != counted.get(key, 0))
        lines = [
            f"teacher {teacher_id}, unit {key[1]}, {key[2]}: told {told.get(key, 0)} s, counted {counted.get(key, 0)} s" for key in days
        ]
        units = _differing({teacher_id}, counted) if not lines else set()
        lines += [f"teacher {teacher_id}, unit {unit_id}: its sum is not that of its days" for _teacher, unit_id in sorted(units)]
        if not lines:
            break
    return lines


def _written(folder: Path) -> StoredBeats:
    """The whole raw record as files: archives where they lie, the table's rows as they are read."""
    archived = [learning.path_of_archive(one) for one in learning.beat_archives()]
    seen = (
        pl.concat([pl.scan_parquet(file).select("number") for file in archived]).collect()["number"]
        if archived
        else pl.Series([], dtype=pl.Int64)
    )
    beats, openings = [], []
    for number, rows in enumerate(_portions(learning.every_beat())):
        frame = pl.DataFrame(rows, schema={"number": pl.Int64(), **BEATS}, orient="row").filter(~pl.col("number").is_in(seen.implode()))
        beats.append(folder / f"beats-{number:05}.parquet")
        frame.drop("number").sort("teacher_id", maintain_order=True).write_parquet(beats[-1], compression="lz4")
    for number, rows in enumerate(_portions(learning.every_opening())):
        openings.append(folder / f"openings-{number:05}.parquet")
        pl.DataFrame(rows, schema=OPENINGS, orient="row").write_parquet(openings[-1])
    if not beats:
        beats.append(folder / "none.parquet")
        pl.DataFrame(schema=BEATS).write_parquet(beats[-1])
    if not openings:
        openings.append(folder / "no-openings.parquet")
        pl.DataFrame(schema=OPENINGS).write_parquet(openings[-1])
    return StoredBeats(openings, [*archived, *beats])


def _portions(rows: Iterator[tuple[object, ...]]) -> Iterator[list[tuple[object, ...]]]:
    while portion := list(islice(rows, PORTION)):
        yield portion
