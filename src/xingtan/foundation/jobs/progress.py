"""How far a running job is, told beside the database: inside the job's own transaction nobody else would see it."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings


def _place(public_id: str) -> Path:
    folder = Path(settings.HOME) / "progress"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / public_id


def note(public_id: str, done: int, total: int) -> None:
    """Whoever looks sees these counts."""
    fresh = _place(public_id + ".new")
    fresh.write_text(f"{done} {total}", encoding="ascii")
    fresh.replace(_place(public_id))


def noted(public_id: str) -> tuple[int, int] | None:
    """The counts noted last, or None."""
    with suppress(OSError, ValueError):
        done, total = _place(public_id).read_text(encoding="ascii").split()
        return int(done), int(total)
    return None


def is_fresh(public_id: str, seconds: int = 120) -> bool:
    """True when something was noted that lately: the work is alive, whatever became of those that wait for it."""
    with suppress(OSError):
        return time.time() - _place(public_id).stat().st_mtime < seconds
    return False


def forget(public_id: str) -> None:
    """The note is gone."""
    _place(public_id).unlink(missing_ok=True)
