"""Verdicts as a table that people open and programs read: CSV or Parquet, the same bytes for the same verdicts, there whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from xingtan.core.determination.tables.layout import CYCLE, VERDICTS
from xingtan.core.units import HUNDREDTHS

AMOUNTS = ("recognised", "required", "carried")
PARQUET_AMOUNT = pl.Decimal(18, 2)


def as_written(verdicts: pl.DataFrame, teachers: pl.DataFrame, buckets: Sequence[str]) -> pl.DataFrame:
    """The verdicts of some teachers in columns and order of the table: by teacher, then year, the cycle (no year) last."""
    rows = verdicts.join(teachers, on="teacher", how="left").sort("teacher", "year", nulls_last=True)
    year = pl.col("year").cast(pl.String).fill_null(CYCLE).alias("year")
    columns = {"year": year, **{name: _amount(name) for name in (*AMOUNTS, *buckets)}}
    return rows.select(columns.get(name, pl.col(name)) for name in (*VERDICTS, *buckets))


def _amount(name: str) -> pl.Expr:
    """Hundredths as a decimal number with two places."""
    most = pl.col(name).abs()
    sign = pl.when(pl.col(name) < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    return pl.concat_str(sign, most // HUNDREDTHS, pl.lit("."), (most % HUNDREDTHS).cast(pl.String).str.zfill(2)).alias(name)


def write_verdicts(path: Path, parts: Iterable[pl.DataFrame]) -> None:
    """The parts stand in the file one after the other, Parquet or CSV by its ending; until all are there it keeps what it was."""
    with replacing(path) as target:
        if path.suffix.lower() == ".parquet":
            _write_parquet(target, parts)
            return
        with target.open("wb") as content:
            for number, part in enumerate(parts):
                part.write_csv(content, include_header=number == 0)


def _write_parquet(target: Path, parts: Iterable[pl.DataFrame]) -> None:
    scratch = Path(tempfile.mkdtemp(prefix="verdicts-", dir=target.parent))
    try:
        for number, part in enumerate(parts):
            amounts = [name for name in part.columns if name not in VERDICTS or name in AMOUNTS]
            part.with_columns(pl.col(amounts).cast(PARQUET_AMOUNT)).write_parquet(scratch / f"{number:05}.parquet")
        pl.scan_parquet(scratch / "*.parquet").sink_parquet(target)
    finally:
        shutil.rmtree(scratch)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A name beside the file, which becomes the file when all went well and is gone when not."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield beside
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
