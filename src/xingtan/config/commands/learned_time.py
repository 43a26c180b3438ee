"""`xingtan learned-time` over tables: beats and openings in, learned seconds out; no database, no settings, no keys."""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from importlib import import_module
from pathlib import Path

from xingtan.core.determination.tables.flaws import TablesRefused
from xingtan.core.learned_time.batch.folding import together
from xingtan.core.learned_time.batch.stored import Engine, learned
from xingtan.core.learned_time.batch.tables import ENDINGS, Given, read_tables, write_table
from xingtan.core.learned_time.step import BeatRules

from .packs import pack_named
from .screen import complain, say

BAD_INPUT = 2


def run(chosen: argparse.Namespace) -> int:
    """The seconds stand in the file of `--out`; 2 when a table is not well, and then nothing was written."""
    if problem := _misuse(chosen):
        complain(problem)
        return BAD_INPUT
    rules = _rules(chosen.policy)
    if rules is None:
        return BAD_INPUT
    try:
        with tempfile.TemporaryDirectory(prefix="xingtan-learned-") as folder:
            return _count(chosen, Given(chosen.openings, chosen.beats, *rules), Path(folder))
    except TablesRefused as refused:
        for flaw in refused.flaws:
            complain(str(flaw))
        complain(f"{refused.count} {'error' if refused.count == 1 else 'errors'}; nothing was written.")
    except ModuleNotFoundError as missing:
        complain(f"Spark cannot be used here: there is no module {missing.name}. `pip install pyspark`, or leave out --engine spark.")
    except OSError as problem_found:
        complain(f"{problem_found.filename or chosen.out}: {problem_found.strerror or problem_found}; nothing was written.")
    return BAD_INPUT


def _misuse(chosen: argparse.Namespace) -> str:
    """What is missing or does not go together, or nothing."""
    if missing := [f"--{name}" for name in ("beats", "openings", "out") if not getattr(chosen, name)]:
        return f"over tables also give {', '.join(missing)}; over the database say --check or --archive"
    named = [*chosen.beats, *chosen.openings, *(path for path in (chosen.out, chosen.reasons) if path)]
    if wrong := [str(path) for path in named if path.suffix.lower() not in ENDINGS]:
        return f"{wrong[0]}: a table's name ends in {' or '.join(ENDINGS)}"
    twice = [str(path) for path, count in Counter(path.resolve() for path in named).items() if count > 1]
    return f"{twice[0]}: is named twice" if twice else ""


def _rules(name: str) -> tuple[BeatRules, BeatRules] | None:
    """The rules of media and of effort that the pack says; the program's own without a pack; None when there is no such pack."""
    if not name:
        return BeatRules(), BeatRules(needs_activity=1)
    policy = pack_named(name)
    if policy is None:
        return None
    return policy.learned_time.beat_rules(is_effort=False), policy.learned_time.beat_rules(is_effort=True)


def _count(chosen: argparse.Namespace, given: Given, folder: Path) -> int:
    stored = read_tables(given, folder)
    parts = list(_engine(chosen)(stored))
    write_table(chosen.out, [part.days for part in parts])
    if chosen.reasons:
        write_table(chosen.reasons, [together(part.tallies for part in parts)])
    tally: Counter[str] = Counter()
    for part in parts:
        tally.update(dict(part.tallies.select("reason", "beats").group_by("reason").sum().iter_rows()))
    for reason, beats in tally.most_common():
        say(f"{reason:<20}{beats:>14,}")
    seconds = sum(int(part.days["learned_s"].sum()) for part in parts)
    say(f"{seconds:,} seconds learned in {tally.total():,} beats: {chosen.out}")
    return 0


def _engine(chosen: argparse.Namespace) -> Engine:
    if chosen.engine == "polars":
        return learned
    on_master: Engine = import_module("xingtan.core.learned_time.batch.on_spark").on_master(chosen.spark_master)
    return on_master
