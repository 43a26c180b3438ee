"""What `xingtan determine` takes, and its manual: the columns of the tables, with their units and ranges."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from xingtan.core.determination.tables.layout import REQUIRED, TABLES, VERDICTS

ENGINES = ("polars", "spark")
WIDTH = 118
FORMS = """\
Two ways:

  xingtan determine --year 2026 [--within CODE] [--policy PACK] [--cycle] [--dry-run]
      over the database: the verdicts of a training year for a branch of the tree. With --dry-run nothing is written:
      it says how many verdicts there would be, and who would change and why; with --policy under another pack.

  xingtan determine --policy PACK_OR_FILE (--year 2011 | --cycle) --teachers T.csv --activities A.csv --results R.csv
                    [--facts F.csv] --out V.csv
      over tables, CSV or Parquet by the ending of each name, without any database.
"""
NOTES = """\
TABLES
  CSV has a header in the first line, in any order and case of the names, and commas (tabs and semicolons are taken too);
  UTF-8 or GBK, with or without a signature, any line end. Columns marked * must be there; another one that is missing is
  empty throughout, and one that is not named here is refused. What does not apply stays empty. Codes are those that
  `xingtan policy show PACK` lists, or their Chinese or English names. Full-width digits and spaces around do no harm.
  Days: 2011-09-01, 2011/9/1, 2011.9.1, 20110901, 2011年9月1日, or the number that a spreadsheet keeps for a day.
  In Parquet the columns may be text, whole numbers, decimals, dates or true and false.
"""
ANSWERS = """\
VERDICTS
  in the file of --out, sorted by teacher, then year:
"""
ENDING = """\
  Amounts have two decimals and are in the pack's unit, hours or credits. After them comes a column for each bucket of the
  pack (a component without buckets is one) with what is recognised in it. The same tables give the same bytes.

YEARS
  All rows belong to one cycle of the pack: that of --year, or of the first year that the tables name. With --year the
  earlier years of the cycle that the tables tell of are judged too, for what they owe and hand on; later ones are not.
  With --cycle every year of the cycle is judged, and each teacher has one more row with the year `cycle`.
  Missing or contradictory facts give the verdict undetermined with the reason, never a guess.

EXIT CODE
  0: all was done. 2: something is wrong with the pack or a table. Every error is told with file, line, column, what was
  found and what was expected (the first hundred of them, and how many there are); then no file was written or changed.

EXAMPLE
  docs/determine.md works a small region on two pages.
"""


def determine_options(parser: argparse.ArgumentParser) -> None:
    """The options of both ways; over tables is meant when any of the tables is named."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = FORMS
    parser.epilog = manual()
    parser.add_argument("--policy", metavar="PACK", default="", help="a pack's code (`xingtan policy list`) or a .toml file")
    parser.add_argument("--year", type=int, help="the training year, named by the calendar year it starts in")
    parser.add_argument("--cycle", action="store_true", help="every year of the cycle, and the cycle itself")
    parser.add_argument("--on", type=_day, metavar="DAY", help="the day on which is judged (today): what is still open then is in_progress")
    parser.add_argument("--engine", choices=ENGINES, default="polars", help="polars: in this process (default); spark: Apache Spark")
    parser.add_argument(
        "--spark-master",
        metavar="URL",
        default="local[2]",
        help="local[2] (default) or spark://host:port of a cluster that sees the same files",
    )
    base = parser.add_argument_group("over the database")
    base.add_argument("--within", metavar="CODE", default="", help="only this city or county (division code)")
    base.add_argument("--dry-run", action="store_true", help="say what would change, write nothing")
    files = parser.add_argument_group("over tables")
    for name, more in (("teachers", ""), ("activities", ""), ("results", ""), ("facts", "; may be left out")):
        files.add_argument(f"--{name}", type=Path, metavar="FILE", help=f"the table of {name}, .csv or .parquet{more}")
    files.add_argument("--out", type=Path, metavar="FILE", help="the verdicts, .csv or .parquet; it appears whole or not at all")
    files.add_argument("--summary", type=Path, metavar="FILE", help="counts, digests and versions as JSON")
    files.add_argument(
        "--explain", metavar="TEACHER", help="also say for this teacher how each verdict came about, and what would make it qualified"
    )


def is_over_tables(chosen: argparse.Namespace) -> bool:
    """Whether these words ask for the tables' way."""
    return any(getattr(chosen, name, None) is not None for name in (*TABLES, "out", "summary", "explain"))


def manual() -> str:
    """The columns of every table."""
    return "\n".join(
        [NOTES, *(_table(name, columns, REQUIRED[name]) for name, columns in TABLES.items()), ANSWERS + _columns(VERDICTS), ENDING]
    )


def _table(name: str, columns: Mapping[str, str], required: frozenset[str]) -> str:
    return f"{name.upper()}\n{_columns(columns, required)}"


def _columns(columns: Mapping[str, str], required: frozenset[str] = frozenset()) -> str:
    lines = []
    for name, text in columns.items():
        head = f"  {name + ('*' if name in required else ''):<14}"
        lines += textwrap.wrap(text, WIDTH, initial_indent=head, subsequent_indent=" " * len(head))
    return "\n".join(lines) + "\n"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day as 2011-09-01") from None
