"""Verdicts of a random province on the cluster are those of the embedded engine, to the last row."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from tests.core.people_at_random import ON, as_evidence, province_at_random
from xingtan.cli import main
from xingtan.core.determination.batch.evidence import LAYOUT, StoredEvidence
from xingtan.core.determination.batch.on_spark import in_slices, write_on_spark
from xingtan.core.determination.batch.stored import Task, on_polars
from xingtan.core.determination.tables.layout import TABLES
from xingtan.core.policy import bundled_policy

EXAMPLES = Path(__file__).resolve().parents[2] / "docs/examples/determine"


@dataclass
class Case:
    """A pack, how many teachers, and how many of the cycle's last years are judged (rows are of all)."""

    pack: str
    teachers: int
    years: int

    def __str__(self):
        return self.pack


CASES = (Case("jiangxi-2011", 2500, 5), Case("zibo-2011", 1000, 2), Case("jiangxi-credit-2018", 1000, 2))


def stored(folder, case):
    """The province as Parquet, several files of each table, its rows in no order."""
    dice, policy = random.Random(case.pack), bundled_policy(case.pack)
    first = policy.cycle.anchor_year
    cycle = range(first, first + policy.cycle.years)
    province = province_at_random(dice, policy, cycle, case.teachers)
    given = as_evidence(province, dict(enumerate(province.people)), dice)
    for name, columns in LAYOUT.items():
        place = folder / name
        place.mkdir()
        rows = getattr(given, name).select(pl.col(column).cast(kind) for column, kind in columns.items())
        for part in range(3):
            rows.filter(pl.int_range(pl.len()) % 3 == part).write_parquet(place / f"{part}.parquet")
    return StoredEvidence(
        folder=folder,
        cycle=tuple(cycle),
        earliest=first,
        teachers=pl.DataFrame({"teacher": range(case.teachers), "teacher_id": [f"T{number:05}" for number in range(case.teachers)]}),
        kinds=tuple(given.kinds),
        result_kinds=tuple(given.result_kinds),
        fact_kinds=tuple(given.fact_kinds),
        rows={name: getattr(given, name).height for name in LAYOUT},
    )


def in_order(parts):
    return pl.concat(parts, how="vertical_relaxed").sort("teacher", "year", nulls_last=True)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_cluster_says_what_one_process_says(spark, tmp_path, case):
    evidence = stored(tmp_path, case)
    task = Task(dict.fromkeys(evidence.cycle[-case.years :], bundled_policy(case.pack)), ON)
    here = in_order(on_polars(task, evidence))
    there = in_order(in_slices(write_on_spark(spark, task, evidence), case.teachers))
    assert there.columns == here.columns == list(task.columns)
    assert there.rows() == here.rows()
    assert here.height > case.teachers
    assert here["verdict"].n_unique() >= 5


def test_the_command_runs_on_a_cluster_and_writes_the_same_bytes(spark, spark_url, tmp_path, capfd):
    # The last test of this stage: the command takes the session that is there, and ends it.
    tables = [word for name in TABLES for word in (f"--{name}", str(EXAMPLES / f"{name}.csv"))]
    words = ["determine", "--policy", "jiangxi-2011", "--year", "2011", "--on", "2012-07-01", *tables]
    assert main([*words, "--out", str(tmp_path / "here.csv")]) == 0
    assert main([*words, "--out", str(tmp_path / "there.csv"), "--engine", "spark", "--spark-master", spark_url]) == 0
    assert (tmp_path / "there.csv").read_bytes() == (tmp_path / "here.csv").read_bytes()
    assert "7 verdicts of 7 teachers" in capfd.readouterr().out
