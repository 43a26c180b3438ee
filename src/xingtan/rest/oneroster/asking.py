"""What a caller asks of a collection: a page of it, its order, a filter, and some of the fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict

from xingtan.domains.rosters import api as rosters
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.scope.models import Kind

from .collections import Collection, Rows
from .refusals import Failure
from .shapes import GONE

USUAL, MOST = 100, 5_000
TERM = re.compile(r"\s*([A-Za-z]+)\s*(!=|>=|<=|=|>|<|~)\s*'([^']*)'\s*")
LOOKUPS = {"=": "", "!=": "", ">": "__gt", ">=": "__gte", "<": "__lt", "<=": "__lte", "~": "__contains"}


class Page(NamedTuple):
    """The rows of a page, how many there are in all, and the addresses of the pages around it."""

    rows: list[Any]
    total: int
    links: str


def wanted(collection: Collection, rows: Rows, query: QueryDict, address: str) -> Page:
    """The page that was asked for; raises `Failure` 400 for what cannot be filtered, sorted or paged by."""
    if text := query.get("filter", ""):
        rows = rows.filter(_filter(collection, str(text)))
    rows = _sorted(collection, rows, query)
    limit, offset = _number(query, "limit", USUAL, 1), _number(query, "offset", 0, 0)
    limit, total = min(limit, MOST), rows.count()
    return Page(list(rows[offset : offset + limit]), total, _links(query, address, limit, offset, total))


def only(told: dict[str, Any], query: QueryDict) -> dict[str, Any]:
    """The fields that were asked for; all of them where none was, or none is known (the standard's rule)."""
    names = {name.strip() for name in query.get("fields", "").split(",")} & told.keys()
    return {name: value for name, value in told.items() if name in names} if names else told


def _filter(collection: Collection, text: str) -> Q:
    """One comparison, or two joined by AND or OR (REST binding, 3.4.3)."""
    parts = re.split(r"\s+(AND|OR)\s+(?=[A-Za-z]+\s*[!<>=~])", text.strip())
    if len(parts) not in (1, 3):
        raise Failure(400, "A filter is one comparison, or two joined by AND or OR.", "invalid_filter_field")
    terms = [_term(collection, part) for part in parts[::2]]
    if len(terms) == 1:
        return terms[0]
    return terms[0] & terms[1] if parts[1] == "AND" else terms[0] | terms[1]


def _term(collection: Collection, text: str) -> Q:
    found = TERM.fullmatch(text)
    known = {**collection.fields, "sourcedId": collection.key} | ({"role": ""} if collection.role else {})
    if found is None or found[1] not in known:
        raise Failure(400, f"This collection is not filtered by {found[1] if found else text[:40]}.", "invalid_filter_field")
    name, operator, value = found.groups()
    if name == "role":
        return ~Q(pk__in=[]) if (value == collection.role) is (operator == "=") else Q(pk__in=[])
    if known[name] == "pk" and not (value.isdigit() and len(value) < 19):
        return Q(pk__in=[])
    term = _compared(known[name], name, operator, value)
    return ~term if operator == "!=" else term


def _compared(column: str, name: str, operator: str, value: str) -> Q:
    if column == "status":
        is_active = Q(status__in=[status.value for status in teachers.Status if status not in GONE])
        return is_active if value == "active" else ~is_active
    if column == "kind":
        return Q(kind__in=[kind.value for kind in Kind if rosters.ORG_TYPES[kind] == value])
    if column == "changed_at":
        return Q(**{f"changed_at{LOOKUPS[operator]}": _moment(value)})
    if column == "year":
        return Q(last_on__year=int(value)) if value.isdigit() and len(value) == 4 else Q(pk__in=[])
    return Q(**{f"{column}{'__startswith' if name == 'familyName' and operator != '~' else LOOKUPS[operator]}": value})


def _moment(text: str) -> datetime:
    with suppress(ValueError):
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return moment
    raise Failure(400, "dateLastModified is compared with a moment such as 2026-11-22T08:00:00Z.", "invaliddata")


def _sorted(collection: Collection, rows: Rows, query: QueryDict) -> Rows:
    if not (name := query.get("sort", "")):
        return rows
    direction = query.get("orderBy", "asc")
    known = {**collection.fields, "sourcedId": collection.key}
    if name not in known or direction not in ("asc", "desc"):
        raise Failure(400, f"This collection is not sorted by {name[:40]}.", "invalid_sort_field")
    column = {"givenName": "name_pinyin", "familyName": "name_pinyin"}.get(name, known[name])
    return rows.order_by(f"{'-' if direction == 'desc' else ''}{column}", "pk")


def _number(query: Mapping[str, str], name: str, usual: int, least: int) -> int:
    text = query.get(name, "") or str(usual)
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) >= least):
        raise Failure(400, f"{name} is a whole number of at least {least}.", "invaliddata")
    return int(text)


def _links(query: QueryDict, address: str, limit: int, offset: int, total: int) -> str:
    last = max((total - 1) // limit * limit, 0)
    places = {"first": 0, "last": last}
    places |= {"next": offset + limit} if offset + limit < total else {}
    places |= {"prev": max(offset - limit, 0)} if offset else {}
    kept = {name: value for name, value in query.items() if name not in ("limit", "offset")}
    pages = {name: urlencode({**kept, "limit": limit, "offset": place}) for name, place in places.items()}
    return ", ".join(f'<{address}?{page}>; rel="{name}"' for name, page in pages.items())
