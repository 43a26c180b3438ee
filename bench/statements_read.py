"""A teacher's last 100 statements through the store's door: `python -m bench.statements_read [stored] [seconds]`.

Each of stored / 500 teachers has 500 statements of about 1 kB, spread over the whole time, of three providers. Reads come from threads of
the same process through the WSGI application, so no HTTP is in the figures. A fresh SQLite folder is used unless XINGTAN_DATABASE_URL
names a PostgreSQL, or is `embedded`.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from importlib import import_module


def main(stored: int = 200_000, seconds: float = 4.0) -> list[str]:
    """Lines with the figures."""
    os.environ.setdefault("XINGTAN_HOME", tempfile.mkdtemp(prefix="xingtan-bench-"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "xingtan.config.settings"
    server = None
    if os.environ.get("XINGTAN_DATABASE_URL") == "embedded":
        server = import_module("bench.statements").durable_server()
        os.environ["XINGTAN_DATABASE_URL"] = server.url
    try:
        import_module("django").setup()
        for alias in import_module("django.db").connections:
            import_module("django.core.management").call_command("migrate", database=alias, verbosity=0)
        load = import_module("bench.statements_read_load")
        began = time.monotonic()
        load.fill(stored)
        return [f"filled with {stored:,} in {time.monotonic() - began:.0f} s", *load.figures(stored, seconds)]
    finally:
        if server:
            server.stop()


if __name__ == "__main__":
    given = sys.argv[1:] + ["200000", "4"][len(sys.argv) - 1 :]
    print(*main(int(given[0]), float(given[1])), sep="\n")
