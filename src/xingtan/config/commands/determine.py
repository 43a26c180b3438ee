"""`xingtan determine` over tables: four files in, verdicts out; no database, no settings, no keys."""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import polars as pl

from xingtan.core.calendar import local_day
from xingtan.core.determination.batch.evidence import StoredEvidence
from xingtan.core.determination.batch.stored import Engine, EngineFailed, Task, on_polars, task_of
from xingtan.core.determination.region import Counted, Standing, region_standings
from xingtan.core.determination.tables.explained import NoSuchTeacher, explained
from xingtan.core.determination.tables.flaws import TablesRefused
from xingtan.core.determination.tables.layout import TABLES
from xingtan.core.determination.tables.reading import Files, read_tables
from xingtan.core.determination.tables.slices import ENDINGS
from xingtan.core.determination.tables.written import as_written, write_verdicts
from xingtan.core.policy import Policy
from xingtan.core.units import format_hours_exact

from .packs import pack_named
from .screen import complain, say

BAD_INPUT = 2
NO_SPARK = "Spark cannot be used here: {why}\nInstall it with `{how}`, or leave out --engine spark."


class NoEngine(Exception):
    """The engine that was asked for is not on this machine."""


def run(chosen: argparse.Namespace) -> int:
    """The verdicts stand in the file of `--out`; 2 when the pack or a table is not well, and then nothing was written."""
    problem = _misuse(chosen)
    if problem:
        complain(problem)
        return BAD_INPUT
    policy = pack_named(chosen.policy)
    if policy is None:
        return BAD_INPUT
    try:
        with tempfile.TemporaryDirectory(prefix="xingtan-determine-") as folder:
            return _determine(chosen, policy, Path(folder))
    except TablesRefused as refused:
        for flaw in refused.flaws:
            complain(str(flaw))
        more = refused.count - len(refused.flaws)
        complain(
            f"{refused.count} {'error' if refused.count == 1 else 'errors'}{f', {more} more than are shown' if more else ''}; nothing was written."
        )
    except (NoEngine, NoSuchTeacher) as problem_found:
        complain(str(problem_found))
    except EngineFailed as failed:
        complain(f"Spark at {chosen.spark_master} failed: {failed}; nothing was written.")
    except OSError as problem_found:
        complain(f"{problem_found.filename or chosen.out}: {problem_found.strerror or problem_found}; nothing was written.")
    return BAD_INPUT


def _misuse(chosen: argparse.Namespace) -> str:
    """What is missing or does not go together, or nothing."""
    missing = [f"--{name}" for name in ("policy", "teachers", "activities", "results", "out") if not getattr(chosen, name)]
    if missing:
        return f"over tables also give {', '.join(missing)}"
    if chosen.year is None and not chosen.cycle:
        return "say what to determine: --year 2011, or --cycle"
    if chosen.within or chosen.dry_run:
        return "--within and --dry-run are for the database; over tables nothing but the files of --out and --summary is ever written"
    given = [getattr(chosen, name) for name in TABLES if getattr(chosen, name)]
    wrong = [str(path) for path in (*given, chosen.out) if path.suffix.lower() not in ENDINGS]
    if wrong:
        return f"{wrong[0]}: a table's name ends in {' or '.join(ENDINGS)} (from a workbook: Save As, CSV UTF-8)"
    written = [path.resolve() for path in (chosen.out, chosen.summary) if path]
    clash = next((path for path in given if path.resolve() in written), None) or (chosen.out if len(set(written)) < len(written) else None)
    return f"{clash}: would be written over; name another file" if clash else ""


def _determine(chosen: argparse.Namespace, policy: Policy, folder: Path) -> int:
    files = Files(**{name: getattr(chosen, name) for name in TABLES})
    engine = _engine(chosen)
    evidence = read_tables(policy, files, folder, year=chosen.year)
    task = task_of(policy, evidence, year=None if chosen.cycle else chosen.year, on=chosen.on or local_day(datetime.now(UTC)))
    told = explained(task, evidence, chosen.explain) if chosen.explain else ""
    counts: Counter[tuple[str, str]] = Counter()
    sums: dict[str, Counted] = {}
    write_verdicts(chosen.out, _counted(engine, task, evidence, counts, sums))
    standings = region_standings(policy, sums)
    _say(task, evidence, counts, standings, chosen.out)
    if told:
        say(f"\n{told}")
    if chosen.summary:
        chosen.summary.write_text(_summary(chosen, policy, task, evidence, counts, standings), encoding="utf-8")
    return 0


def _engine(chosen: argparse.Namespace) -> Engine:
    if chosen.engine == "polars":
        return on_polars
    try:
        spark = import_module("xingtan.core.determination.batch.on_spark")
    except ModuleNotFoundError as missing:
        why, how = f"there is no module {missing.name}", "python3 tools/bootstrap.py spark` or `pip install pyspark"
        raise NoEngine(NO_SPARK.format(why=why, how=how)) from None
    if not spark.java():
        raise NoEngine(
            NO_SPARK.format(why="there is no Java 17 or newer on the path or in JAVA_HOME", how="apt-get install openjdk-17-jre-headless")
        )
    on_master: Engine = spark.on_master(chosen.spark_master)
    return on_master


def _counted(
    engine: Engine, task: Task, evidence: StoredEvidence, counts: Counter[tuple[str, str]], sums: dict[str, Counted]
) -> Iterator[pl.DataFrame]:
    for part in engine(task, evidence):
        for year, number, recognised in part.group_by("year").agg(pl.len(), pl.col("recognised").sum()).iter_rows():
            name = "cycle" if year is None else str(year)
            sums[name] = sums.get(name, Counted()).plus(number, recognised)
        written = as_written(part, evidence.teachers, task.buckets)
        for year, verdict, count in written.group_by("year", "verdict").len().iter_rows():
            counts[year, verdict] += count
        yield written


def _say(task: Task, evidence: StoredEvidence, counts: Counter[tuple[str, str]], standings: Sequence[Standing], out: Path) -> None:
    for (year, verdict), count in sorted(counts.items()):
        say(f"{year:<8}{verdict:<20}{count:>10,}")
    for one in standings:
        average, least = format_hours_exact(one.average_centi), format_hours_exact(one.least_centi)
        say(f"{one.code}: {average} of {least} on average, {'met' if one.is_met else 'not met'} ({one.label.zh} / {one.label.en})")
    silent = [str(year) for year in task.policies if year < evidence.earliest]
    if silent and evidence.teachers.height:
        complain(
            f"No table names {', '.join(silent)}: the cycle's years before {evidence.earliest} were judged as years in which nobody took part."
        )
    say(f"{sum(counts.values()):,} verdicts of {evidence.teachers.height:,} teachers, judged on {task.on}: {out}")


def _summary(
    chosen: argparse.Namespace,
    policy: Policy,
    task: Task,
    evidence: StoredEvidence,
    counts: Counter[tuple[str, str]],
    standings: Sequence[Standing],
) -> str:
    verdicts: dict[str, dict[str, int]] = {}
    for (year, verdict), count in sorted(counts.items()):
        verdicts.setdefault(year, {})[verdict] = count
    paths = {name: getattr(chosen, name) for name in (*TABLES, "out") if getattr(chosen, name)}
    summary = {
        "policy": {"code": policy.code, "version": policy.version, "digest": policy.digest},
        "on": str(task.on),
        "years": list(task.policies),
        "rows": {"teachers" if name == "roster" else name: count for name, count in evidence.rows.items()},
        "verdicts": verdicts,
        "region": [
            {
                "target": one.code,
                "span": one.span.value,
                "least": format_hours_exact(one.least_centi),
                "average": format_hours_exact(one.average_centi),
                "met": one.is_met,
            }
            for one in standings
        ],
        "files": {name: {"name": path.name, "sha256": _digest(path)} for name, path in paths.items()},
    }
    return json.dumps(summary, ensure_ascii=False, indent=2) + "\n"


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
