"""Files closed at rest: AES-256-GCM in pieces of 64 KiB, so that any place of a large file opens without the rest of it.

    "XTSEAL1", a line end | key version, 4 bytes | salt, 16 bytes | piece, piece, …

Each file has a key of its own, drawn from the ring's key and the salt. A piece is bound to its number and to whether it is the last,
so pieces that were altered, left out, exchanged or cut off do not open.
"""

from __future__ import annotations

import hmac
import io
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from xingtan.foundation.keys import store

PURPOSE = "personal"
FOLDER = "closed"  # the folder, among the files, of those that are closed
MARK = b"XTSEAL1\n"
HEAD = len(MARK) + 4 + 16
PIECE, TAG = 1 << 16, 16


def _cipher(head: bytes) -> AESGCM:
    version, salt = int.from_bytes(head[8:12]), head[12:HEAD]
    return AESGCM(hmac.digest(store.key(PURPOSE, version), b"file\0" + salt, "sha256"))


def _bound(number: int, *, is_last: bool) -> tuple[bytes, bytes]:
    return number.to_bytes(12), b"last" if is_last else b"more"


def version_of(path: Path) -> int:
    """The version of the key that the file is closed under; 0 when it is not closed."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    return int.from_bytes(head[8:12]) if head.startswith(MARK) and len(head) == HEAD else 0


def is_whole(path: Path) -> bool:
    """True when the file begins and ends as a closed file does; whether its pieces open, only the key tells."""
    rest = (path.stat().st_size - HEAD) % (PIECE + TAG)
    return version_of(path) > 0 and (rest == 0 or rest >= TAG) and path.stat().st_size >= HEAD + TAG


def has_key(path: Path) -> bool:
    """True when the ring of this home has the version that the file is closed under; no ring is made for the question."""
    if not (Path(settings.HOME) / "keys" / f"{PURPOSE}.json").exists():
        return False
    try:
        store.key(PURPOSE, version_of(path))
    except KeyError:
        return False
    return True


def close(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes, closed under the newest key, piece by piece."""
    head = MARK + store.newest(PURPOSE).to_bytes(4) + secrets.token_bytes(16)
    cipher, waiting, number = _cipher(head), bytearray(), 0
    yield head
    for chunk in chunks:
        waiting += chunk
        while len(waiting) > PIECE:
            nonce, bound = _bound(number, is_last=False)
            yield cipher.encrypt(nonce, bytes(waiting[:PIECE]), bound)
            del waiting[:PIECE]
            number += 1
    nonce, bound = _bound(number, is_last=True)
    yield cipher.encrypt(nonce, bytes(waiting), bound)


class _Opened(io.RawIOBase):
    """A closed file as its plain bytes, from any place on."""

    def __init__(self, path: Path) -> None:
        self._file: IO[bytes] = path.open("rb")
        self._cipher = _cipher(self._file.read(HEAD))
        whole = path.stat().st_size - HEAD
        self._last = max(0, -(-whole // (PIECE + TAG)) - 1)
        self._size = whole - TAG * (self._last + 1)
        self._at, self._held, self._piece = 0, -1, b""

    def readable(self) -> bool:
        """True."""
        return True

    def seekable(self) -> bool:
        """True."""
        return True

    def tell(self) -> int:
        """The place that is read next."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """The next read begins there."""
        self._at = max(0, offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence])
        return self._at

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]  # -- narrower than any buffer
        """What of the piece fits in the buffer; raises `InvalidTag` when the file was altered."""
        if self._at >= self._size:
            self._piece_at(self._last)  # an end that was cut off is no end
            return 0
        number, start = divmod(self._at, PIECE)
        found = self._piece_at(number)[start : start + len(buffer)]
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def _piece_at(self, number: int) -> bytes:
        if number != self._held:
            self._file.seek(HEAD + number * (PIECE + TAG))
            nonce, bound = _bound(number, is_last=number == self._last)
            self._piece, self._held = self._cipher.decrypt(nonce, self._file.read(PIECE + TAG), bound), number
        return self._piece

    def close(self) -> None:
        """The file is let go."""
        self._file.close()
        super().close()


def opened(path: Path) -> io.BufferedReader:
    """The plain bytes of a closed file, to be read and sought in."""
    return io.BufferedReader(_Opened(path), PIECE)
