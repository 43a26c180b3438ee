"""Stored evidence determined on Apache Spark: the engine's own expressions, native ones only, over the same Parquet."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import narwhals.stable.v2 as nw
import polars as pl
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession

from xingtan.core.determination.batch.columns import Frame
from xingtan.core.determination.batch.engine import determine_columns
from xingtan.core.determination.batch.evidence import LAYOUT, StoredEvidence
from xingtan.core.determination.batch.spark import spark_session
from xingtan.core.determination.batch.stored import SLICE_TEACHERS, Engine, EngineFailed, Task, asked_of, evidence_of

OLDEST_JAVA = 17


def java() -> str | None:
    """The path of a Java that Spark would take and that is new enough, or None."""
    home = os.environ.get("JAVA_HOME")
    path = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    if not path:
        return None
    try:
        said = subprocess.run([path, "-version"], capture_output=True, text=True, check=False, timeout=60).stderr  # noqa: S603 -- the machine's own Java, asked for its version
    except OSError:
        return None
    version = re.search(r'version "(\d+)', said)
    return path if version and int(version[1]) >= OLDEST_JAVA else None


def on_master(url: str, *, memory: str = "1g") -> Engine:
    """The engine on this cluster, which has to see the folder of the evidence."""

    def determine(task: Task, evidence: StoredEvidence) -> Iterator[pl.DataFrame]:
        try:
            with spark_session(url, memory=memory) as session:
                folder = write_on_spark(session, task, evidence)
        except (Py4JError, PySparkException) as problem:
            raise EngineFailed(_first_cause(problem)) from problem
        yield from in_slices(folder, evidence.teachers.height)

    return determine


def write_on_spark(session: SparkSession, task: Task, evidence: StoredEvidence) -> Path:
    """The verdicts as Parquet that Spark wrote, in a new folder inside the evidence's."""
    folder = Path(tempfile.mkdtemp(prefix="verdicts-", dir=evidence.folder))
    frames = {name: nw.from_native(session.read.parquet(str(evidence.folder / name))) for name in LAYOUT}
    verdicts = determine_columns(task.policies, evidence_of(evidence, frames), on=task.on, checkpoint=_put_down(session, folder))
    for number, frame in enumerate(asked_of(nw, task, verdicts)):
        _native(frame).write.parquet(str(folder / f"verdicts-{number}"))
    return folder


def in_slices(folder: Path, teachers: int) -> Iterator[pl.DataFrame]:
    """The verdicts that were written, by ranges of teachers."""
    rows = pl.scan_parquet(folder / "verdicts-*" / "*.parquet")
    for first in range(0, max(teachers, 1), SLICE_TEACHERS):
        yield rows.filter(pl.col("teacher").is_between(first, first + SLICE_TEACHERS - 1)).collect()


def _put_down(session: SparkSession, folder: Path) -> Callable[[Frame], Frame]:
    """Between stages the frame is written and read again: Spark's planning costs more than the work once plans are deep."""
    numbers = iter(range(1_000_000))

    def put_down(frame: Frame) -> Frame:
        place = str(folder / f"stage-{next(numbers):03}")
        _native(frame).write.parquet(place)
        return nw.from_native(session.read.parquet(place))

    return put_down


def _first_cause(problem: Exception) -> str:
    """The line that says it: of Java's many, the last that names a cause."""
    lines = [line.strip() for line in str(problem).splitlines() if line.strip()]
    causes = [line for line in lines if line.startswith(("Caused by:", ": "))]
    return (causes or lines or [type(problem).__name__])[-1].removeprefix("Caused by:").lstrip(": ")


def _native(frame: Frame) -> DataFrame:
    native: DataFrame = nw.to_native(frame)
    return native
