"""The database of a kit's home: the four tables that a laptop needs, made at the first opening in a moment."""

from __future__ import annotations

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection

from xingtan.foundation.ledger.append_only import append_only
from xingtan.foundation.ledger.models import Block, Chain

from .models import KitLine

VERSION = 1  # of these tables; a program that needs more brings a home forward here


def ready_home() -> None:
    """The tables stand, the book's rows can be neither changed nor deleted; nothing happens where they stand already."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA user_version")
        if cursor.fetchone()[0] >= VERSION:
            return
    known = set(connection.introspection.table_names())
    missing = [model for model in (Chain, Block, KitLine, Session) if model._meta.db_table not in known]
    with connection.schema_editor() as editor:
        for model in missing:
            editor.create_model(model)
        if KitLine in missing:
            append_only(Block._meta.db_table, KitLine._meta.db_table).code(apps, editor)  # type: ignore[arg-type]  # -- it asks nothing of the state
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA user_version = {VERSION}")
