"""Learned time on Apache Spark: the cluster deals teachers to files, and each of its workers counts files by the same compiled text."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
from pyspark import SparkContext
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

import xingtan
from xingtan.core.determination.batch.spark import spark_session
from xingtan.core.learned_time.batch.folding import Learned, learn, together
from xingtan.core.learned_time.batch.layout import BEATS, DAYS
from xingtan.core.learned_time.batch.stored import BEATS_AT_ONCE, Engine, StoredBeats


def on_master(url: str, *, memory: str = "1g") -> Engine:
    """The engine on this cluster, which has to see the files."""

    def count(stored: StoredBeats) -> Iterator[Learned]:
        with spark_session(url, memory=memory) as session, tempfile.TemporaryDirectory(prefix="xingtan-learned-") as folder:
            yield learned_on_spark(session, stored, Path(folder))

    return count


def _with_this_program(session: SparkSession) -> SparkContext:
    """The context whose workers run this Python and find this package."""
    context: SparkContext = session.sparkContext
    context.pythonExec = sys.executable
    context.environment["PYTHONPATH"] = str(Path(next(iter(xingtan.__path__))).parent)
    return context


def learned_on_spark(session: SparkSession, stored: StoredBeats, folder: Path, *, most: int = BEATS_AT_ONCE) -> Learned:
    """What every teacher learned; everything that the cluster writes lies in the folder, which all of it sees."""
    dealt, told = folder / "dealt", folder / "told"
    told.mkdir()
    beats = _in_order(session, stored)
    number = max(-(-beats.count() // most), 1)
    beats.repartition(number, "teacher_id").sortWithinPartitions("teacher_id", "file", "row").write.parquet(str(dealt))
    files = sorted(map(str, dealt.glob("*.parquet")))
    if files:
        _with_this_program(session).parallelize(files, len(files)).foreach(_counting([str(file) for file in stored.openings], str(told)))
    days = pl.concat([pl.DataFrame(schema=DAYS), *_gathered(told, "days")])
    return Learned(days.sort("teacher_id", "unit_id", "local_on"), together(_gathered(told, "tallies")))


def _in_order(session: SparkSession, stored: StoredBeats) -> DataFrame:
    """The beats with their place: which of the files, and which row of it."""
    parts = [
        session.read.parquet(str(file)).select(*BEATS, f.lit(number).alias("file"), f.col("_metadata.row_index").alias("row"))
        for number, file in enumerate(stored.beats)
    ]
    whole = parts[0]
    for part in parts[1:]:
        whole = whole.unionByName(part)
    return whole


def _counting(openings: list[str], folder: str) -> Callable[[str], None]:
    def count(file: str) -> None:
        """The teachers of one file are counted; what they learned stands in two files of its name."""
        stored = StoredBeats([Path(one) for one in openings], [Path(file)])
        beats = stored.scan_beats().collect()
        mine = stored.scan_openings().join(beats.lazy().select(pl.col("teacher_id").unique()), on="teacher_id", how="semi").collect()
        for name, table in learn(mine, beats.rechunk()).learned._asdict().items():
            table.write_parquet(Path(folder) / f"{name}-{Path(file).name}")

    return count


def _gathered(folder: Path, name: str) -> list[pl.DataFrame]:
    return [pl.read_parquet(file) for file in sorted(folder.glob(f"{name}-*.parquet"))]
