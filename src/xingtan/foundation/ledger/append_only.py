"""A migration step by which the database itself refuses to change or delete a table's rows."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
"""


def _statements(table: str, *, is_sqlite: bool) -> list[str]:
    if is_sqlite:
        return [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;"
            for verb in ("UPDATE", "DELETE")
        ]
    return [
        POSTGRES_FUNCTION,
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION append_only();",
    ]


def append_only(*tables: str) -> migrations.RunPython:
    """A step after which UPDATE, DELETE and TRUNCATE on these tables raise; undone by dropping the triggers."""

    def guard(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        for table in tables:
            for statement in _statements(table, is_sqlite=editor.connection.vendor == "sqlite"):
                # Without parameters: the driver would take the function's own % for a placeholder.
                editor.execute(statement, None)

    def unguard(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        for table in tables:
            if editor.connection.vendor == "sqlite":
                editor.execute(f"DROP TRIGGER {table}_no_update")
                editor.execute(f"DROP TRIGGER {table}_no_delete")
            else:
                editor.execute(f"DROP TRIGGER append_only ON {table}")

    return migrations.RunPython(guard, unguard, hints={"database": "default"})
