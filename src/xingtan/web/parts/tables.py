"""Lists: pages of fifty rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest

T = TypeVar("T")
ROWS = 50
EDGE = 2


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list: its rows, its number from 1, how many pages and rows there are."""

    rows: Sequence[T]
    number: int
    pages: int
    total: int

    @property
    def first(self) -> int:
        """The place of the page's first row, from 1."""
        return (self.number - 1) * ROWS + 1 if self.total else 0

    @property
    def last(self) -> int:
        """The place of the page's last row."""
        return self.first + len(self.rows) - 1 if self.total else 0


def page_of(request: HttpRequest, rows: QuerySet[Any, Any] | Sequence[Any]) -> Page[Any]:
    """The page that the address names, 50 rows; a number out of range is the nearest page."""
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    pages = max(1, -(-total // ROWS))
    wanted = request.GET.get("page", "1")
    number = min(pages, max(1, int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 9 else 1))
    return Page(rows=list(rows[(number - 1) * ROWS : number * ROWS]), number=number, pages=pages, total=total)


def order_of(request: HttpRequest, allowed: dict[str, str], default: str) -> list[str]:
    """The order that the address names (`sort=key` or `sort=-key`) as field names; an unknown key is the default."""
    wanted = request.GET.get("sort", "")
    key = wanted.removeprefix("-")
    if key not in allowed:
        return [default, "pk"]
    return [f"-{allowed[key]}" if wanted.startswith("-") else allowed[key], "pk"]


def pages_shown(number: int, pages: int) -> list[int | None]:
    """The page numbers to show; None stands for a gap."""
    near = {1, pages, *range(max(1, number - EDGE), min(pages, number + EDGE) + 1)}
    shown: list[int | None] = []
    for at in sorted(near):
        if shown and at - (shown[-1] or 0) > 1:
            shown.append(None)
        shown.append(at)
    return shown
