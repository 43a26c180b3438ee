"""The migrated SQLite files of an earlier run, taken again as long as nothing that makes them has changed.

Kept under the system's temporary folder by a digest of every migration, of what migrations import, and of the locked packages;
`XINGTAN_TEST_CACHE=no` migrates anew.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
import uuid
from pathlib import Path

from django.conf import settings
from django.db import connections

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "xingtan"
# What migrations import: a change there may change what they make.
IMPORTED = ("foundation/db/*.py", "foundation/ledger/*.py", "domains/teachers/sets/pinyin.py", "domains/teachers/finding/tokens.py")
KEPT = 6


def _digest() -> str:
    files = [*SOURCE.glob("**/migrations/*.py"), *(place for pattern in IMPORTED for place in SOURCE.glob(pattern))]
    said = hashlib.sha256((ROOT / "requirements" / "dev.lock").read_bytes() + sqlite3.sqlite_version.encode())
    said.update(repr(settings.INSTALLED_APPS).encode())
    for place in sorted([*files, Path(__file__)]):
        said.update(f"{place.relative_to(ROOT)}\n".encode() + place.read_bytes())
    return said.hexdigest()[:32]


def _folder(wanted: str) -> Path:
    return Path(tempfile.gettempdir()) / f"xingtan-migrated-{os.getuid()}" / wanted


def taken(names: dict[str, str]) -> bool:
    """The databases of these aliases stand at these places, migrated; False where there are none to take."""
    place = _folder(_digest())
    if os.environ.get("XINGTAN_TEST_CACHE") == "no" or not place.is_dir() or place.stat().st_uid != os.getuid():
        return False
    os.utime(place)
    for alias, name in names.items():
        shutil.copyfile(place / f"{alias}.sqlite3", name)
    return True


def begin() -> None:
    """The files of this process's own empty site stand as an earlier run of the tests migrated them, where there was one."""
    names = {alias: str(one["NAME"]) for alias, one in connections.settings.items() if one["ENGINE"].endswith("sqlite3")}
    if names and not any(Path(name).exists() for name in names.values()):
        taken(names)


def keep(names: dict[str, str]) -> None:
    """These files are there for later runs; the oldest ones go."""
    place = _folder(_digest())
    place.parent.mkdir(mode=0o700, exist_ok=True)
    fresh = place.with_name(f".{uuid.uuid4().hex}")
    fresh.mkdir(mode=0o700)
    for alias, name in names.items():
        shutil.copyfile(name, fresh / f"{alias}.sqlite3")
    try:
        fresh.rename(place)
    except OSError:  # another worker was first
        shutil.rmtree(fresh)
    for old in sorted(place.parent.iterdir(), key=lambda one: one.stat().st_mtime, reverse=True)[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
