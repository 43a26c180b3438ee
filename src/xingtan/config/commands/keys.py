"""Rotating keys: a new version, and every closed value closed anew under it."""

from __future__ import annotations

from collections.abc import Callable

from django.db import models

from xingtan.domains.kits.api import PIN_BOX, KitPerson
from xingtan.domains.teachers.api import CLOSED_COLUMNS as TEACHERS
from xingtan.foundation.db import writing
from xingtan.foundation.keys import Box
from xingtan.foundation.keys.store import add_version
from xingtan.foundation.people.models import ACTIVATION_BOX, Account

BATCH = 2000
# Table, column, its box, and which rows hold a closed value (a fact's value is closed for some kinds only).
COLUMNS: tuple[tuple[type[models.Model], str, Box, models.Q], ...] = (
    (Account, "activation_code", ACTIVATION_BOX, models.Q()),
    (KitPerson, "pin_closed", PIN_BOX, models.Q()),
    *TEACHERS,
)


def rotate(*, show: Callable[[str], None]) -> int:
    """Every personal number is closed under a new key and signatures use a new one; returns how many values were closed anew."""
    version = add_version("personal")
    add_version("signing")
    done = 0
    for model, column, box, where in COLUMNS:
        closed = model._base_manager.filter(where).exclude(**{column: ""})
        count = _close_anew(closed.exclude(**{f"{column}__startswith": f"v{version}."}), column, box)
        show(f"{model._meta.label} {column}: {count}")
        done += count
    return done


def _close_anew(waiting: models.QuerySet[models.Model], column: str, box: Box) -> int:
    done = 0
    while True:
        with writing():
            rows = list(waiting.select_for_update().order_by("pk")[:BATCH])
            for row in rows:
                setattr(row, column, box.close(box.open(getattr(row, column))))
            waiting.model._base_manager.bulk_update(rows, [column], batch_size=400)
        done += len(rows)
        if len(rows) < BATCH:
            return done
