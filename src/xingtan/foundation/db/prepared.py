"""Queries that are asked thousands of times: Django's query is built and compiled once, then only its values change.

Building and compiling takes several times as long as the database needs for one person's rows; a page that asks ten such questions
feels it. What is asked stays a Django query, in one place.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet

Row = TypeVar("Row")
# Values that stand for the real ones while the query is built; no row has them. Those of years fit small columns.
MARK, MARK_YEAR = -(10**15), 32_000


class Prepared(Generic[Row]):
    """A query of whole numbers: `one` value, a `year`, or `many` for `__among`; calling it with the values answers the rows.

    `build` is called once with marks in the values' place, and must use each of them exactly once.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]], *kinds: str) -> None:
        self._build = build
        self._marks = [_mark(place, kind) for place, kind in enumerate(kinds)]
        self._made: dict[str, _Made] = {}

    def __call__(self, *values: int | Collection[int]) -> list[Row]:
        """The rows, as the query would answer them: tuples of `values_list`, or the model's objects without anything beside them."""
        made = self._made.get(DEFAULT_DB_ALIAS) or self._make(DEFAULT_DB_ALIAS)
        connection = connections[DEFAULT_DB_ALIAS]
        given = list(made.params)
        for place, value in zip(made.places, values, strict=True):
            given[place] = value if isinstance(value, int) else _many(value, connection.vendor)
        with connection.cursor() as cursor:
            cursor.execute(made.sql, given)
            rows: list[Any] = cursor.fetchall()
        if made.converters:
            rows = list(map(tuple, made.compiler.apply_converters(rows, made.converters)))
        if made.model is None:
            return rows
        return [made.model.from_db(DEFAULT_DB_ALIAS, made.names, row) for row in rows]  # type: ignore[misc]  # -- the query's own model

    def _make(self, alias: str) -> _Made:
        found = self._build(*self._marks)
        compiler = found.query.get_compiler(alias)
        sql, params = compiler.as_sql()
        listed, engine = list(params), connections[alias].vendor
        places = [listed.index(mark if isinstance(mark, int) else _many(mark, engine)) for mark in self._marks]
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        model = found.model if getattr(found, "_fields", None) is None else None
        names = [field.attname for field in found.model._meta.concrete_fields]
        made = _Made(sql, listed, places, compiler, converters, model, names)
        self._made[alias] = made
        return made


class _Made(NamedTuple):
    sql: str
    params: list[Any]
    places: list[int]
    compiler: Any
    converters: Any
    model: type[Model] | None
    names: list[str]


def _mark(place: int, kind: str) -> int | list[int]:
    if kind == "year":
        return MARK_YEAR + place
    return [MARK - place] if kind == "many" else MARK - place


def _many(values: Collection[int], engine: str) -> Any:  # noqa: ANN401 -- what the driver takes for a list
    listed = sorted(set(values))
    return json.dumps(listed) if engine == "sqlite" else listed
