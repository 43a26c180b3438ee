"""The same request twice: done once, answered twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from xingtan.foundation.db import atomic
from xingtan.foundation.refusal import Refused

from .models import KeptAnswer

KEPT_FOR = timedelta(days=30)


class Answer(NamedTuple):
    """Status and JSON text; `is_again` when it was given before."""

    status: int
    content: str
    is_again: bool = False


@atomic
def once(grant_id: int, key: str, digest: str, act: Callable[[], Answer], *, now: datetime) -> Answer:
    """`act` has run for this key exactly once and its answer is kept in the same transaction; a key with another digest is refused.

    What raises leaves nothing behind, the key neither. Two at once: the second waits at the unique key for the first.
    """
    KeptAnswer.objects.filter(kept_at__lt=now - KEPT_FOR).delete()
    KeptAnswer.objects.bulk_create([KeptAnswer(grant_id=grant_id, key=key, digest=digest, kept_at=now)], ignore_conflicts=True)
    held = KeptAnswer.objects.select_for_update().get(grant_id=grant_id, key=key)
    if held.digest != digest:
        raise Refused("idempotency_key_reused")
    if held.status:
        return Answer(held.status, held.content, is_again=True)
    answer = act()
    held.status, held.content = answer.status, answer.content
    held.save(update_fields=["status", "content"])
    return answer
