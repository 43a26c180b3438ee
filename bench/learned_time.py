"""Learned time of a province's players: `python -m bench.learned_time [teachers …]`, 36,000 and 360,000 unless told otherwise.

A teacher of `bench/players.py` has about 152 beats, so 360,000 have 54.7 million. Each measurement is a fresh process, so that its memory is
its own. The limit is the same columns read and sorted by teacher and time, nothing more, in the same minute on the same machine; processor
time is compared, for others share the machine. `BENCH_PROVINCES` names a folder in which the players are kept and found again.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, process_time

import polars as pl

from bench.players import make
from bench.rounds import Answer, peak, rounds, spent
from xingtan.core.learned_time import Beat
from xingtan.core.learned_time.batch.folding import learn
from xingtan.core.learned_time.batch.stored import StoredBeats, learned
from xingtan.core.learned_time.replay import Opened, replayed
from xingtan.core.learned_time.step import BeatRules, Sign, step

SIZES = (36_000, 360_000)
SAMPLE = 300


def figures(sizes: tuple[int, ...] = SIZES) -> Iterator[str]:
    """Rows of the table: everything counted at each size, how it grows, and the live reading."""
    with tempfile.TemporaryDirectory(prefix="xingtan-players-") as fresh:
        folders = {teachers: players(Path(os.environ.get("BENCH_PROVINCES", fresh)), teachers) for teachers in sizes}
        each = {}
        for teachers, folder in folders.items():
            bare, whole = rounds("bench.learned_time", "bare", "whole", folder)
            each[teachers] = whole["cpu"] / whole["beats"] * 1e6
            yield (
                f"| learned time of {teachers:,} teachers over {whole['beats'] / 1e6:.1f} M beats, {whole['days']:,.0f} days of units "
                f"| {whole['cpu']:.2f} s processor, {whole['wall']:.2f} s wall, {whole['peak']:.0f} MiB; {each[teachers]:.3f} µs a beat "
                f"| the same columns read and sorted: {bare['cpu']:.2f} s processor, {bare['cpu'] / whole['beats'] * 1e6:.3f} µs "
                f"| {whole['cpu'] / bare['cpu']:.1f} |"
            )
        if len(each) > 1:
            least, most = min(each), max(each)
            yield (
                f"| growth from {least:,} to {most:,} teachers: processor a beat | × {each[most] / each[least]:.2f} | × 1 "
                f"| {each[most] / each[least]:.2f} |"
            )
        yield live(folders[min(sizes)])


def players(place: Path, teachers: int) -> Path:
    """The folder of the players, made unless it is there."""
    folder = place / f"players-{teachers}"
    if not (folder / "made").exists():
        (folder / "beats").mkdir(parents=True, exist_ok=True)
        (folder / "made").write_text(str(make(folder, teachers)), encoding="ascii")
    return folder


def stored(folder: Path) -> StoredBeats:
    """The players that were made, as the batch takes them."""
    return StoredBeats(sorted((folder / "openings").glob("*.parquet")), sorted((folder / "beats").glob("*.parquet")))


def bare(folder: Path) -> Answer:
    """Every column of every beat read once and put in the order of teachers and times."""
    began = spent()
    for file in stored(folder).beats:
        pl.read_parquet(file).sort("teacher_id", "received_at")
    return {"cpu": spent() - began}


def whole(folder: Path) -> Answer:
    """Everything counted as the command does it, slice by slice; the compiled text is at hand, as on every run but a machine's first."""
    given = stored(folder)
    learn(given.scan_openings().head(1).collect(), given.scan_beats().head(1).collect())
    beats = days = 0
    began, wall = spent(), perf_counter()
    for part in learned(given):
        beats += int(part.tallies["beats"].sum())
        days += part.days.height
    return {"cpu": spent() - began, "wall": perf_counter() - wall, "peak": peak(), "beats": beats, "days": days}


def live(folder: Path) -> str:
    """Some teachers as the server answers them, each compared with the batch; and what one step takes with its state in hand."""
    given = stored(folder)
    some = pl.col("teacher_id") < SAMPLE
    openings, beats = given.scan_openings().filter(some).collect(), given.scan_beats().filter(some).collect()
    batch = {row[:3]: row[3] for row in learn(openings, beats).learned.days.rows()}
    signs, other = [], 0
    for teacher_id in range(SAMPLE):
        mine = [
            Opened(*row, BeatRules())
            for row in openings.filter(teacher_id=teacher_id).select("session", "unit_id", "opened_at", "length_s").rows()
        ]
        rows = beats.filter(teacher_id=teacher_id).with_columns(day=pl.col("local_on").cast(pl.Int32) + 719_163)
        names = (
            "session",
            "seq",
            "received_at",
            "client_at",
            "from_s",
            "to_s",
            "rate_centi",
            "is_visible",
            "is_active",
            "is_present",
            "day",
        )
        told = [Beat(*row) for row in rows.select(names).rows()]
        signs.append([beat.sign for beat in told])
        found: dict[tuple[int, int, object], int] = {}
        days = dict(zip(rows["day"], rows["local_on"], strict=True))
        for one in replayed(mine, told):
            if one.counted_s:
                key = teacher_id, one.unit_id, days[one.beat.day]
                found[key] = found.get(key, 0) + one.counted_s
        other += found != {key: seconds for key, seconds in batch.items() if key[0] == teacher_id}
    each = alone(signs)
    return f"| one beat by the live reading, its state in hand ({SAMPLE} teachers, {other} told otherwise than by the batch) | {each:.2f} µs | | |"


def alone(signs: list[list[Sign]]) -> float:
    """Microseconds of one step on lists and a bytearray."""
    rules, count = BeatRules(), sum(map(len, signs))
    began = process_time()
    for mine in signs:
        clock, unit, mark, covered = [0, 0, 0], [9_000, 0, 0, 1, 0], [0, -1, 0], bytearray(9_000)
        for sign in mine:
            step(clock, unit, mark, covered, sign, rules)
    return (process_time() - began) / count * 1e6


PARTS: dict[str, Callable[[Path], Answer]] = {"bare": bare, "whole": whole}

if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in PARTS:
        print(json.dumps(PARTS[sys.argv[1]](Path(sys.argv[2]))))
    else:
        print("| what | measured | limit beside it | ratio |\n|---|---|---|---|")
        for line in figures(tuple(map(int, sys.argv[1:])) or SIZES):
            print(line, flush=True)
