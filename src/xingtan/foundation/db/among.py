"""`field__among=values`: membership in a set of any size with one parameter, where `in` would need one for each value."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, ForeignObject, Lookup
from django.db.models.sql.compiler import SQLCompiler


# A foreign key looks up on its own: Django cuts its lookups off from those of plain fields.
@ForeignObject.register_lookup
@Field.register_lookup
class Among(Lookup[Any]):
    """True for rows whose value is one of the given ones; integers and texts."""

    lookup_name = "among"

    def get_prep_lookup(self) -> list[Any]:
        """The values once each, in order."""
        values: Iterable[Any] = self.rhs
        return sorted(set(values))

    def get_db_prep_lookup(self, value: Any, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:  # noqa: ANN401 -- Django's signature
        """One parameter: an array, or the same as JSON."""
        return "%s", (json.dumps(value) if connection.vendor == "sqlite" else value,)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """`lhs` among the values."""
        left, left_params = self.process_lhs(compiler, connection)
        _, values = self.get_db_prep_lookup(self.rhs, connection)
        test = "IN (SELECT value FROM json_each(%s))" if connection.vendor == "sqlite" else "= ANY(%s)"
        return f"{left} {test}", (*left_params, *values)
