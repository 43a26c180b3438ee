"""Every step of seats, kept in the same transaction as the change itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from xingtan.foundation.events.hallway import emit
from xingtan.foundation.people.roles import Actor

from .models import Quota, QuotaMove
from .states import Act, Way

FREES = frozenset({Act.GRANTED, Act.AMENDED, Act.RECEIVED, Act.GOT_BACK})


class Step(NamedTuple):
    """What happened to a quota, seen from its own side; its figures are taken as they are when the trail is kept."""

    quota: Quota
    act: Act
    seats: int
    other: Quota | None = None


def keep(steps: Sequence[Step], *, actor: Actor, way: Way, now: datetime, reason: str = "") -> None:
    """The steps stand in the trail in their order, and whoever moves waiting lines knows of seats that are free somewhere now."""
    QuotaMove.objects.bulk_create(
        QuotaMove(
            quota=step.quota,
            act=step.act.value,
            way=way.value,
            seats=step.seats,
            other=step.other,
            held=step.quota.held,
            passed_down=step.quota.passed_down,
            reason=reason[:200],
            at=now,
            account_id=actor.account_id,
        )
        for step in steps
    )
    for project_id in sorted({step.quota.project_id for step in steps if step.act in FREES}):
        emit("quotas.freed", {"project": project_id}, now=now)
