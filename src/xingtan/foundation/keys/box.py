"""Personal numbers at rest: AES-256-GCM, bound to their column, each value naming its key's version."""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from . import store


@dataclass(frozen=True)
class Box:
    """Closes, opens and indexes the values of one column."""

    column: str

    def close(self, value: str) -> str:
        """The value encrypted under the newest key, as text `v1.…`; "" stays ""."""
        if not value:
            return ""
        version, nonce = store.newest("personal"), secrets.token_bytes(12)
        closed = AESGCM(store.key("personal", version)).encrypt(nonce, value.encode(), self.column.encode())
        return f"v{version}.{urlsafe_b64encode(nonce + closed).decode()}"

    def close_all(self, values: Iterable[str]) -> list[str]:
        """Each value encrypted as `close` does; the key is looked up once, so that an import may close thousands."""
        version, column = store.newest("personal"), self.column.encode()
        encrypt, head = AESGCM(store.key("personal", version)).encrypt, f"v{version}."
        nonces = (secrets.token_bytes(12) for _ in count())
        closed = ((nonce, encrypt(nonce, value.encode(), column)) if value else None for value, nonce in zip(values, nonces, strict=False))
        return [head + urlsafe_b64encode(one[0] + one[1]).decode() if one else "" for one in closed]

    def open(self, closed: str) -> str:
        """The value again; raises `InvalidTag` when it was altered or belongs to another column."""
        if not closed:
            return ""
        version, _, text = closed.partition(".")
        raw = urlsafe_b64decode(text)
        return AESGCM(store.key("personal", int(version[1:]))).decrypt(raw[:12], raw[12:], self.column.encode()).decode()

    def index(self, value: str) -> str:
        """A keyed digest (HMAC-SHA-256, 32 hex digits) by which an equal value is found without opening any."""
        if not value:
            return ""
        normal = (value if value.isascii() else unicodedata.normalize("NFKC", value)).upper().replace(" ", "")
        return hmac.digest(store.ring("index")[1], f"{self.column}\0{normal}".encode(), "sha256").hex()[:32]


@lru_cache(maxsize=32)
def open_box(column: str) -> Box:
    """The box of a column (`table.column`)."""
    return Box(column)
