"""Closed files under old keys, and closing them anew; each is replaced as a whole, so a rotation may be killed at any moment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from xingtan.foundation.keys import store as keys

from . import sealed
from .kinds import PERSONAL
from .models import StoredFile
from .store import chunks_of, path_of_content, place_of, write_aside


def _digests() -> list[str]:
    found = StoredFile.everywhere.filter(kind__in=PERSONAL).order_by("sha256").values_list("sha256", flat=True)
    return list(found.distinct())


def versions_in_use() -> dict[int, int]:
    """How many closed files lie under each version of the key; 0 are those that came before kinds were closed."""
    counts: dict[int, int] = {}
    for sha256 in _digests():
        closed = Path(settings.MEDIA_ROOT) / place_of(sha256, is_closed=True)
        if closed.exists() or path_of_content(sha256).exists():
            version = sealed.version_of(closed) if closed.exists() else 0
            counts[version] = counts.get(version, 0) + 1
    return counts


def renew(version: int) -> Iterator[tuple[int, int]]:
    """Every file of a personal kind lies closed under this version or a later one; tells after each how many of how many."""
    digests = _digests()
    for done, sha256 in enumerate(digests, start=1):
        _renew(sha256, version)
        yield done, len(digests)


def _renew(sha256: str, version: int) -> None:
    closed, plain = Path(settings.MEDIA_ROOT) / place_of(sha256, is_closed=True), path_of_content(sha256)
    if closed.exists() and sealed.version_of(closed) < version:
        with sealed.opened(closed) as source:
            write_aside(closed.parent, sealed.close(chunks_of(source))).replace(closed)
    elif not closed.exists() and plain.exists():
        closed.parent.mkdir(parents=True, exist_ok=True)
        with plain.open("rb") as source:
            write_aside(closed.parent, sealed.close(chunks_of(source))).replace(closed)
    if closed.exists() and plain.exists() and not StoredFile.everywhere.filter(sha256=sha256).exclude(kind__in=PERSONAL).exists():
        plain.unlink()


def newest_in_ring() -> int:
    """The version under which files are closed now."""
    return keys.newest(sealed.PURPOSE)
