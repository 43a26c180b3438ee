"""Sending and reading messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from .models import Message


def tell(account_ids: Iterable[int], code: str, *, source: str, params: Mapping[str, Any], link: str = "", now: datetime) -> None:
    """Each account has the message once, however often its source is told again."""
    rows = [Message(account_id=pk, code=code, params=dict(params), link=link, source=source, sent_at=now) for pk in account_ids]
    Message.objects.bulk_create(rows, ignore_conflicts=True, batch_size=900)


def tell_each(code: str, told: Iterable[tuple[int, str, Mapping[str, Any]]], *, link: str = "", now: datetime) -> None:
    """Each account has the message of its own source, with its own params, once, however often it is told again."""
    rows = [Message(account_id=pk, code=code, params=dict(params), link=link, source=source, sent_at=now) for pk, source, params in told]
    Message.objects.bulk_create(rows, ignore_conflicts=True, batch_size=900)


def unread_count(account_id: int) -> int:
    """How many messages the account has not read."""
    return Message.objects.filter(account_id=account_id, read_at=None).count()


def mark_read(account_id: int, *, now: datetime) -> None:
    """All of the account's messages count as read."""
    Message.objects.filter(account_id=account_id, read_at=None).update(read_at=now)
