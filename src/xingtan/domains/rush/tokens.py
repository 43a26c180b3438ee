"""What a project's page allows a teacher to press for, signed with a key outside the database.

The bare path reads no session: whom a press is for, and that nothing stood against it, was decided when the page was shown.
"""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from typing import NamedTuple

from xingtan.foundation.keys import store

PURPOSE = "rush"
LIVES_S = 12 * 3600  # so long before the opening may a page be open
MOST_LENGTH = 800


class Claims(NamedTuple):
    """Who may press for what, and which quotas serve, the nearest first. Times are epoch seconds of the server's clock."""

    teacher_id: int
    account_id: int
    school_id: int
    project_id: int
    address: str  # the project's public id
    round_id: int | None
    category: str
    choice_id: int | None
    quota_ids: tuple[int, ...]
    issued_at: int
    expires_at: int
    from_at: int = 0  # before that, whoever holds the token may not press: others choose first


class TokenRefused(ValueError):
    """The text is no token of ours, or it is too old."""


def _mac(version: int, body: bytes) -> bytes:
    return hmac.digest(store.key(PURPOSE, version), body, "sha256")


def write_token(claims: Claims) -> str:
    """The claims as signed text under the newest key."""
    version = store.newest(PURPOSE)
    body = urlsafe_b64encode(json.dumps([version, *claims], separators=(",", ":")).encode())
    return f"{body.decode()}.{urlsafe_b64encode(_mac(version, body)).decode()}"


def read_token(token: str, now_s: float) -> Claims:
    """The claims of a token of ours that is not expired; raises `TokenRefused`."""
    if len(token) > MOST_LENGTH:
        raise TokenRefused("too long")
    body, _, mac = token.encode("ascii", "replace").partition(b".")
    try:
        version, *fields = json.loads(urlsafe_b64decode(body))
        if not hmac.compare_digest(_mac(version, body), urlsafe_b64decode(mac)):
            raise TokenRefused("signature")
        claims = Claims(*fields)
    except (Base64Error, ValueError, KeyError, TypeError):
        raise TokenRefused("not a token") from None
    if now_s > claims.expires_at:
        raise TokenRefused("expired")
    return claims._replace(quota_ids=tuple(claims.quota_ids))
