"""Secrets of the store: made here, kept as keyed digests. They are random bytes, so one HMAC is as strong as any slow hash."""

from __future__ import annotations

import hmac
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from xingtan.foundation.keys import store

PURPOSE = "statements"
PREFIX = "xs_"


def fresh_secret() -> str:
    """A new secret of 32 random bytes as text."""
    return PREFIX + secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """The digest by which a secret is known again (64 hex digits)."""
    return hmac.digest(store.ring(PURPOSE)[1], secret.encode("utf-8", "surrogatepass"), "sha256").hex()


def is_same(secret: str, kept: str) -> bool:
    """True when the digest was made of this secret; takes the same time either way."""
    return hmac.compare_digest(hashed(secret), kept)


def signed(kind: str, content: object) -> str:
    """The content as text that only this site could have written, for addresses and tokens."""
    version = max(store.ring(PURPOSE))
    body = urlsafe_b64encode(json.dumps([version, content], separators=(",", ":")).encode()).rstrip(b"=")
    return f"{body.decode()}.{_mac(version, kind, body)}"


def opened(kind: str, text: str) -> Any:  # noqa: ANN401 -- whatever was signed
    """The content of a text that `signed` made for this kind; `ValueError` for any other."""
    body, _, mac = text.encode("ascii", "replace").partition(b".")
    try:
        version, content = json.loads(urlsafe_b64decode(body + b"=" * (-len(body) % 4)))
        is_ours = hmac.compare_digest(_mac(version, kind, body).encode(), mac)
    except (ValueError, KeyError, TypeError, RecursionError):
        is_ours, content = False, None
    if not is_ours:
        raise ValueError("not signed here")
    return content


def _mac(version: int, kind: str, body: bytes) -> str:
    mac = hmac.digest(store.ring(PURPOSE)[version], kind.encode() + b"\0" + body, "sha256")
    return urlsafe_b64encode(mac).decode().rstrip("=")
