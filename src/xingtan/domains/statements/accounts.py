"""Which teacher an account of this site is; asked of the register once, for public ids never change."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from xingtan.domains.teachers.api import teacher_ids_of

_FOUND: dict[str, int] = {}
MOST_FOUND = 100_000


def teacher_ids(names: Iterable[str]) -> dict[str, int]:
    """The teachers with these public ids; a name that nobody has is absent, and asked again the next time."""
    wanted = {name for name in names if name}
    if new := wanted - _FOUND.keys():
        if len(_FOUND) > MOST_FOUND:
            _FOUND.clear()
        _FOUND.update(teacher_ids_of(name for name in new if "\x00" not in name))
        if connection.vendor == "postgresql" and not connection.in_atomic_block:
            connection.close()
    return {name: found for name in wanted if (found := _FOUND.get(name)) is not None}
