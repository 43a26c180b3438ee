"""`make bench`: the figures of docs/benchmarks.md, each beside a limit measured in the same run, appended there with day and versions.

A province is determined in processes of its own (`bench/determination.py`). The rest runs in one process against a fresh folder; the
demonstration county is loaded first, and that is a figure too.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PAPER = ROOT / "docs" / "benchmarks.md"
HEAD = """# Figures

Made by `make bench`; each run appends a part. A figure is read by its ratio to the limit beside it, measured in the same run: the machine
is shared and its speed changes from hour to hour. What is aimed at stands in the issue and in the design's performance page.
"""


def main() -> int:
    """The figures are on the terminal and in the paper."""
    os.environ["XINGTAN_HOME"] = tempfile.mkdtemp(prefix="xingtan-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "xingtan.config.settings"
    import_module("django").setup()
    import_module("xingtan.config.commands.setup").migrate()
    lines = [
        line for part in ("determination", "learned_time", "county", "pages", "acts") for line in import_module(f"bench.{part}").figures()
    ]
    lines.append(f"| heartbeats through the recorder's door | {import_module('bench.beats_load').figures(4.0, 32)} | | |")
    lines.extend(import_module("bench.statements").both("4", "200000"))
    lines.extend(import_module("bench.statements_http").apart())
    for part in ("rosters", "reviews"):
        lines.extend(import_module(f"bench.{part}").figures())
    text = "\n".join([title(), "", "| what | measured | limit beside it | ratio |", "|---|---|---|---|", *lines, ""])
    sys.stdout.write(text)
    if not PAPER.exists():
        PAPER.write_text(HEAD, encoding="utf-8")
    with PAPER.open("a", encoding="utf-8") as paper:
        paper.write(f"\n{text}")
    return 0


def title() -> str:
    """Day, versions and how busy the machine was."""
    django, sqlite = import_module("django").get_version(), import_module("sqlite3").sqlite_version
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    day = datetime.now(UTC).date().isoformat()
    polars = import_module("polars").__version__
    programs = f"Python {platform.python_version()} · Django {django} · SQLite {sqlite} · Polars {polars}"
    return f"## {day} · {programs} · {os.cpu_count()} cores · load {load}"


if __name__ == "__main__":
    sys.exit(main())
