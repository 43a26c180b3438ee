"""Noting looks without slowing pages: they are written after the answer went out, together with those of others that came meanwhile."""

from __future__ import annotations

import logging
import threading
from collections import Counter, deque
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import DatabaseError
from django.db.models import F, QuerySet

from xingtan.core.calendar import local_day
from xingtan.foundation.db import writing
from xingtan.foundation.people.roles import Actor

from .models import Look
from .persons import person_of

LOG = logging.getLogger(__name__)
SHOWN_DAYS = 730


class Seen(NamedTuple):
    """Who looked at whom in which role, from which office, at what, on which day."""

    subject_id: int
    account_id: int
    role: str
    organisation_id: int
    kind: str
    on: date


_waiting: deque[tuple[Seen, datetime]] = deque(maxlen=50_000)
_writer = threading.Lock()


def note_look(actor: Actor, subject_id: int, kind: str, now: datetime) -> None:
    """The look waits to be written; looking at oneself is none."""
    person = person_of(actor)  # whoever acts for the teacher looks as what they are, not as a teacher
    if actor.account_id is not None and person.organisation_id is not None and actor.account_id != subject_id:
        seen = Seen(subject_id, actor.account_id, person.role.value, person.organisation_id, kind, local_day(now))
        _waiting.append((seen, now))


def write_looks() -> int:
    """Everything that waited is written, by this thread or by the one that is writing already; answers how many looks this one wrote."""
    written = 0
    while _waiting and _writer.acquire(blocking=False):
        looks = [_waiting.popleft() for _ in range(len(_waiting))]
        try:
            _write(looks)
            written += len(looks)
        except DatabaseError:
            LOG.exception("%s looks could not be written; they wait for the next", len(looks))
            _waiting.extend(looks)
            break
        finally:
            _writer.release()
    return written


def _write(looks: Collection[tuple[Seen, datetime]]) -> None:
    counts, last = Counter(seen for seen, _at in looks), dict(looks)
    with writing():
        for seen in sorted(counts, key=str):
            _add(seen, counts[seen], last[seen])


def _add(seen: Seen, count: int, at: datetime) -> None:
    row, is_new = Look.objects.get_or_create(**seen._asdict(), defaults={"count": count, "last_at": at})
    if not is_new:
        Look.objects.filter(pk=row.pk).update(count=F("count") + count, last_at=at)


def looks_at(subject_id: int, today: date) -> QuerySet[Look]:
    """Who looked at the person's record in the last two years, the latest day first."""
    since = today - timedelta(days=SHOWN_DAYS)
    return Look.objects.filter(subject_id=subject_id, on__gt=since).select_related("organisation").order_by("-on", "-last_at", "-pk")
