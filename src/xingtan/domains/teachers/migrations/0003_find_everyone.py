"""Tokens are walked in byte order, whatever the database's locale; everyone who is registered already is found."""

from django.db import migrations

from xingtan.domains.teachers.finding.tokens import tokens_of
from xingtan.domains.teachers.sets.pinyin import syllables

PORTION = 5000


def in_byte_order(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute('ALTER TABLE teachers_teachertoken ALTER COLUMN token TYPE varchar(80) COLLATE "C"')
        editor.execute('ALTER TABLE teachers_teachertoken ALTER COLUMN path TYPE varchar(64) COLLATE "C"')


def find_everyone(apps, editor):
    teacher, token = apps.get_model("teachers", "Teacher"), apps.get_model("teachers", "TeacherToken")
    rows = []
    for pk, name, path in teacher._base_manager.values_list("pk", "name", "school__path").order_by("pk").iterator(PORTION):
        rows += [token(teacher_id=pk, token=one, path=path) for one in tokens_of(name, syllables(name))]
        if len(rows) >= PORTION:
            token.objects.bulk_create(rows, batch_size=1000)
            rows = []
    token.objects.bulk_create(rows, batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [("teachers", "0002_people_found_and_moved"), ("scope", "0002_path_in_byte_order")]
    operations = [
        migrations.RunPython(in_byte_order, migrations.RunPython.noop, hints={"database": "default"}),
        migrations.RunPython(find_everyone, migrations.RunPython.noop, hints={"database": "default"}),
    ]
