"""The key ring: a folder beside the data, never in the database nor in its backup."""

from __future__ import annotations

import json
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from django.conf import settings

RETIRED = "-retired"


def keys_folder() -> Path:
    """The folder of the key ring; it exists afterwards and only its owner may enter."""
    folder = Path(settings.HOME) / "keys"
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


@lru_cache(maxsize=8)
def ring(purpose: str) -> dict[int, bytes]:
    """All versions of a purpose's 256-bit key, the newest last; the first is made when there is none."""
    place = keys_folder() / f"{purpose}.json"
    if not place.exists():
        _write_first(place, {"1": b64encode(secrets.token_bytes(32)).decode()})
    return _read(place)


def _read(place: Path) -> dict[int, bytes]:
    return {int(version): b64decode(key) for version, key in sorted(json.loads(place.read_text()).items(), key=lambda item: int(item[0]))}


def key(purpose: str, version: int) -> bytes:
    """The key of this version, also one that another process made a moment ago; `KeyError` when there is none."""
    if version not in ring(purpose):
        ring.cache_clear()
    return ring(purpose)[version]


_STAMPS: dict[Path, int] = {}


def newest(purpose: str) -> int:
    """The version under which things are closed now, also when another process made it a moment ago."""
    place = Path(settings.HOME) / "keys" / f"{purpose}.json"
    stamp = place.stat().st_mtime_ns if place.exists() else 0
    if _STAMPS.get(place) != stamp:
        ring.cache_clear()
        _STAMPS[place] = stamp
    return max(ring(purpose))


def reach_version(purpose: str, version: int) -> None:
    """The ring has this version as its newest; the older ones still open what they closed. Reaching it again changes nothing."""
    ring.cache_clear()
    known = ring(purpose)
    if version > max(known):
        write_private(keys_folder() / f"{purpose}.json", _plain(known) | {str(version): b64encode(secrets.token_bytes(32)).decode()})
    ring.cache_clear()


def add_version(purpose: str) -> int:
    """A new key is the newest of its purpose; the older ones still open what they closed. Returns its version."""
    ring.cache_clear()
    version = newest(purpose) + 1
    reach_version(purpose, version)
    return version


def retire(purpose: str, below: int) -> list[int]:
    """Versions below this one open nothing any more; they lie in a file beside the ring, for backups made before."""
    ring.cache_clear()
    known = ring(purpose)
    gone = {version: secret for version, secret in known.items() if version < below}
    if gone:
        beside = keys_folder() / f"{purpose}{RETIRED}.json"
        before = _read(beside) if beside.exists() else {}
        write_private(beside, _plain(before | gone))
        write_private(keys_folder() / f"{purpose}.json", _plain({version: secret for version, secret in known.items() if version >= below}))
        ring.cache_clear()
    return sorted(gone)


def _plain(known: Mapping[int, bytes]) -> dict[str, str]:
    return {str(version): b64encode(secret).decode() for version, secret in known.items()}


def write_private(place: Path, content: Mapping[str, object]) -> None:
    """The file holds this, whole or as it was before; only its owner reads it."""
    _written(place, content).replace(place)


def _write_first(place: Path, content: dict[str, str]) -> None:
    """The place holds a key, this one or that of whoever was first: threads and processes that begin together must not each have their own."""
    fresh = _written(place, content)
    with suppress(FileExistsError):
        os.link(fresh, place)
    fresh.unlink()


def _written(place: Path, content: Mapping[str, object]) -> Path:
    fresh = place.with_suffix(f".{secrets.token_hex(8)}")
    fresh.touch(mode=0o600)
    with fresh.open("w", encoding="ascii") as file:
        json.dump(dict(content), file)
        file.flush()
        os.fsync(file.fileno())
    return fresh
