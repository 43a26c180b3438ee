"""A program of its own that reads a Parquet file and writes its rows as `unpack` does: `python -m xingtan.foundation.files.unpack_parquet FILE`.

Polars takes a hundred megabytes and a pool of threads that no page-serving process should hold; they go back when this one ends.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

# Before polars is imported: it reads then how many threads it may have.
os.environ.setdefault("POLARS_MAX_THREADS", "1")

import polars as pl

from xingtan.foundation.files.unpack import Unreadable, lines, plain

MOST_ROWS = 2_000_000
MOST_COLUMNS = 200
ROWS_AT_ONCE = 20_000


def parquet_rows(path: Path) -> Iterator[object]:
    """The head, the headings as the first row, then the rows with their numbers as a workbook would show them."""
    try:
        table = pl.scan_parquet(path)
        names = table.collect_schema().names()
        total = int(table.select(pl.len()).collect().item())
    except (pl.exceptions.PolarsError, OSError) as broken:
        raise Unreadable("file_not_parquet") from broken
    if total > MOST_ROWS or len(names) > MOST_COLUMNS:
        raise Unreadable("file_unpacks_too_large")
    yield {"sheets": [], "merged": []}
    yield [1, *names]
    try:
        for start in range(0, total, ROWS_AT_ONCE):
            for number, row in enumerate(table.slice(start, ROWS_AT_ONCE).collect().iter_rows(), start=start + 2):
                yield [number, *("" if cell is None else plain(cell) for cell in row)]
    except pl.exceptions.PolarsError as broken:
        raise Unreadable("file_not_parquet") from broken


def main(path: str) -> None:
    """Everything readable is written to standard output; a refusal is its first line, or its last."""
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n")
    try:
        for line in lines(parquet_rows(Path(path))):
            out.write(line + "\n")
    except Unreadable as refused:
        out.write(json.dumps({"refused": str(refused)}) + "\n")
    except MemoryError:
        out.write(json.dumps({"refused": "file_unpacks_too_large"}) + "\n")
    out.flush()


if __name__ == "__main__":
    main(sys.argv[1])
