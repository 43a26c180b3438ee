"""The gate before business rows: reading without a scope is an error, not a leak."""

from __future__ import annotations

from typing import Any, Generic, NoReturn, Self, TypeVar

from django.db import models

from .branch import Scope

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class ScopedQuerySet(models.QuerySet[M_co]):
    """Rows that belong to an organisation; the model names the way to it in `owner` (a look-up, "" for itself)."""

    def within(self, scope: Scope) -> Self:
        """Rows owned by an organisation inside the scope."""
        owner = getattr(self.model, "owner", "organisation")
        path = f"{owner}__path" if owner else "path"
        return self.filter(**{f"{path}__gte": scope.first, f"{path}__lt": scope.beyond})


class Gate(models.Manager[M_co], Generic[M_co]):
    """`objects` of a business model: opens only with a scope. Jobs use `everywhere`, and `make check` counts its uses."""

    def get_queryset(self) -> NoReturn:
        """Refuse: whoever reads must say for whom."""
        raise TypeError(f"{self.model.__name__}.objects needs .within(scope)")

    def within(self, scope: Scope) -> ScopedQuerySet[M_co]:
        """Rows owned by an organisation inside the scope."""
        return ScopedQuerySet(self.model, using=self._db).within(scope)

    def create(self, **values: Any) -> NoReturn:  # noqa: ANN401 -- Django's signature
        """Refuse: rows are made by actions through `everywhere`."""
        raise TypeError(f"{self.model.__name__} rows are made by actions, through `everywhere`")


class Everywhere(models.Manager[M_co], Generic[M_co]):
    """The manager Django itself, actions and jobs use: all rows, whatever the scope."""

    def get_queryset(self) -> ScopedQuerySet[M_co]:
        """All rows, in a query set that can still be narrowed to a scope."""
        return ScopedQuerySet(self.model, using=self._db)

    def within(self, scope: Scope) -> ScopedQuerySet[M_co]:
        """Rows owned by an organisation inside the scope."""
        return self.get_queryset().within(scope)
