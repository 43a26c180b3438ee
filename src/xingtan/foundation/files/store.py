"""Keeping and opening files."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings

from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import Refused

from .models import StoredFile

CHUNK = 1 << 20
MAGIC: dict[str, tuple[bytes, ...]] = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (b"PK\x03\x04",),
    "application/pdf": (b"%PDF-",),
    "video/mp4": (b"ftyp",),
    "text/vtt": (b"WEBVTT", b"\xef\xbb\xbfWEBVTT"),
    "application/vnd.apache.parquet": (b"PAR1",),
    "image/png": (b"\x89PNG",),
    "image/jpeg": (b"\xff\xd8\xff",),
}


def looks_like(media_type: str, head: bytes) -> bool:
    """True when a file that begins with these bytes can be of that type; a type without a known beginning is never refused."""
    known = MAGIC.get(media_type, ())
    begin = head[4:] if media_type == "video/mp4" else head
    return not known or begin.startswith(known)


def _write(chunks: Iterable[bytes], media_type: str) -> tuple[str, int]:
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=root, prefix=".new-", delete=False) as fresh:
        for chunk in chunks:
            if size == 0 and not looks_like(media_type, chunk[:64]):
                Path(fresh.name).unlink()
                raise Refused("file_is_not_what_it_says", media_type=media_type)
            digest.update(chunk)
            size += len(chunk)
            fresh.write(chunk)
        fresh.flush()
        os.fsync(fresh.fileno())
    final = root / digest.hexdigest()[:2] / digest.hexdigest()
    final.parent.mkdir(exist_ok=True)
    Path(fresh.name).replace(final)
    return digest.hexdigest(), size


def keep_file(
    chunks: Iterable[bytes],
    *,
    kind: str,
    name: str,
    media_type: str,
    actor: Actor,
    now: datetime,
) -> StoredFile:
    """The bytes are on disk under their digest and the row names them; refused when the content is not of the type it claims."""
    sha256, size = _write(chunks, media_type)
    return StoredFile.everywhere.create(
        kind=kind,
        name=Path(name).name[:200],
        media_type=media_type,
        size=size,
        sha256=sha256,
        organisation_id=actor.organisation_id,
        account_id=actor.account_id,
        stored_at=now,
    )


def keep_content(chunks: Iterable[bytes]) -> tuple[str, int]:
    """The bytes are on disk under their digest, without a row of their own (whoever keeps the digest names them); answers digest and size."""
    return _write(chunks, "")


def path_of_content(sha256: str) -> Path:
    """Where the bytes with this digest are."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


def path_of(file: StoredFile) -> Path:
    """Where the file's bytes are."""
    return Path(settings.MEDIA_ROOT) / file.place


def chunks_of(source: IO[bytes]) -> Iterator[bytes]:
    """The bytes of an open file in pieces of one MiB."""
    while piece := source.read(CHUNK):
        yield piece
