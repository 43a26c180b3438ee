"""What `xingtan learned-time` takes, and its manual: the columns of the tables, with their units and ranges."""

from __future__ import annotations

import argparse
import textwrap
from pathlib import Path

WIDTH = 118
FORMS = """\
Three ways:

  xingtan learned-time --beats B.parquet [B2.parquet …] --openings O.csv --out DAYS.csv [--reasons R.csv] [--policy PACK]
      over tables, CSV or Parquet by the ending of each name, without any site or database: learned seconds per teacher,
      unit and day.

  xingtan learned-time --check
      over the database: every teacher's figures are counted anew from the raw record, table and archives, and compared.

  xingtan learned-time --archive
      over the database: the days that are older than the site keeps them leave the table as one signed file each.
      The background worker does the same every night.
"""
BEATS = {
    "teacher_id*": "a whole number",
    "session*": "the opening of a player that the beat belongs to, as in the table of openings; another one counts nothing",
    "seq*": "the beat's number in its session, rising; one that is not above the last is a replay",
    "received_at*": "epoch seconds of the server's clock",
    "local_on*": "the local day on which the server received it, 2026-09-01",
    "client_at*": "epoch seconds of the player's clock; it can only reduce what counts",
    "from_s*, to_s*": "the stretch of media played since the beat before, in seconds",
    "rate_centi": "playing speed, 100 = 1 × (100)",
    "is_visible": "whether the page was in the foreground (true)",
    "is_active": "whether something was done: turned, typed, chosen, scrolled (true)",
    "is_present": "whether a prompt was answered with it (false)",
}
OPENINGS = {
    "session*": "a text of its own; they sort in the order of their birth, as UUIDv7 do",
    "teacher_id*, unit_id*": "whole numbers",
    "opened_at*": "epoch seconds of the server's clock: no time before counts",
    "length_s*": "most seconds of one viewing of the unit",
    "rules": "the numbers of the rules in brackets, in the order max_rate_centi, slack_s, future_s, jitter_s, sessions_kept, "
    "day_cap_s, viewings, prompt_every_s, prompt_within_s, needs_activity; empty: those of --policy, or of the program",
    "is_effort": "whether the unit is a document or an exercise, which the policy may want signs of activity for (false)",
}
ANSWERS = """\
ANSWERS
  --out: teacher_id, unit_id, local_on, learned_s (whole seconds), sorted; days on which nothing counted are left out.
  --reasons: teacher_id, unit_id, reason, beats; the reasons are explained in docs/learned-time.md.
  The same tables give the same bytes.
"""
ORDER = """\
ORDER
  Beats stand in the order in which they arrived, at least those of one teacher among themselves. Fastest and in the least
  memory: each file by teacher, and by arrival within one.
"""
ENDING = """\
EXIT CODE
  0: all was done, or all figures agree. 1: --check found figures that differ; they are listed. 2: something is wrong with
  a table: every error is told with file, line, column, what was found and what was expected, and nothing was written.
"""
PROOF = """\
  The file holds the rules, the openings, every beat that could have mattered, and what the site made of them. All of it is
  counted anew here, by the rule's own text and without the site, and compared day by day; the signature says that the file
  is as the site gave it.

EXIT CODE
  0: the file is as the site signed it and counting it anew gives the same. 1: it does not. 2: it is no proof.
"""


def learned_time_options(parser: argparse.ArgumentParser) -> None:
    """The options of all three ways."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = FORMS
    parser.epilog = "\n".join([f"BEATS\n{_columns(BEATS)}", f"OPENINGS\n{_columns(OPENINGS)}", ORDER, ANSWERS, ENDING])
    files = parser.add_argument_group("over tables")
    files.add_argument("--beats", type=Path, nargs="+", metavar="FILE", help="the table of beats, one or several .csv or .parquet")
    files.add_argument("--openings", type=Path, nargs="+", metavar="FILE", help="the table of openings, likewise")
    files.add_argument("--out", type=Path, metavar="FILE", help="seconds per teacher, unit and day; it appears whole or not at all")
    files.add_argument("--reasons", type=Path, metavar="FILE", help="beats per teacher, unit and reason")
    files.add_argument("--policy", metavar="PACK", default="", help="a pack's code or a .toml file, for openings without rules")
    files.add_argument(
        "--engine", choices=("polars", "spark"), default="polars", help="polars: in this process (default); spark: Apache Spark"
    )
    files.add_argument("--spark-master", metavar="URL", default="local[2]", help="local[2] (default) or spark://host:port")
    base = parser.add_argument_group("over the database")
    base.add_argument("--check", action="store_true", help="compare every teacher's figures with the raw record")
    base.add_argument("--archive", action="store_true", help="move old days into signed files now")


def proof_options(parser: argparse.ArgumentParser) -> None:
    """What `xingtan proof` takes."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = PROOF
    parser.add_argument("act", choices=["check"], help="check a proof")
    parser.add_argument("file", type=Path, help="a proof as the site gave it")
    parser.add_argument(
        "--key", metavar="KEY", default="", help="the site's public key, as `xingtan doctor` and docs name it, to compare with"
    )
    parser.add_argument("--beats", action="store_true", help="say of every beat which real time it counted, or why it did not")


def _columns(columns: dict[str, str]) -> str:
    lines = []
    for name, text in columns.items():
        head = f"  {name:<23}"
        lines += textwrap.wrap(text, WIDTH, initial_indent=head, subsequent_indent=" " * len(head))
    return "\n".join(lines) + "\n"
