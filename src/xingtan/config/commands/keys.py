"""Rotating keys: a new version, and everything closed is closed anew under it. A rotation that was killed goes on where it stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.apps import apps
from django.db import models
from django.db.models import QuerySet

from xingtan.domains.kits.api import PIN_BOX, KitPerson
from xingtan.foundation.db import writing
from xingtan.foundation.entrance.token_keys import add_token_key
from xingtan.foundation.files import renewing
from xingtan.foundation.keys import Box, rotation, store
from xingtan.foundation.people.models import ACTIVATION_BOX, Account

BATCH = 2000
Column = tuple[type[models.Model], str, Box, models.Q]
Show = Callable[[str], None]


def columns() -> Iterator[Column]:
    """Table, column, its box, and which rows hold a closed value: two here, the others where a room's models say `CLOSED_COLUMNS`."""
    yield Account, "activation_code", ACTIVATION_BOX, models.Q()
    yield KitPerson, "pin_closed", PIN_BOX, models.Q()
    for app in apps.get_app_configs():
        yield from getattr(app.models_module, "CLOSED_COLUMNS", ())


def rotate(*, show: Show) -> int:
    """Everything personal is closed under a new key (or that of the rotation that was stopped) and signatures use a new one.

    Returns how many values and files were closed anew by this call.
    """
    wanted = rotation.set_out()
    for purpose in rotation.PURPOSES:
        store.reach_version(purpose, wanted[purpose])
    while rotation.token_count() < wanted["tokens"]:
        add_token_key()
    done = close_rest(show=show)
    rotation.arrived()
    return done


def close_rest(*, show: Show) -> int:
    """Nothing that this process can see is closed under an older key than the newest; returns how much there was."""
    version, done = store.newest("personal"), 0
    for model, column, box, where in columns():
        waiting = _older(model, column, where, version)
        total = waiting.count()
        for portion in _close_anew(waiting, column, box):
            done += portion
            show(f"{model._meta.label} {column}: {total - waiting.count()} of {total}")
    before = sum(count for under, count in renewing.versions_in_use().items() if under < version)
    for at, total in renewing.renew(version):
        if at == total or at % 100 == 0:
            show(f"files: {at} of {total}")
    return done + before


def _older(model: type[models.Model], column: str, where: models.Q, version: int) -> QuerySet[models.Model]:
    closed = model._base_manager.filter(where, **{f"{column}__startswith": "v"})
    return closed.exclude(**{f"{column}__startswith": f"v{version}."})


def _close_anew(waiting: QuerySet[models.Model], column: str, box: Box) -> Iterator[int]:
    while True:
        with writing():
            rows = list(waiting.select_for_update().order_by("pk")[:BATCH])
            for row in rows:
                setattr(row, column, box.close(box.open(getattr(row, column))))
            waiting.model._base_manager.bulk_update(rows, [column], batch_size=400)
        if rows:
            yield len(rows)
        if len(rows) < BATCH:
            return


def under_old_keys() -> dict[str, int]:
    """What is still closed under an older key than the newest: {table and column, or "files": how many}."""
    version = store.newest("personal")
    found = {f"{model._meta.label} {column}": _older(model, column, where, version).count() for model, column, _box, where in columns()}
    found["files"] = sum(count for under, count in renewing.versions_in_use().items() if under < version)
    return {name: count for name, count in found.items() if count}


def retire(*, show: Show) -> bool:
    """Older keys open nothing any more, when nothing is closed under them; they stay in a file beside for backups of before."""
    if rotation.under_way():
        show("A rotation is not finished: run `xingtan rotate-keys` first. Nothing was retired.")
        return False
    if left := under_old_keys():
        show("Still under old keys: " + ", ".join(f"{name} ({count})" for name, count in left.items()) + ". Nothing was retired.")
        return False
    gone = store.retire("personal", store.newest("personal"))
    show(f"Retired: {', '.join(f'version {one}' for one in gone) or 'none'}. Backups of before need keys/personal{store.RETIRED}.json.")
    return True
