"""Codes of the learning record store, and who sends to it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple


class Version(StrEnum):
    """The versions of the standard that are spoken; the value is what `X-Experience-API-Version` answers."""

    V1 = "1.0.3"
    V2 = "2.0.0"


class DocumentKind(StrEnum):
    """The three document resources."""

    STATE = "state"
    ACTIVITY = "activity"
    AGENT = "agent"


class Sender(NamedTuple):
    """Who speaks to the store: a provider's credential, or (provider 0) a short-lived token of a run-time of ours.

    `authority` is the Agent that statements of this sender carry; `teacher_id` binds a token to one teacher, whose public id
    is `account_name`; a token without a teacher, and every credential, may speak of anyone.
    """

    credential_id: int
    provider_id: int
    authority: dict[str, Any]
    may_write: bool
    may_read: bool
    teacher_id: int | None = None
    account_name: str = ""
