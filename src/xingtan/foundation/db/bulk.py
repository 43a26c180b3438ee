"""Many new rows at once, without an object for each: COPY on PostgreSQL, one prepared statement on SQLite."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db import connections, models, router

PORTION = 10_000
PLAIN = frozenset({int, str, bool, type(None)})


def insert_rows(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """The rows (values in the order of the fields, plain Python) stand in the model's table; fields left out need a database default or null.

    For imports of thousands: no signals, no keys come back, `default=` of a field is not called. Returns how many.
    """
    connection = connections[router.db_for_write(model)]
    known = {field.name: field.column for field in model._meta.concrete_fields}
    columns = [str(known[name]) for name in fields]
    table = connection.ops.quote_name(model._meta.db_table)
    named = ", ".join(connection.ops.quote_name(column) for column in columns)
    if connection.vendor == "postgresql":
        return _copy(connection, f"COPY {table} ({named}) FROM STDIN", rows)
    places = ", ".join(["%s"] * len(columns))
    return _execute(connection, f"INSERT INTO {table} ({named}) VALUES ({places})", rows)  # noqa: S608 -- names of our own models


def reserve_keys(model: type[models.Model], count: int) -> list[int]:
    """So many fresh keys of the model's table, rising; nobody else gets them. Inside the transaction that uses them (SQLite has one writer)."""
    connection = connections[router.db_for_write(model)]
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = f"pg_get_serial_sequence('{connection.ops.quote_name(table)}', '{model._meta.pk.column}')"
            cursor.execute(f"SELECT nextval({sequence}) FROM generate_series(1, %s)", [count])  # noqa: S608 -- names of our own models
            return [key for (key,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        (last,) = cursor.fetchone() or (0,)
    return list(range(last + 1, last + 1 + count))


def insert_objects(objects: Sequence[models.Model]) -> int:
    """New rows of one model, built as objects, stand in its table; their keys do not come back. Returns how many.

    Django's own `bulk_create` prepares every value of every row on its own and is several times slower.
    """
    if not objects:
        return 0
    model = type(objects[0])
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    names = [(str(field.attname), isinstance(field, models.JSONField)) for field in fields]
    rows = ([_as_json(getattr(one, name)) if is_json else getattr(one, name) for name, is_json in names] for one in objects)
    return insert_rows(model, [field.name for field in fields], rows)


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _copy(connection: Any, statement: str, rows: Iterable[Sequence[Any]]) -> int:  # noqa: ANN401 -- Django's wrapper of psycopg
    # Rows are drawn before each COPY begins: whoever reads from the same connection while one runs would wait for ever.
    count, each = 0, iter(rows)
    with connection.cursor() as cursor:
        while portion := list(islice(each, PORTION)):
            # Django's cursor hands `copy` through without turning the driver's errors into its own.
            with connection.wrap_database_errors, cursor.copy(statement) as copy:
                for row in portion:
                    copy.write_row(row)
            count += len(portion)
    return count


def _execute(connection: Any, statement: str, rows: Iterable[Sequence[Any]]) -> int:  # noqa: ANN401 -- Django's wrapper of sqlite3
    count, each = 0, iter(rows)
    with connection.cursor() as cursor:
        while portion := [[value if type(value) in PLAIN else _for_sqlite(value) for value in row] for row in islice(each, PORTION)]:
            cursor.executemany(statement, portion)
            count += len(portion)
    return count


@lru_cache(maxsize=8192)
def _for_sqlite(value: Any) -> Any:  # noqa: ANN401 -- any value of any column
    """Days and times as Django writes them there: ISO text, times in UTC."""
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None))
    return value.isoformat() if isinstance(value, date) else value
