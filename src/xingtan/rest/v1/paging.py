"""Long lists in pages that hold still: a cursor names the last row that was seen, so rows that come or go meanwhile shift nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from cryptography.exceptions import InvalidTag
from django.db.models import Model, QuerySet
from ninja import Schema
from ninja.errors import ValidationError
from pydantic import Field

from xingtan.foundation.keys import open_box

T = TypeVar("T")
M = TypeVar("M", bound=Model)
CURSOR_BOX = open_box("rest.cursor")


class Paging(Schema):
    """Which page is wanted."""

    cursor: str = Field(default="", max_length=200, description="`next` of the page before")
    limit: int = Field(default=50, ge=1, le=200)


class Page(Schema, Generic[T]):
    """Some rows, and the cursor of the next page; null on the last."""

    rows: list[T]
    next: str | None = None


def place_of(paging: Paging) -> int:
    """The row that the cursor names, 0 before the first page; a cursor that we did not give is not valid."""
    try:
        return int(CURSOR_BOX.open(paging.cursor) or 0)
    except (InvalidTag, ValueError, KeyError):
        raise ValidationError([{"loc": ("query", "cursor"), "type": "cursor", "msg": "not a cursor of this API"}]) from None


def cursor_for(place: int) -> str:
    """The cursor that names this row; it tells nobody how many there are."""
    return CURSOR_BOX.close(str(place))


def page_of(rows: QuerySet[M, Any], paging: Paging, shape: Callable[[Sequence[M]], list[T]], *, oldest_first: bool = False) -> Page[T]:
    """The page of these rows, the newest first unless asked otherwise; one query, however deep."""
    place = place_of(paging)
    if place:
        rows = rows.filter(**{"pk__gt" if oldest_first else "pk__lt": place})
    found = list(rows.order_by("pk" if oldest_first else "-pk")[: paging.limit + 1])
    shown = found[: paging.limit]
    return Page(rows=shape(shown), next=cursor_for(shown[-1].pk) if len(found) > paging.limit else None)
