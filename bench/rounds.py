"""Measurements that are processes of their own, so that their memory is their own; the best of some rounds, taken in turns."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

ROUNDS = 3
Answer = dict[str, float]


def rounds(module: str, limit: str, whole: str, folder: Path) -> tuple[Answer, Answer]:
    """The best round of `python -m module limit folder` and of `… whole folder`; the peak is the highest of all."""
    taken: dict[str, list[Answer]] = {limit: [], whole: []}
    for _ in range(ROUNDS):
        for what, answers in taken.items():
            told = subprocess.run([sys.executable, "-m", module, what, str(folder)], capture_output=True, text=True, check=True)
            answers.append(json.loads(told.stdout))
    least, best = (min(answers, key=lambda answer: answer["cpu"]) for answers in taken.values())
    return least, best | {"peak": max(answer["peak"] for answer in taken[whole])}


def spent() -> float:
    """Processor seconds of this process so far, all threads."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def peak() -> float:
    """The most memory that this process had, in MiB; `ru_maxrss` would remember the process that started it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
