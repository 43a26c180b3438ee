"""Writing the audit log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from xingtan.foundation.db import uuid7
from xingtan.foundation.ledger.post import post
from xingtan.foundation.people.roles import Actor

from .models import AuditLine

CHAIN = "audit"
NAMED_AT_MOST = 200


def record(
    actor: Actor,
    act: str,
    subject: str,
    ids: Sequence[int],
    *,
    now: datetime,
    detail: Mapping[str, object] | None = None,
) -> None:
    """The act stands in the audit log in the same transaction as what it changed; of a large set the first 200 ids are named."""
    line = AuditLine(
        source=str(uuid7()),
        at=now,
        account_id=actor.account_id,
        role=actor.role.value,
        organisation_id=actor.organisation_id,
        act=act,
        subject=subject,
        subject_ids=list(ids[:NAMED_AT_MOST]),
        count=len(ids),
        detail=dict(detail or {}),
    )
    post(CHAIN, [line], account_id=actor.account_id, now=now)
