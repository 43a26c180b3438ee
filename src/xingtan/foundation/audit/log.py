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
    post(CHAIN, [line_of(actor, act, subject, ids, now=now, detail=detail)], account_id=actor.account_id, now=now)


def line_of(
    actor: Actor,
    act: str,
    subject: str,
    ids: Sequence[int],
    *,
    now: datetime,
    detail: Mapping[str, object] | None,
) -> AuditLine:
    """The line that says so, not yet posted."""
    return AuditLine(
        source=str(uuid7()),
        at=now,
        account_id=actor.account_id,
        role=actor.role.value,
        organisation_id=actor.organisation_id,
        act=act,
        subject=subject,
        subject_ids=list(ids[:NAMED_AT_MOST]),
        count=len(ids),
        detail=dict(detail or {}) | _standing_in(actor),
    )


def _standing_in(actor: Actor) -> dict[str, object]:
    """For whom the person really acts: a deputy names the holder's grant, whoever acts for another the own role and office."""
    told: dict[str, object] = {}
    if actor.deputy_for_id is not None:
        told["deputy_for"] = actor.deputy_for_id
    if actor.own is not None:
        told["own"] = {"role": actor.own.role.value, "organisation": actor.own.organisation_id}
    return told
