"""The player's token: who studies which unit in which opening of it, signed with a key outside the database.

The recorder reads no session and no table to know whom a beat belongs to; what stands in a token was decided when the page was opened.
"""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from functools import lru_cache
from typing import NamedTuple

from xingtan.core.learned_time import RULES, BeatRules
from xingtan.foundation.db import uuid7
from xingtan.foundation.keys import store

from .rules import beat_interval

PURPOSE = "beats"
LIVES_S = 48 * 3600  # so long may beats that were kept back off line still arrive
MOST_LENGTH = 600


class Claims(NamedTuple):
    """What a token says. Times are epoch seconds of the server's clock; the rules are those of the day on which the unit was opened."""

    teacher_id: int
    unit_id: int
    length_s: int
    session: str
    opened_at: int
    expires_at: int
    interval_s: int
    rules: BeatRules = RULES


class TokenRefused(ValueError):
    """The text is no token of ours, or it is too old."""


def _mac(version: int, body: bytes) -> bytes:
    return hmac.digest(store.ring(PURPOSE)[version], body, "sha256")


def player_token(*, teacher_id: int, unit_id: int, length_s: int, now_s: int, rules: BeatRules = RULES) -> tuple[str, Claims]:
    """A fresh opening of the unit by the teacher, good for 48 hours, and the claims it signs."""
    claims = Claims(teacher_id, unit_id, length_s, str(uuid7()), now_s, now_s + LIVES_S, beat_interval(length_s), rules)
    return write_token(claims), claims


def write_token(claims: Claims) -> str:
    """The claims as signed text under the newest key."""
    version = max(store.ring(PURPOSE))
    body = urlsafe_b64encode(json.dumps([version, *claims], separators=(",", ":")).encode())
    return f"{body.decode()}.{urlsafe_b64encode(_mac(version, body)).decode()}"


@lru_cache(maxsize=65_536)
def _checked(token: str) -> Claims:
    """The claims of a token with our signature; raises `TokenRefused`."""
    body, _, mac = token.encode("ascii", "replace").partition(b".")
    try:
        version, *fields = json.loads(urlsafe_b64decode(body))
        if not hmac.compare_digest(_mac(version, body), urlsafe_b64decode(mac)):
            raise TokenRefused("signature")
        return Claims(*fields[:7], *(BeatRules(*rules) for rules in fields[7:]))  # one of an earlier version names no rules
    except (Base64Error, ValueError, KeyError, TypeError):
        raise TokenRefused("not a token") from None


def read_token(token: str, now_s: int) -> Claims:
    """The claims of a token of ours that is not expired; raises `TokenRefused`."""
    if len(token) > MOST_LENGTH:
        raise TokenRefused("too long")
    claims = _checked(token)
    if now_s > claims.expires_at:
        raise TokenRefused("expired")
    return claims
