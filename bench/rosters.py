"""A province's roster: from xlsx and CSV, unchanged, one in a hundred changed, undone; rows a second and memory, each in a process of its own.

    python -m bench.rosters [TEACHERS]            in a fresh folder, on SQLite
    XINGTAN_DATABASE_URL=… python -m bench.rosters …   on a fresh PostgreSQL database

The raw limit beside it is inserting the very same rows (accounts, teachers, roles, facts, tokens, indexes) without any reading, checking or
encryption, into the tables as full as they are then.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BEGAN = datetime(2026, 9, 10, 4, tzinfo=UTC)
SAMPLE = 20_000
STEPS = (
    ("new, from xlsx", "import", "whole.xlsx", "raw"),
    ("unchanged, from xlsx", "import", "whole.xlsx", "read"),
    ("unchanged, from CSV", "import", "whole.csv", "read"),
    ("1 % changed, from CSV", "import", "changed.csv", "read"),
    ("the changed undone", "undo", "", ""),
    ("the new undone", "undo", "", ""),
    ("new, from CSV", "import", "whole.csv", "raw"),
)


def figures(teachers: int = 36_000) -> list[str]:
    """The lines of the paper, measured in a fresh folder by other processes."""
    command = [sys.executable, "-m", "bench.rosters", str(teachers)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip().splitlines()


def main(teachers: int) -> None:
    """Prepare a folder with files, then take each step in a process of its own and say what it took."""
    home = Path(tempfile.mkdtemp(prefix="xingtan-bench-"))
    os.environ["XINGTAN_HOME"] = str(home)
    step("prepare", str(teachers))
    rows = teachers
    for name, act, file, beside in STEPS:
        told = step(act, str(home / file) if file else "", str(STEPS.index((name, act, file, beside))))
        limit = step(beside, str(home / file), str(rows)) if beside else {}
        peak = f"{told['peak']:.0f} MiB, its child {told['child']:.0f} MiB"
        done = f"{told['rows']:,} in {told['seconds']:.1f} s, {told['rows'] / told['seconds']:,.0f}/s; {peak}"
        about = f"{limit['what']}: {limit['rate']:,.0f}/s" if limit else ""
        ratio = f"{limit['rate'] * told['seconds'] / told['rows']:.1f}" if limit else ""
        sys.stdout.write(f"| roster, {name} | {done} | {about} | {ratio} |\n")
        sys.stdout.flush()


def step(name: str, *given: str) -> dict[str, Any]:
    """What the step's process says at its end."""
    command = [sys.executable, "-m", "bench.rosters", "--step", name, *given]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def set_up() -> None:
    """Django knows the folder."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xingtan.config.settings")
    import_module("django").setup()


def prepare(teachers: str) -> dict[str, Any]:
    """The tree stands and the three files lie there."""
    import_module("xingtan.config.commands.setup").migrate()
    import_module("bench.rosters_files").make(Path(os.environ["XINGTAN_HOME"]), int(teachers))
    return {}


def take(path: str, number: str) -> dict[str, Any]:
    """The file is imported."""
    rosters, roles = import_module("xingtan.domains.rosters.api"), import_module("xingtan.foundation.people.roles")
    began = time.perf_counter()
    done = rosters.import_roster(actor=roles.OPERATOR, path=Path(path), now=BEGAN + timedelta(days=int(number)))
    return {"rows": done.plan.total, "seconds": time.perf_counter() - began, "counts": done.counts, **memory()}


def undo(_path: str, number: str) -> dict[str, Any]:
    """The newest batch that stands is undone."""
    rosters, roles = import_module("xingtan.domains.rosters.api"), import_module("xingtan.foundation.people.roles")
    batch = rosters.RosterBatch.everywhere.filter(state="written").order_by("-pk").first()
    written, began = rosters.written_of([batch.pk])[batch.pk], time.perf_counter()
    now = BEGAN + timedelta(days=int(number))
    rosters.undo_batch(actor=roles.OPERATOR, batch_id=batch.public_id, reason="bench", now=now, tell=lambda _done, _total: None)
    return {"rows": written.new + written.changed, "seconds": time.perf_counter() - began, **memory()}


def memory() -> dict[str, float]:
    """Peak memory of this process and of its largest child, in MiB; ours without the pages of the database's file that the system lends."""
    return {"peak": OWN.peak / 1024, "child": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024}


class Own(threading.Thread):
    """The most memory of its own (RssAnon, in KiB) that this process was seen to have, looked at ten times a second."""

    peak = 0

    def run(self) -> None:
        """Looks until the process ends."""
        while True:
            status = Path("/proc/self/status").read_text(encoding="ascii")
            self.peak = max(self.peak, int(status.partition("RssAnon:")[2].split()[0]))
            time.sleep(0.1)


OWN = Own(daemon=True)


def read(path: str, _rows: str) -> dict[str, Any]:
    """How fast the file is read when nothing is done with its rows."""
    sheets, began, count = import_module("xingtan.foundation.files.sheets"), time.perf_counter(), 0
    with sheets.open_sheet(Path(path)) as sheet:
        count = sum(1 for _row in sheet.rows)
    return {"what": "reading alone", "rate": count / (time.perf_counter() - began)}


def raw(_path: str, _rows: str) -> dict[str, Any]:
    """How fast the very same rows go into the very same tables, ready made: a sample of 20,000 teachers, rolled back."""
    return {"what": "the same rows inserted", "rate": import_module("bench.rosters_raw").rate(SAMPLE)}


def lines() -> Iterator[str]:
    """For `make bench`."""
    yield from figures()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--step"]:
        OWN.start()
        set_up()
        acts: dict[str, Callable[..., dict[str, Any]]] = {"prepare": prepare, "import": take, "undo": undo, "read": read, "raw": raw}
        sys.stdout.write(json.dumps(acts[sys.argv[2]](*sys.argv[3:])) + "\n")
    else:
        main(int((sys.argv[1:] or ["36000"])[0]))
