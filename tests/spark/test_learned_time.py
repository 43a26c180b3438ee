"""Learned time on the cluster is that of the embedded engine, to the last row."""

from __future__ import annotations

import random

import polars as pl

from tests.core.beats_at_random import study_at_random, tables
from xingtan.core.learned_time.batch.folding import together
from xingtan.core.learned_time.batch.on_spark import learned_on_spark
from xingtan.core.learned_time.batch.stored import StoredBeats, learned


def test_the_cluster_counts_what_one_process_counts(spark, tmp_path):
    dice = random.Random(7)
    openings, beats = tables([study_at_random(dice, teacher_id) for teacher_id in range(1, 121)])
    openings.write_parquet(tmp_path / "openings.parquet")
    # As daily archives lie: a file for each stretch of time, by teacher in each.
    nth = pl.int_range(pl.len()).over("teacher_id") // 30
    for number, part in enumerate(beats.with_columns(nth=nth).sort("nth", "teacher_id", maintain_order=True).partition_by("nth")):
        part.drop("nth").write_parquet(tmp_path / f"beats-{number}.parquet")
    stored = StoredBeats([tmp_path / "openings.parquet"], sorted(tmp_path.glob("beats-*.parquet")))
    there = learned_on_spark(spark, stored, tmp_path, most=1_500)
    parts = list(learned(stored))
    assert there.days.rows() == pl.concat([part.days for part in parts]).rows()
    assert there.tallies.rows() == together(part.tallies for part in parts).rows()
    assert there.tallies["beats"].sum() == beats.height > 3_000
