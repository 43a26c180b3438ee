"""Browsers in which an account signed in before: whoever guesses elsewhere does not lock them out."""

from __future__ import annotations

import hmac
import re
import secrets
from datetime import datetime, timedelta

from xingtan.foundation.keys import open_box

from .models import Account

KEPT = timedelta(days=400)  # browsers keep no cookie longer
MOST = 5  # a school's shared computer; who came before is asked again like a stranger
MARK = re.compile(r"(?P<since>[0-9]{10})-(?P<name>[0-9a-f]{32})-(?P<proof>[0-9a-f]{32})")


def _proof(since: str, name: str, account_id: int) -> str:
    return open_box("people.known").index(f"{since}-{name}-{account_id}")


def _marks(cookie: str, now: datetime) -> list[re.Match[str]]:
    oldest = int((now - KEPT).timestamp())
    found = [MARK.fullmatch(one) for one in cookie[:1000].split(".")[:MOST]]
    return [one for one in found if one and int(one["since"]) >= oldest]


def known_as(cookie: str, account: Account | None, *, now: datetime) -> str:
    """The name of the browser whose cookie proves that this account signed in there within 400 days; "" for any other."""
    for one in _marks(cookie, now):
        fits = hmac.compare_digest(_proof(one["since"], one["name"], account.pk if account else 0), one["proof"])
        if fits and account:
            return one["name"]
    return ""


def remembered(cookie: str, account: Account, *, now: datetime) -> str:
    """The cookie with which this browser is known for the account too, the newest first; a fresh name each time it signs in."""
    since, name = str(int(now.timestamp())), secrets.token_hex(16)
    others = [one.group() for one in _marks(cookie, now) if not known_as(one.group(), account, now=now)]
    return ".".join([f"{since}-{name}-{_proof(since, name, account.pk)}", *others][:MOST])
