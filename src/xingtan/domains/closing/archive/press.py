"""A program of its own that presses CSV tables into Parquet: `python -m xingtan.domains.closing.archive.press FOLDER`.

Polars takes a hundred megabytes and a pool of threads that no page-serving process should hold; they go back when this one ends.
The same rows give the same bytes: sorted as they come, one layout, no hour of making in the files.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import polars as pl

NUMBERS = {"teacher_id": pl.Int64(), "year": pl.Int16(), "source_id": pl.Int64(), "passed": pl.Int8()}
DAYS = frozenset({"hired_on", "retires_on", "left_on", "from", "to", "on_date"})
AMOUNT = pl.Decimal(18, 2)
WORDS = frozenset(
    {
        "category", "name", "value", "component", "tier", "mode", "topic", "activity", "unit", "result", "role", "status", "assessment",
        "verdict", "reasons",
    }
)  # fmt: skip
ROWS_AT_ONCE = 262_144


def typed(column: str) -> pl.Expr:
    """The column in its type: whole numbers, days, words; everything else is an amount in hundredths."""
    text = pl.col(column)
    if column in DAYS:
        return text.str.to_date("%Y-%m-%d")
    if column in NUMBERS:
        return text.cast(NUMBERS[column])
    return text if column in WORDS else text.cast(AMOUNT)


def press(folder: Path) -> dict[str, int]:
    """Beside every `*.csv` of the folder stands its Parquet file; returns how many rows each has."""
    counted = {}
    for source in sorted(folder.glob("*.csv")):
        text = pl.scan_csv(source, infer_schema=False)
        table = text.select(typed(name) for name in text.collect_schema().names())
        target = source.with_suffix(".parquet")
        table.sink_parquet(
            target, compression="zstd", compression_level=9, statistics=True, row_group_size=ROWS_AT_ONCE, maintain_order=True
        )
        counted[source.stem] = int(pl.scan_parquet(target).select(pl.len()).collect().item())
    return counted


def main() -> int:
    """The folder named on the command line is pressed; its counts are written as one line of JSON."""
    sys.stdout.write(json.dumps(press(Path(sys.argv[1]))))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
