"""Evidence as the engines read it: Parquet of whole numbers, and the few texts that the numbers stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from xingtan.core.policy.slots import Kind, ResultKind

ROSTER = {
    "teacher": pl.Int64, "item": pl.Int64, "hired_day": pl.Int64, "retires_day": pl.Int64, "left_day": pl.Int64, "arrived_day": pl.Int64,
}  # fmt: skip
ACTIVITIES = {"teacher": pl.Int64, "year": pl.Int16, "kind": pl.Int32, "amount": pl.Int64, "source": pl.Int64}
RESULTS = {"teacher": pl.Int64, "year": pl.Int16, "kind": pl.Int32, "score": pl.Int64}
FACTS = {"teacher": pl.Int64, "kind": pl.Int32, "from_day": pl.Int64, "to_day": pl.Int64}
LAYOUT: Mapping[str, Mapping[str, type[pl.DataType]]] = {"roster": ROSTER, "activities": ACTIVITIES, "results": RESULTS, "facts": FACTS}


@dataclass(frozen=True)
class StoredEvidence:
    """Tables that were read and found well: `folder` has a folder of Parquet for each of `LAYOUT`.

    Days are ordinals, amounts hundredths of their own unit, scores hundredths of a point and -1 for none. `cycle` are its training
    years, `earliest` is the first of them that the tables tell of.
    """

    folder: Path
    cycle: tuple[int, ...]
    earliest: int
    teachers: pl.DataFrame
    kinds: tuple[Kind, ...]
    result_kinds: tuple[ResultKind, ...]
    fact_kinds: tuple[tuple[str, str], ...]
    rows: Mapping[str, int]

    def scan(self, name: str) -> pl.LazyFrame:
        """One table of `LAYOUT`, not read yet."""
        return pl.scan_parquet(self.folder / name / "*.parquet")
