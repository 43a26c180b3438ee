"""Rows waiting to be written: in a file without a name, closed under a key that nobody keeps, so that memory stays flat and nothing is left."""

from __future__ import annotations

import json
import secrets
import struct
import tempfile
from collections.abc import Iterator
from datetime import date
from types import TracebackType
from typing import Any, NamedTuple, Self

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

PORTION = 3000
DAYS = ("hired_on", "effective_on")


class GoodRow(NamedTuple):
    """A row to write: its number in the file, its values, its school (below zero while that is to come), the number's index."""

    row: int
    values: dict[str, Any]
    school_id: int
    number_index: str


class Spool:
    """A place for rows in portions; gone when it is left, or when the process ends however it ends."""

    def __init__(self, portion: int = PORTION) -> None:
        self._file = tempfile.TemporaryFile(dir=settings.HOME)  # noqa: SIM115 -- closed by __exit__
        self._box, self._waiting, self._size = AESGCM(AESGCM.generate_key(256)), list[GoodRow](), portion

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()

    def put(self, row: GoodRow) -> None:
        """The row waits."""
        self._waiting.append(row)
        if len(self._waiting) >= self._size:
            self._flush()

    def _flush(self) -> None:
        nonce = secrets.token_bytes(12)
        closed = self._box.encrypt(nonce, json.dumps(self._waiting, ensure_ascii=False, default=str).encode(), None)
        self._file.write(struct.pack("<I", len(closed)) + nonce + closed)
        self._waiting.clear()

    def portions(self) -> Iterator[list[GoodRow]]:
        """The rows in the order in which they came, a portion at a time."""
        if self._waiting:
            self._flush()
        self._file.seek(0)
        while head := self._file.read(16):
            (size,) = struct.unpack("<I", head[:4])
            yield [_opened(row) for row in json.loads(self._box.decrypt(head[4:], self._file.read(size), None))]


def _opened(row: list[Any]) -> GoodRow:
    found = GoodRow(*row)
    for key in DAYS:
        if key in found.values:
            found.values[key] = date.fromisoformat(found.values[key])
    return found
