"""A program of its own that keeps a day of beats as Parquet and reads it again, for polars has no place in a process that serves pages.

`python -m xingtan.core.learned_time.batch.archive press DAY.csv DAY.parquet` writes the file and answers how many rows it has;
`… read TEACHER FILE…` answers the teacher's rows of these files, one JSON list a line, in the order of arrival. The same rows give the same bytes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Final

import polars as pl

from xingtan.core.learned_time.batch.layout import BEATS

ARCHIVED: Final = {"number": pl.Int64(), "unit_id": pl.Int64(), **BEATS, "counted_s": pl.Int32(), "reason": pl.String()}
ROWS_AT_ONCE: Final = 131_072


def press(source: Path, target: Path) -> int:
    """The rows of the CSV stand in the Parquet file by teacher, each one's in the order of arrival; how many."""
    text = pl.scan_csv(source, schema={name: pl.Int8() if kind == pl.Boolean() else kind for name, kind in ARCHIVED.items()})
    typed = text.select(pl.col(name).cast(kind) for name, kind in ARCHIVED.items()).sort("teacher_id", "number")
    typed.sink_parquet(target, compression="zstd", compression_level=9, statistics=True, row_group_size=ROWS_AT_ONCE, maintain_order=True)
    return int(pl.scan_parquet(target).select(pl.len()).collect().item())


def read(teacher_id: int, files: list[Path]) -> pl.DataFrame:
    """The teacher's rows of these files, in the order of arrival."""
    return pl.scan_parquet(files).filter(pl.col("teacher_id") == teacher_id).select(*ARCHIVED).sort("number").collect()


def main(words: list[str]) -> int:
    """One of the two acts of this program."""
    if words[0] == "press":
        sys.stdout.write(json.dumps(press(Path(words[1]), Path(words[2]))))
        return 0
    for row in read(int(words[1]), [Path(word) for word in words[2:]]).with_columns(pl.col("local_on").cast(pl.String)).iter_rows():
        sys.stdout.write(f"{json.dumps(row)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
