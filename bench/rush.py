"""Opening morning over real HTTP: so many teachers press within so many seconds for the seats of so many quotas, open loop.

`python -m bench.rush [presses] [seats] [quotas] [sqlite|postgres] [seconds]`; without seconds 20,000 come within a minute. On PostgreSQL,
which waits for the disk, two servers share the presses, as behind a front proxy; a SQLite file has one. The raw limits stand beside, taken
in the same run on the same database: the same rows by plain SQL, one transaction a press, and the servers' answers to tokens that are none.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
THREADS = "64"
USUAL = ("2000", "500", "20", "postgres", "")


def main(words: list[str]) -> int:
    """The figures are on the terminal; 1 when a seat was given twice, lost or kept free while somebody waited."""
    presses, seats, quotas, engine, seconds = [*words, *USUAL[len(words) :]]
    home = tempfile.mkdtemp(prefix="xingtan-bench-")
    Path(home).chmod(0o755)
    os.environ |= {"XINGTAN_HOME": home, "DJANGO_SETTINGS_MODULE": "xingtan.config.settings", "PYTHONWARNINGS": "ignore"}
    os.environ["PYTHONPATH"] = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
    with ExitStack() as stack:
        if engine == "postgres":
            server = import_module("bench.statements").durable_server()
            stack.callback(server.stop)
            os.environ["XINGTAN_DATABASE_URL"] = server.url
        import_module("django").setup()
        import_module("xingtan.config.commands.setup").migrate()
        world = import_module("bench.rush_world")
        cast = world.build(int(presses), int(seats), int(quotas))
        raw = world.raw(cast, min(int(presses), 1_000))
        world.let_go()
        ports = [stack.enter_context(serving()) for _ in range(2 if engine == "postgres" else 1)]
        within = float(seconds or int(presses) * 60 / 20_000)
        lines, is_right = import_module("bench.rush_load").measured(cast, ports, within, raw)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 0 if is_right else 1


@contextmanager
def serving() -> Iterator[int]:
    """The port of a server that has answered once; it has stopped afterwards."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("xingtan")), "serve", "--port", str(port), "--threads", THREADS]
    with subprocess.Popen(command) as server:
        try:
            _wait(port)
            yield port
        finally:
            server.terminate()


def _wait(port: int) -> None:
    for _try in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
