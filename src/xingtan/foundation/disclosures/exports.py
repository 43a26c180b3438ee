"""Exports: each has a number before it is made, is recorded when it is, and is known again when it is found."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple
from urllib.parse import parse_qsl, urlencode

from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic, public_id
from xingtan.foundation.people.roles import Actor, Role

from .models import Export

MARK = "XT-"
NUMBER = re.compile(rb"XT-([0-9a-zA-Z]{12})(?![0-9a-zA-Z])")
SEARCHED = frozenset({"q", "number", "name", "identity", "phone"})
UNRECORDED = frozenset({Role.TEACHER, Role.VISITOR})
LARGEST = 256 << 20


class Mark(NamedTuple):
    """What a file says of itself: its number, who made it for what office, when, what was asked for."""

    number: str
    actor: Actor
    page: str
    filter: str
    at: datetime

    @property
    def text(self) -> str:
        """The number as files show it."""
        return f"{MARK}{self.number}"


def mark_for(actor: Actor, page: str, query: str, now: datetime) -> Mark:
    """A mark for a file that is about to be made; what was searched for (it may be a name or a number) is left out."""
    asked = [
        (key, "*" if key in SEARCHED else value)
        for key, value in parse_qsl(query)
        if value and key not in ("export", "page", "cursor", "limit")
    ]
    return Mark(public_id(), actor, page, urlencode(asked)[:300], now)


@atomic
def record_export(mark: Mark, *, name: str, rows: int | None, size: int, sha256: str) -> Export:
    """The file stands among the exports and in the audit log."""
    actor = mark.actor
    export = Export.everywhere.create(
        number=mark.number,
        account_id=actor.account_id,
        role=actor.role.value,
        organisation_id=actor.organisation_id,
        page=mark.page[:80],
        name=name[:200],
        filter=mark.filter,
        rows=rows,
        size=size,
        sha256=sha256,
        at=mark.at,
    )
    detail = {"page": mark.page, "rows": rows, "number": mark.number}
    record(actor, "disclosures.exported", "export", [export.pk], now=mark.at, detail=detail)
    return export


def digest_of(file: BinaryIO) -> tuple[str, int]:
    """The SHA-256 and size of an open file, which stands at its beginning again."""
    file.seek(0)
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # -- a file
    size = file.seek(0, 2)
    file.seek(0)
    return sha256, size


def exports_found(path: Path, name: str = "") -> list[Export]:
    """The exports that a found file comes from: by its digest when nobody touched it, else by the numbers that it still carries."""
    with path.open("rb") as file:
        sha256, _size = digest_of(file)
    same = list(Export.everywhere.filter(sha256=sha256).select_related("organisation").order_by("-at"))
    if same:
        return same
    numbers = {found.decode() for text in _texts(path, name or path.name) for found in NUMBER.findall(text)}
    return list(Export.everywhere.filter(number__in=numbers).select_related("organisation").order_by("-at"))


def _texts(path: Path, name: str) -> Iterator[bytes]:
    """The name, the bytes, and the parts of a workbook that may carry a number."""
    yield name.encode()
    if not zipfile.is_zipfile(path):
        yield path.read_bytes()[:LARGEST]
        return
    with zipfile.ZipFile(path) as archive:
        for part in archive.infolist():
            if part.file_size <= LARGEST and part.filename.endswith((".xml", ".txt", ".csv")):
                yield archive.read(part)
