"""Rotating keys: a new version, and every closed value closed anew under it."""

from __future__ import annotations

from collections.abc import Callable

from django.db import models

from xingtan.domains.teachers.api import CLOSED_COLUMNS as TEACHERS
from xingtan.foundation.db import writing
from xingtan.foundation.keys import Box
from xingtan.foundation.keys.store import add_version
from xingtan.foundation.people.models import ACTIVATION_BOX, Account

BATCH = 2000
COLUMNS: tuple[tuple[type[models.Model], str, Box], ...] = ((Account, "activation_code", ACTIVATION_BOX), *TEACHERS)


def rotate(*, show: Callable[[str], None]) -> int:
    """Every personal number is closed under a new key and signatures use a new one; returns how many values were closed anew."""
    version = add_version("personal")
    add_version("signing")
    done = 0
    for model, column, box in COLUMNS:
        count = _close_anew(model, column, box, f"v{version}.")
        show(f"{model._meta.label} {column}: {count}")
        done += count
    return done


def _close_anew(model: type[models.Model], column: str, box: Box, newest: str) -> int:
    done = 0
    waiting = model._base_manager.exclude(**{column: ""}).exclude(**{f"{column}__startswith": newest}).order_by("pk")
    while True:
        with writing():
            rows = list(waiting[:BATCH])
            for row in rows:
                setattr(row, column, box.close(box.open(getattr(row, column))))
            model._base_manager.bulk_update(rows, [column], batch_size=400)
        done += len(rows)
        if len(rows) < BATCH:
            return done
