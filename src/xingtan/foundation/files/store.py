"""Keeping and opening files."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, BinaryIO

from django.conf import settings

from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import Refused

from . import sealed
from .kinds import is_personal
from .models import StoredFile

CHUNK = 1 << 20
OPENED = "opened"  # the folder, beside the files, of plain copies that are being read
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


class _Measured:
    """Chunks as they pass: their digest and size, and whether they begin as their type does."""

    def __init__(self, media_type: str) -> None:
        self.media_type, self.digest, self.size = media_type, hashlib.sha256(), 0

    def through(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The same chunks; refused at the first one when the content is not of its type."""
        for chunk in chunks:
            if self.size == 0 and not looks_like(self.media_type, chunk[:64]):
                raise Refused("file_is_not_what_it_says", media_type=self.media_type)
            self.digest.update(chunk)
            self.size += len(chunk)
            yield chunk


def _write(chunks: Iterable[bytes], media_type: str, *, is_closed: bool = False) -> tuple[str, int]:
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    measured = _Measured(media_type)
    passing = measured.through(chunks)
    fresh = write_aside(root, sealed.close(passing) if is_closed else passing)
    sha256 = measured.digest.hexdigest()
    final = root / place_of(sha256, is_closed=is_closed)
    final.parent.mkdir(parents=True, exist_ok=True)
    fresh.replace(final)
    return sha256, measured.size


def write_aside(folder: Path, chunks: Iterable[bytes]) -> Path:
    """A new file in the folder holds the chunks, on disk for certain; nothing is left of it when they break off."""
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".new-", delete=False) as fresh:
        try:
            for chunk in chunks:
                fresh.write(chunk)
        except BaseException:
            Path(fresh.name).unlink()
            raise
        fresh.flush()
        os.fsync(fresh.fileno())
    return Path(fresh.name)


def keep_file(
    chunks: Iterable[bytes],
    *,
    kind: str,
    name: str,
    media_type: str,
    actor: Actor,
    now: datetime,
) -> StoredFile:
    """The bytes are on disk under their digest (closed, for a personal kind) and the row names them; refused when they are not of their type."""
    sha256, size = _write(chunks, media_type, is_closed=is_personal(kind))
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


def place_of(sha256: str, *, is_closed: bool = False) -> str:
    """Where bytes with this digest lie, relative to the files folder."""
    return f"{f'{sealed.FOLDER}/' if is_closed else ''}{sha256[:2]}/{sha256}"


def path_of_content(sha256: str) -> Path:
    """Where the bytes with this digest are."""
    return Path(settings.MEDIA_ROOT) / place_of(sha256)


def path_of(file: StoredFile) -> Path:
    """Where the file's bytes are, closed or plain; one of a personal kind that came before kinds were closed lies plain until keys are rotated."""
    plain = path_of_content(file.sha256)
    if not is_personal(file.kind):
        return plain
    closed = Path(settings.MEDIA_ROOT) / place_of(file.sha256, is_closed=True)
    return closed if closed.exists() or not plain.exists() else plain


def open_file(file: StoredFile) -> BinaryIO:
    """The file's plain bytes, to be read and sought in, however it lies on disk."""
    place = path_of(file)
    if is_personal(file.kind) and sealed.version_of(place):
        return sealed.opened(place)
    return place.open("rb")


@contextmanager
def readable(file: StoredFile) -> Iterator[Path]:
    """A path of the plain bytes, for programs that take one: of a closed file a private copy that is gone afterwards."""
    place = path_of(file)
    if not is_personal(file.kind) or not place.exists() or not sealed.version_of(place):
        yield place
        return
    folder = Path(settings.HOME) / OPENED
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    with tempfile.NamedTemporaryFile(dir=folder) as copy, open_file(file) as source:
        shutil.copyfileobj(source, copy, CHUNK)
        copy.flush()
        yield Path(copy.name)


def chunks_of(source: IO[bytes]) -> Iterator[bytes]:
    """The bytes of an open file in pieces of one MiB."""
    while piece := source.read(CHUNK):
        yield piece
