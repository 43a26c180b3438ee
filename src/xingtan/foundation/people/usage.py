"""When a role was last used: noted in memory, written now and then, so that reading a page writes nothing."""

from __future__ import annotations

import threading
from datetime import date

from django.db.models import Q

from xingtan.foundation.db import atomic

from .models import Grant
from .roles import Role

_LOCK = threading.Lock()
_USED: dict[date, set[int]] = {}
MOST = 10_000


def note_use(grant: Grant, day: date) -> None:
    """The grant counts as used on this day once `write_uses` has run; a teacher's own role is not followed."""
    if grant.role == Role.TEACHER.value or grant.used_on == day:
        return
    with _LOCK:
        used = _USED.setdefault(day, set())
        if len(used) < MOST:
            used.add(grant.pk)


def write_uses() -> int:
    """What was noted stands in the table; returns how many grants."""
    with _LOCK:
        noted = dict(_USED)
        _USED.clear()
    for day, grants in noted.items():
        _write(day, grants)
    return sum(map(len, noted.values()))


@atomic
def _write(day: date, grants: set[int]) -> None:
    Grant.objects.filter(Q(used_on=None) | Q(used_on__lt=day), pk__in=grants).update(used_on=day)
