"""Which rows other rows stand on, asked of every table that names them."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from django.apps import apps
from django.db.models import ForeignKey, Model


@lru_cache(maxsize=8)
def references_to(model: type[Model]) -> tuple[tuple[type[Model], str], ...]:
    """Every stored column that names a row of the model: foreign keys, and plain numbers called after it (`teacher_id`)."""
    plain = f"{model._meta.model_name}_id"
    found: list[tuple[type[Model], str]] = []
    for other in apps.get_models():
        for field in other._meta.concrete_fields:
            is_key = isinstance(field, ForeignKey) and field.related_model is model
            if is_key or (field.attname == plain and not isinstance(field, ForeignKey)):
                found.append((other, str(field.attname)))
    return tuple(found)


def referenced(model: type[Model], ids: Collection[int], *, but: frozenset[type[Model]]) -> dict[int, str]:
    """For each of these rows that another row names the other's table; tables in `but` do not count."""
    if not ids:
        return {}
    first, last, found = min(ids), max(ids), dict[int, str]()
    for other, column in references_to(model):
        if other in but:
            continue
        rows = other._base_manager.filter(**{f"{column}__gte": first, f"{column}__lte": last})
        if rows.exists():
            named = rows.filter(**{f"{column}__among": ids}).values_list(column, flat=True).distinct()
            found |= dict.fromkeys(named, other._meta.label)
    return found
