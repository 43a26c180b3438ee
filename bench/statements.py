"""Statements a second through the store's door, against raw COPY and INSERT on the same database: `python -m bench.statements [seconds] [stored]`.

The load comes from threads of the same process, so the figures hold the load generator's own work; no HTTP is in them. A fresh SQLite
folder is used unless XINGTAN_DATABASE_URL names a PostgreSQL, or is `embedded`: then one is started whose commits wait for the disk.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path


def main(seconds: float = 4.0, stored: int = 0) -> list[str]:
    """Lines with the figures; before the measurement the store holds so many statements."""
    os.environ.setdefault("XINGTAN_HOME", tempfile.mkdtemp(prefix="xingtan-bench-"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "xingtan.config.settings"
    server = None
    if os.environ.get("XINGTAN_DATABASE_URL") == "embedded":
        server = durable_server()
        os.environ["XINGTAN_DATABASE_URL"] = server.url
    try:
        import_module("django").setup()
        for alias in import_module("django.db").connections:
            import_module("django.core.management").call_command("migrate", database=alias, verbosity=0)
        return list(import_module("bench.statements_load").figures(seconds, stored))
    finally:
        if server:
            server.stop()


def both(*words: str) -> list[str]:
    """The figures of both databases, each from a process of its own with a fresh folder."""
    lines = []
    for url in ("sqlite:///", "embedded"):
        home = tempfile.mkdtemp(prefix="xingtan-bench-")
        Path(home).chmod(0o755)
        environment = os.environ | {"XINGTAN_HOME": home, "XINGTAN_DATABASE_URL": url, "PYTHONWARNINGS": "ignore"}
        command = [sys.executable, "-m", "bench.statements", *words]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent)
        lines += [line for line in done.stdout.splitlines() if line.startswith("|")]
    return lines


def durable_server():  # noqa: ANN201 -- tools.postgres.Server
    """A PostgreSQL of its own that waits for the disk, as in production."""
    server = import_module("tools.postgres").start("")
    with import_module("psycopg").connect(server.url, autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = on")
        connection.execute("ALTER SYSTEM SET max_wal_size = '4GB'")
        connection.execute("ALTER SYSTEM SET shared_buffers = '512MB'")
        connection.execute("SELECT pg_reload_conf()")
    return server


if __name__ == "__main__":
    given = sys.argv[1:] + ["4", "0"][len(sys.argv) - 1 :]
    print(*main(float(given[0]), int(given[1])), sep="\n")
