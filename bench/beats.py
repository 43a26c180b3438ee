"""Heartbeats a second through the recorder's door, against raw upserts on the same database.

`python -m bench.beats [--seconds 4] [--players 32] [--minutes 10]`

The load comes from threads of the same process, so the figure holds the load generator's own work; no HTTP is in it. A fresh SQLite
folder is used unless XINGTAN_DATABASE_URL names a PostgreSQL, or is `embedded`: then one is started whose commits wait for the disk.
With `--minutes` the load goes on for so long and the memory of the process is told as it goes.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from importlib import import_module


def main(words: list[str]) -> int:
    """The figures are on the terminal."""
    chosen = _chosen(words)
    os.environ.setdefault("XINGTAN_HOME", tempfile.mkdtemp(prefix="xingtan-bench-"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "xingtan.config.settings"
    server = import_module("bench.statements").durable_server() if os.environ.get("XINGTAN_DATABASE_URL") == "embedded" else None
    if server:
        os.environ["XINGTAN_DATABASE_URL"] = server.url
    try:
        import_module("django").setup()
        for alias in import_module("django.db").connections:
            import_module("django.core.management").call_command("migrate", database=alias, verbosity=0)
        load = import_module("bench.beats_load")
        lines = load.memory(chosen.minutes, chosen.players) if chosen.minutes else [load.figures(chosen.seconds, chosen.players)]
        sys.stdout.writelines(f"{line}\n" for line in lines)
    finally:
        if server:
            server.stop()
    return 0


def _chosen(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.beats", description="heartbeats a second against raw upserts")
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--players", type=int, default=32)
    parser.add_argument("--minutes", type=float, default=0.0, help="load for so long and tell the memory instead")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
