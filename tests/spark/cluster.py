"""A standalone Spark cluster on loopback: one master and two workers, each a process of its own, started by `spark-class`."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import pyspark

LOOPBACK = "127.0.0.1"
SPARK_HOME = Path(pyspark.__file__).parent
WORKERS = 2
LONGEST_START = 60
SERVICES = ("sparkMaster", "MasterUI")
STARTED = re.compile(r"Successfully started service '(\w+)' on port (\d+)")
# For a worker's executors; master and workers themselves are held small by SPARK_DAEMON_MEMORY.
WORKER_MEMORY = "700m"
# Half the time on two cores: what runs for a minute only is not worth being compiled twice.
QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """The address of a running cluster with two live workers; logs and scratch lie in `folder`, and afterwards every process has ended."""
    started: list[subprocess.Popen[bytes]] = []
    try:
        started.append(_start("Master", ("--host", LOOPBACK, "--port", "0", "--webui-port", "0"), folder / "master"))
        _wait_until(lambda: len(_ports(folder)) == len(SERVICES), started, folder)
        port, page = (_ports(folder)[name] for name in SERVICES)
        url = f"spark://{LOOPBACK}:{port}"
        for number in range(WORKERS):
            words = ("--host", LOOPBACK, "--port", "0", "--webui-port", "0", "--cores", "1", "--memory", WORKER_MEMORY, url)
            started.append(_start("Worker", words, folder / f"worker-{number}"))
        _wait_until(lambda: live_workers(page) == WORKERS, started, folder)
        yield url
    finally:
        for process in reversed(started):
            _end(process)


def _start(what: str, options: Sequence[str], folder: Path) -> subprocess.Popen[bytes]:
    folder.mkdir()
    command = [str(SPARK_HOME / "bin" / "spark-class"), f"org.apache.spark.deploy.{what.lower()}.{what}", *options]
    given = {
        "SPARK_HOME": str(SPARK_HOME),
        "SPARK_LOCAL_IP": LOOPBACK,
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": QUICK_START,
    }
    given |= {"SPARK_LOCAL_DIRS": str(folder), "SPARK_WORKER_DIR": str(folder)}
    with (folder / "log").open("wb") as log:
        # A session of its own: the executors that a worker starts end with it.
        return subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, **given}, cwd=folder, start_new_session=True)


def _ports(folder: Path) -> dict[str, int]:
    """The ports that the master's services have found free, as far as its log says them."""
    return {name: int(port) for name, port in STARTED.findall((folder / "master" / "log").read_text(errors="replace")) if name in SERVICES}


def _wait_until(is_so: Callable[[], bool], started: Sequence[subprocess.Popen[bytes]], folder: Path) -> None:
    until = time.monotonic() + LONGEST_START
    while not is_so():
        if time.monotonic() > until or any(process.poll() is not None for process in started):
            logs = (path.read_text(errors="replace")[-2000:] for path in sorted(folder.glob("*/log")))
            raise RuntimeError("the cluster did not start:\n" + "\n".join(logs))
        time.sleep(0.1)


def live_workers(page: int) -> int:
    """How many workers the master says are alive; none while it does not answer."""
    with suppress(OSError, ValueError), urlopen(f"http://{LOOPBACK}:{page}/json/", timeout=5) as answer:
        return sum(worker["state"] == "ALIVE" for worker in json.load(answer)["workers"])
    return 0


def _end(process: subprocess.Popen[bytes]) -> None:
    """The process and what it started have ended."""
    for sent in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, sent)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
            if sent == signal.SIGKILL:
                return
    process.wait(timeout=10)
