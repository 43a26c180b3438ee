"""Codes of the learning record store, and who sends to it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID


class DocumentKind(StrEnum):
    """The three document resources."""

    STATE = "state"
    ACTIVITY = "activity"
    AGENT = "agent"


class Sender(NamedTuple):
    """Who speaks to the store: a provider's credential, or (provider 0) a short-lived token of a run-time of ours.

    `authority` is the Agent that statements of this sender carry; `teacher_id` binds a token to one teacher, whose public id
    is `account_name`, and to one registration where it names one; a token without a teacher, and every credential, may speak of
    anyone. `may_read` opens what the sender itself wrote, `reads_projects` also what its provider's other keys wrote of teachers in
    these projects (all of the provider's where none is named). `origins` may call from a browser.
    """

    credential_id: int
    provider_id: int
    authority: dict[str, Any]
    may_write: bool
    may_read: bool
    teacher_id: int | None = None
    account_name: str = ""
    registration: UUID | None = None
    activity: str = ""
    project_ids: tuple[int, ...] = ()
    reads_projects: bool = False
    keeps_documents: bool = True
    origins: tuple[str, ...] = ()
