"""Heartbeats a second through the recorder's door, against raw upserts on the same database: `python -m bench.beats [seconds] [players]`.

The load comes from threads of the same process, so the figure holds the load generator's own work; no HTTP is in it. A fresh SQLite
folder is used unless XINGTAN_DATABASE_URL names a PostgreSQL.
"""

from __future__ import annotations

import os
import sys
import tempfile
from importlib import import_module


def main(seconds: float = 4.0, players: int = 32) -> str:
    """One line with the figures."""
    os.environ.setdefault("XINGTAN_HOME", tempfile.mkdtemp(prefix="xingtan-bench-"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "xingtan.config.settings"
    import_module("django").setup()
    for alias in import_module("django.db").connections:
        import_module("django.core.management").call_command("migrate", database=alias, verbosity=0)
    return str(import_module("bench.beats_load").figures(seconds, players))


if __name__ == "__main__":
    given = sys.argv[1:] + ["4", "32"][len(sys.argv) - 1 :]
    print(main(float(given[0]), int(given[1])))
