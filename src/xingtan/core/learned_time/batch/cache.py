"""Where compiled code is kept between runs."""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import numba


def cache_folder(texts: Iterable[Path], base: Path | None = None) -> Path:
    """Where compiled code is kept for this user: named by the texts it was made of, or made anew.

    What is kept is code that will be run. So a folder that another user made or may write to is left alone, and one of this process's own taken.
    """
    digest = hashlib.sha256(numba.__version__.encode())
    for place in texts:
        digest.update(place.read_bytes())
    mine = (base or Path(tempfile.gettempdir())) / f"xingtan-{os.getuid()}"
    folder = mine / f"learned-time-{digest.hexdigest()[:16]}"
    for one in (mine, folder):
        one.mkdir(mode=0o700, exist_ok=True)
        found = one.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o022:
            return _own_folder()
    return folder


@lru_cache(maxsize=1)
def _own_folder() -> Path:
    """A folder that is gone when this process ends."""
    made = Path(tempfile.mkdtemp(prefix="xingtan-compiled-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made
