"""A province's cycle determined: `python -m bench.determination [teachers …]`, 36,000 and 360,000 unless told otherwise.

Each measurement is a fresh process, so that its memory is its own. The limit is every row read once, in the same minute on the same
machine, and processor seconds are compared rather than the clock's: others share the machine. `BENCH_PROVINCES` names a folder in which
the provinces that were made are kept and found again.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from time import perf_counter, process_time

import polars as pl

from bench.province import FIRST_YEAR, YEARS, make, stored
from bench.rounds import Answer, peak, rounds, spent
from xingtan.core.determination.batch.one_of_many import facts_of
from xingtan.core.determination.batch.stored import Task, on_polars
from xingtan.core.determination.teacher import determine_teacher
from xingtan.core.policy import bundled_policy

PACK, ON = "jiangxi-2011", date(2016, 7, 1)
SIZES = (36_000, 360_000)
SAMPLE = 400


def figures(sizes: tuple[int, ...] = SIZES) -> Iterator[str]:
    """Rows of the table: the batch at each size, how it grows, and one teacher."""
    with tempfile.TemporaryDirectory(prefix="xingtan-province-") as fresh:
        folders = {teachers: province(Path(os.environ.get("BENCH_PROVINCES", fresh)), teachers) for teachers in sizes}
        each = {}
        for teachers, folder in folders.items():
            scan, whole = rounds("bench.determination", "scan", "cycle", folder)
            each[teachers] = whole["cpu"] / teachers * 1e6
            yield (
                f"| a cycle of {teachers:,} teachers: {whole['rows'] / 1e6:.1f} M rows, {whole['verdicts']:,.0f} verdicts "
                f"| {whole['cpu']:.2f} s processor, {whole['wall']:.2f} s wall, {whole['peak']:.0f} MiB; {each[teachers]:.1f} µs a teacher "
                f"| every row read once: {scan['cpu']:.2f} s processor; read, and one sum per teacher and year by plain Polars: "
                f"{scan['grouped']:.2f} s | {whole['cpu'] / scan['cpu']:.1f}; {whole['cpu'] / scan['grouped']:.1f} |"
            )
        if len(each) > 1:
            least, most = min(each), max(each)
            growth = each[most] / each[least]
            yield f"| growth from {least:,} to {most:,} teachers: processor a teacher | × {growth:.2f} | × 1 | {growth:.2f} |"
        yield from one_teacher(folders[min(sizes)])


def province(place: Path, teachers: int) -> Path:
    """The folder of the province, made unless it is there."""
    folder = place / f"province-{teachers}"
    if not (folder / "kinds.json").exists():
        make(folder, teachers, step=min(max(teachers // 16, 22_500), 90_000))
    return folder


def scan(folder: Path) -> Answer:
    """Every row of activities and results read once and every column of them summed; then read and summed once per teacher and year."""
    began = spent()
    for name in ("activities", "results"):
        for file in sorted((folder / name).glob("*.parquet")):
            pl.read_parquet(file).select(pl.all().sum())
    read = spent()
    for name, value in (("activities", "amount"), ("results", "score")):
        for file in sorted((folder / name).glob("*.parquet")):
            pl.scan_parquet(file).group_by("teacher", "year").agg(pl.col(value).sum()).collect(engine="streaming")
    return {"cpu": read - began, "grouped": spent() - read}


def cycle(folder: Path) -> Answer:
    """The whole cycle determined the way the command does it, slice by slice; the verdicts are counted and let go."""
    evidence, counts = stored(folder), Counter[str]()
    task = Task(dict.fromkeys(range(FIRST_YEAR, FIRST_YEAR + YEARS), bundled_policy(PACK)), ON)
    began, wall = spent(), perf_counter()
    for part in on_polars(task, evidence):
        counts.update(dict(part["verdict"].value_counts().iter_rows()))
    answer = {"cpu": spent() - began, "wall": perf_counter() - wall, "peak": peak(), "verdicts": counts.total()}
    return answer | {"rows": evidence.rows["activities"] + evidence.rows["results"]}


def one_teacher(folder: Path) -> Iterator[str]:
    """Teachers one at a time with their rows in hand, each compared with the batch's verdict."""
    evidence = stored(folder)
    task = Task(dict.fromkeys(range(FIRST_YEAR, FIRST_YEAR + YEARS), bundled_policy(PACK)), ON)
    said = {
        (row[0], row[1]): row[2:] for row in next(on_polars(task, evidence)).select("teacher", "year", "verdict", "reasons").iter_rows()
    }
    taken, other = [], 0
    for number in range(SAMPLE):
        facts = facts_of(evidence, number)
        began = process_time()
        told = determine_teacher(task.policies, facts, on=ON)
        taken.append((process_time() - began) * 1000)
        words = [(one.verdict.value, ";".join(dict.fromkeys(reason.code.value for reason in one.reasons))) for one in told.years]
        other += [said[number, one.year] for one in told.years] != words
    median, most = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
    yield (
        f"| one teacher's cycle, rows in hand ({SAMPLE} of them, {other} told otherwise than by the batch) "
        f"| {median:.2f} ms, p95 {most:.2f} ms | 2 ms, reading included | {median / 2:.2f} |"
    )


PARTS: dict[str, Callable[[Path], Answer]] = {"scan": scan, "cycle": cycle}

if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in PARTS:
        print(json.dumps(PARTS[sys.argv[1]](Path(sys.argv[2]))))
    else:
        print("| what | measured | limit beside it | ratio |\n|---|---|---|---|")
        for line in figures(tuple(map(int, sys.argv[1:])) or SIZES):
            print(line, flush=True)
