"""A form's token that says when its page was made, so that nobody can hand in a page older or younger than it is."""

from __future__ import annotations

import hmac
import secrets
from datetime import UTC, datetime

from . import store

MARK_DIGITS, CHECK_DIGITS = 10, 12
PARTS = 3


def dated_token(now: datetime) -> str:
    """A token made now: seconds, a random mark and a keyed check, 33 characters at most."""
    body = f"{int(now.timestamp()):x}-{secrets.token_hex(MARK_DIGITS // 2)}"
    return f"{body}-{_check(body)}"


def made_at(token: str) -> datetime | None:
    """When the token was made; None for one that is not ours."""
    body, _, check = token.rpartition("-")
    if token.count("-") != PARTS - 1 or not hmac.compare_digest(check.encode(), _check(body).encode()):
        return None
    return datetime.fromtimestamp(int(body.partition("-")[0], 16), UTC)


def _check(body: str) -> str:
    return hmac.digest(store.ring("index")[1], f"form\0{body}".encode(), "sha256").hex()[:CHECK_DIGITS]
