"""What a rotation of keys set out to reach, written down before it begins, so that one that was killed goes on where it stopped."""

from __future__ import annotations

import json
from pathlib import Path

from . import store

PURPOSES = ("personal", "signing")
TOKENS = "tokens-*.pem"


def _place() -> Path:
    return store.keys_folder() / "rotation.json"


def under_way() -> dict[str, int]:
    """The versions that an unfinished rotation is to reach, {} when there is none."""
    place = _place()
    return {str(name): int(version) for name, version in json.loads(place.read_text()).items()} if place.exists() else {}


def set_out() -> dict[str, int]:
    """The versions that this rotation reaches: those of the one that was stopped, else each one more than now. They are on disk."""
    if wanted := under_way():
        return wanted
    wanted = {purpose: store.newest(purpose) + 1 for purpose in PURPOSES} | {"tokens": token_count() + 1}
    store.write_private(_place(), wanted)
    return wanted


def token_count() -> int:
    """How many keys for other sites' tokens there are."""
    return len(list(store.keys_folder().glob(TOKENS)))


def arrived() -> None:
    """The rotation is finished."""
    _place().unlink(missing_ok=True)
