"""A branch is a range over the path in byte order, whatever the database's locale."""

from django.db import migrations


def in_byte_order(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute('ALTER TABLE scope_organisation ALTER COLUMN path TYPE varchar(64) COLLATE "C"')


class Migration(migrations.Migration):
    dependencies = [("scope", "0001_initial")]
    operations = [migrations.RunPython(in_byte_order, migrations.RunPython.noop, hints={"database": "default"})]
