from __future__ import annotations

from django.db import migrations

# A row of mentions is nothing but its key: kept as the index itself it is half as large and written once, not twice.
TABLE = "CREATE TABLE statements_mention (key bigint NOT NULL, seq bigint NOT NULL, PRIMARY KEY (key, seq))"


def _again(schema_editor, tail):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("ALTER TABLE statements_mention RENAME TO statements_mention_old")
        schema_editor.execute(TABLE + tail)
        schema_editor.execute("INSERT INTO statements_mention (key, seq) SELECT key, seq FROM statements_mention_old")
        schema_editor.execute("DROP TABLE statements_mention_old")


def without_rowid(apps, schema_editor):
    _again(schema_editor, " WITHOUT ROWID")


def with_rowid(apps, schema_editor):
    _again(schema_editor, "")


class Migration(migrations.Migration):
    dependencies = [("statements", "0002_credentials_and_references")]

    operations = [migrations.RunPython(without_rowid, with_rowid, hints={"database": "beats"})]
