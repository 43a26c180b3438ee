"""All tests in stages: `python tools/stages.py [STAGE …]`. What could not run is named at the end; under CI=true that fails.

house and core need no database; the middle runs once on SQLite and once on PostgreSQL (`PG=15`: Debian's server instead of the
embedded one); journeys walk the pages in a real browser; spark has a cluster of its own on loopback.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools import browser, java  # noqa: E402 -- the line above makes it findable

TESTS = ROOT / "tests"
NO_DATABASE = ("core", "house")
BROWSER = ("journeys",)
SPARK = ("spark",)
NOTHING_COLLECTED = 5
# Seconds after which a stage hangs rather than works.
LONGEST = 2700
COUNTED = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed|deselected)")


@dataclass
class Stage:
    """A named pytest run, and how it ended."""

    name: str
    folders: tuple[str, ...]
    options: tuple[str, ...] = ()
    state: str = "not run"
    counts: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


def folders_of_the_middle() -> tuple[str, ...]:
    """Every folder of tests that no other stage runs: a new one runs without being listed."""
    others = {*NO_DATABASE, *BROWSER, *SPARK, "__pycache__"}
    return tuple(sorted(path.name for path in TESTS.iterdir() if path.is_dir() and path.name not in others))


def workers(share: str) -> tuple[str, ...]:
    """pytest-xdist's workers, one per core, at most four, and how they share; `WORKERS=0` runs in one process."""
    count = int(os.environ.get("WORKERS", min(os.cpu_count() or 1, 4)))
    return ("-n", str(count), "--dist", share) if count > 1 else ()


def all_stages() -> list[Stage]:
    """The stages in the order in which a mistake shows soonest."""
    middle, version = folders_of_the_middle(), os.environ.get("PG", "")
    postgres = ("--database=postgres", *([f"--postgres-version={version}"] if version else []))
    return [
        Stage("core", NO_DATABASE, ("-p", "no:django", *workers("worksteal"))),
        Stage("sqlite", middle, ("--database=sqlite", *workers("loadfile"))),
        Stage("postgres", middle, (*postgres, *workers("loadfile"))),
        Stage("spark", SPARK, ("-p", "no:django")),
        Stage("browser", BROWSER, ("--database=sqlite", *workers("loadfile"))),
    ]


def run(stage: Stage) -> None:
    """The stage's tests have run, their output is on the terminal, and the stage says how it ended."""
    paths = [f"tests/{name}" for name in stage.folders if (TESTS / name).is_dir()]
    if not paths:
        stage.state = "no tests"
        return
    print(f"\n——— {stage.name}: {' '.join(paths)} ———", flush=True)
    began = time.monotonic()
    command = [sys.executable, "-m", "pytest", *stage.options, *paths]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment()) as process:
        # As by Ctrl-C, so that pytest still ends what it started.
        bound = threading.Timer(LONGEST, process.send_signal, (signal.SIGINT,))
        bound.start()
        last = echo(process)
        bound.cancel()
    stage.seconds = time.monotonic() - began
    stage.counts.update({name.rstrip("s") if name == "errors" else name: int(count) for count, name in COUNTED.findall(last)})
    stage.state = {0: "passed", NOTHING_COLLECTED: "no tests"}.get(process.returncode, "FAILED")


def environment() -> dict[str, str]:
    """The caller's environment without settings that pytest-django would read before the database is chosen."""
    return {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}


def echo(process: subprocess.Popen[str]) -> str:
    """The process's output is on the terminal; the answer is its last line that counts tests."""
    last = ""
    for line in process.stdout or ():
        print(line, end="", flush=True)
        if COUNTED.search(line) and " in " in line:
            last = line
    return last


def why_not(stage: Stage) -> str | None:
    """What this stage needs and the machine cannot give, or None."""
    if stage.name == "browser" and (TESTS / "journeys").is_dir() and browser.find() is None:
        return "no Chromium, Chrome or Edge: install one, or name it in CHROMIUM"
    if stage.name == "spark" and (TESTS / "spark").is_dir():
        return why_no_spark()
    return None


def why_no_spark() -> str | None:
    """None when Spark can start: its packages are in this environment and there is a Java, both installed now if need be."""
    if java.find() is None:
        return f"no Java {java.OLDEST} or newer: install {java.PACKAGE}, or name its folder in JAVA_HOME"
    done = subprocess.run([sys.executable, "tools/bootstrap.py", "spark", "--no-build"], cwd=ROOT, check=False)
    return "requirements/spark.lock could not be installed" if done.returncode else None


def is_failure(stage: Stage) -> bool:
    """True when this stage's end must fail the whole: always for a failed one, under CI also for one that could not run."""
    return stage.state == "FAILED" or (stage.state.startswith("could not run") and os.environ.get("CI") == "true")


def total_line(stages: list[Stage]) -> str:
    """All stages as one line in pytest's words."""
    total: Counter[str] = sum((stage.counts for stage in stages), Counter())
    words = ", ".join(f"{total[name]} {name}" for name in ("failed", "error", "passed", "skipped", "deselected") if total[name])
    return f"===== {words or 'no tests ran'} in {sum(stage.seconds for stage in stages):.1f}s ====="


def report(stages: list[Stage]) -> int:
    """The end of the output: each stage, what could not run, and one line for all. The exit code."""
    print("\n——— all stages ———")
    for stage in stages:
        counts = ", ".join(f"{count} {name}" for name, count in stage.counts.items())
        print(f"{stage.name:10} {stage.state:10} {stage.seconds:6.1f} s  {counts}")
    print(total_line(stages))
    has_run = any(stage.counts["passed"] for stage in stages)
    return 1 if not has_run or any(map(is_failure, stages)) else 0


def main(names: list[str]) -> int:
    """The named stages, or all of them, one after the other."""
    stages = [stage for stage in all_stages() if not names or stage.name in names]
    for stage in stages:
        if problem := why_not(stage):
            stage.state = f"could not run: {problem}"
            print(f"\n——— {stage.name}: {stage.state} ———", flush=True)
        else:
            run(stage)
    return report(stages)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
