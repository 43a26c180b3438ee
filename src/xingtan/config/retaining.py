"""Deleting what has been kept for its time, portion by portion; nothing that anything still points at."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from xingtan.foundation.audit.log import record
from xingtan.foundation.db import writing
from xingtan.foundation.entrance.sweeping import forget_over
from xingtan.foundation.files.kinds import is_personal
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import OPENED, path_of
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.people.roles import OPERATOR

from .retention import FILES, KEPT, SWEEPS, Sweep

LOG = logging.getLogger(__name__)
PORTION = 1_000
LEFT_BEHIND = timedelta(days=1)
Gone = dict[str, int]


def kept_words(model: type[models.Model]) -> str:
    """How long the model says that its rows are kept, in its own words."""
    return " ".join((model.__doc__ or "").split()).rpartition("kept: ")[2]


def due(sweep: Sweep, now: datetime) -> QuerySet[Any]:
    """The sweep's rows whose time is over and to which nothing points any more."""
    model = apps.get_model(sweep.model)
    time_kept = KEPT[kept_words(model)] or timedelta(0)
    before = now - time_kept
    field = _field(model, sweep.since)
    limit = before if isinstance(field, models.DateTimeField) else before.date()
    found: QuerySet[Any] = model._base_manager.filter(sweep.where, **{f"{sweep.since}__lt": limit})
    for used in _pointing_at(model):
        found = found.exclude(used)
    return found.order_by("pk")


def _field(model: type[models.Model], path: str) -> models.Field[Any, Any]:
    *way, last = path.split("__")
    for step in way:
        model = model._meta.get_field(step).related_model  # type: ignore[assignment]  # -- a foreign key
    found: models.Field[Any, Any] = model._meta.get_field(last)  # type: ignore[assignment]  # -- a plain field
    return found


def _pointing_at(model: type[models.Model], *but: type[models.Model]) -> Iterator[Exists]:
    """That a row of another model points at this one; `but` names models that do not count."""
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one):
            other: type[models.Model] = relation.related_model  # type: ignore[assignment]  # -- a model
            if other in but:
                continue
            yield Exists(other._base_manager.filter(**{relation.field.name: OuterRef("pk")}))  # type: ignore[union-attr]  # -- a foreign key has a field


def due_files(now: datetime) -> Iterator[tuple[str, QuerySet[StoredFile]]]:
    """Stored files by kind whose time is over, referred to by jobs at most."""
    pointing = list(_pointing_at(StoredFile, Job))
    for kind, kept in FILES.items():
        found: QuerySet[StoredFile] = StoredFile.everywhere.filter(kind=kind, stored_at__lt=now - kept)
        for used in pointing:
            found = found.exclude(used)
        yield kind, found.order_by("pk")


def look(now: datetime) -> Gone:
    """What `retain` would delete now: {model or kind of file: how many}; nothing is changed."""
    found = {sweep.model: due(sweep, now).count() for sweep in SWEEPS}
    found |= {f"files: {kind}": rows.count() for kind, rows in due_files(now)}
    return {name: count for name, count in found.items() if count}


def retain(now: datetime, *, pause: float = 0.0) -> Gone:
    """All of it is deleted, a thousand rows at a time so that others may write in between; the counts stand in the audit log."""
    gone: Gone = {}
    for sweep in SWEEPS:
        _count(gone, sweep.model, _delete(due(sweep, now), pause))
    for kind, rows in due_files(now):
        _count(gone, f"files: {kind}", _delete_files(rows, pause))
    _count(gone, "sessions and tokens", forget_over(now))
    _forget_copies(now)
    if gone:
        with writing():
            record(OPERATOR, "upkeep.retained", "retention", [], now=now, detail=gone)
    return gone


def _count(gone: Gone, name: str, count: int) -> None:
    if count:
        gone[name] = count


def _delete(rows: QuerySet[Any], pause: float) -> int:
    done = 0
    while portion := list(rows.values_list("pk", flat=True)[:PORTION]):
        with writing():
            done += rows.model._base_manager.filter(pk__in=portion).delete()[0]
        time.sleep(pause)
    return done


def _delete_files(rows: QuerySet[StoredFile], pause: float) -> int:
    done = 0
    while portion := list(rows[:PORTION]):
        ids = [one.pk for one in portion]
        with writing():
            Job.everywhere.filter(input_file__in=ids).update(input_file=None)
            Job.everywhere.filter(report_file__in=ids).update(report_file=None)
            StoredFile.everywhere.filter(pk__in=ids).delete()
        for one in portion:
            if not _is_shared(one):
                path_of(one).unlink(missing_ok=True)
        done += len(portion)
        time.sleep(pause)
    return done


def _is_shared(gone: StoredFile) -> bool:
    """True when another row has the same bytes: another stored file, or whatever else keeps a digest of content."""
    same = StoredFile.everywhere.filter(sha256=gone.sha256).values_list("kind", flat=True)
    if any(is_personal(kind) == is_personal(gone.kind) for kind in same):
        return True
    return not is_personal(gone.kind) and any(
        model._base_manager.filter(Q(sha256=gone.sha256)).exists() for model in _with_digests() if model is not StoredFile
    )


def _with_digests() -> Sequence[type[models.Model]]:
    return [model for model in apps.get_models() if any(field.name == "sha256" for field in model._meta.get_fields())]


def _forget_copies(now: datetime) -> None:
    """Plain copies and half-written files that a killed process left behind a day ago are gone."""
    opened, files = Path(settings.HOME) / OPENED, Path(settings.MEDIA_ROOT)
    for place in (*opened.glob("*"), *files.glob(".new-*"), *files.glob("*/.new-*"), *files.glob("*/*/.new-*")):
        if place.stat().st_mtime < (now - LEFT_BEHIND).timestamp():
            place.unlink(missing_ok=True)
            LOG.info("a copy that was left behind is gone")
