"""Statements a second over HTTP: `xingtan recorder` with its processes, PostgreSQL that waits for the disk, and the load on the same machine.

`python -m bench.statements_http [seconds] [workers]`; the last figure is the memory of all recording processes together.
"""

from __future__ import annotations

import itertools
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
with socket.create_server(("127.0.0.1", 0)) as free:
    PORT = free.getsockname()[1]


def main(seconds: float = 5.0, workers: int = 2) -> list[str]:
    """Rows of the table."""
    home = tempfile.mkdtemp(prefix="xingtan-bench-")
    Path(home).chmod(0o755)
    os.environ |= {"XINGTAN_HOME": home, "DJANGO_SETTINGS_MODULE": "xingtan.config.settings", "PYTHONWARNINGS": "ignore"}
    os.environ["PYTHONPATH"] = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
    server = import_module("bench.statements").durable_server()
    os.environ["XINGTAN_DATABASE_URL"] = server.url
    try:
        prepare = [sys.executable, str(ROOT / "tests/domains/recording/prepare.py")]
        key = subprocess.run(prepare, check=True, capture_output=True, text=True).stdout.split("\n")[-2]
        command = [str(Path(sys.executable).with_name("xingtan")), "recorder", "--port", str(PORT), "--workers", str(workers)]
        with subprocess.Popen(command) as recorder:
            try:
                _wait()
                return list(_rows(seconds, workers, key, recorder.pid))
            finally:
                recorder.terminate()
    finally:
        server.stop()


def apart() -> list[str]:
    """The rows from a process of its own, which has read no settings yet."""
    done = subprocess.run([sys.executable, "-m", "bench.statements_http"], capture_output=True, text=True, check=True, cwd=ROOT)
    return [line for line in done.stdout.splitlines() if line.startswith("|")]


def _rows(seconds: float, workers: int, key: str, pid: int) -> Iterator[str]:
    load = import_module("bench.statements_load_text")
    for size, senders in ((100, 8), (1, 32)):
        rate, slow = loaded(seconds, size, senders, key, load.body)
        yield (
            f"| over HTTP, {workers} recorders, {'batches of 100' if size > 1 else 'one a request'} | {rate:,.0f} statements/s,"
            f" p99 {slow:.0f} ms, {senders} senders, {memory(pid) / 1024:.0f} MiB | | |"
        )


def _wait() -> None:
    for _try in range(200):
        try:
            socket.create_connection(("127.0.0.1", PORT), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError


def memory(pid: int) -> int:
    """KiB that the process and those it started hold, what they share counted once (PSS)."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    total = 0
    for one in (pid, *children):
        lines = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii").splitlines()
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total


def loaded(seconds: float, size: int, senders: int, key: str, body) -> tuple[float, float]:  # noqa: ANN001 -- a function of a size
    """Statements a second, and the slowest hundredth of the requests in milliseconds."""
    head = f"POST /xapi/statements HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {key}\r\nX-Experience-API-Version: 1.0.3\r\n"
    head += "Content-Type: application/json\r\nContent-Length: "
    bodies = [body(size) for _ in range(int(seconds * (200 if size > 1 else 5_000)))]
    asked = [head.encode() + str(len(one)).encode() + b"\r\n\r\n" + one for one in bodies]
    place, took, stop = itertools.count(), [], time.monotonic() + seconds
    threads = [threading.Thread(target=_send, args=(asked, place, stop, took)) for _ in range(senders)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(took) * size / (time.monotonic() - began), statistics.quantiles(took, n=100)[98] * 1000


def _send(asked: list[bytes], place: Iterator[int], stop: float, took: list[float]) -> None:
    """One connection that sends its next request as soon as the last is acknowledged."""
    with socket.create_connection(("127.0.0.1", PORT)) as line:
        while time.monotonic() < stop and (at := next(place)) < len(asked):
            began = time.perf_counter()
            line.sendall(asked[at])
            answer = line.recv(65_536)
            if not answer.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(answer[:200])
            while b"\r\n\r\n" not in answer or not answer.endswith(b"]"):
                answer += line.recv(65_536)
            took.append(time.perf_counter() - began)


if __name__ == "__main__":
    given = sys.argv[1:] + ["5", "2"][len(sys.argv) - 1 :]
    print(*main(float(given[0]), int(given[1])), sep="\n")
