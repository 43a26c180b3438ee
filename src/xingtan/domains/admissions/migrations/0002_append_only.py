"""The database itself refuses to change or delete the trail of applications."""

from django.db import migrations

from xingtan.foundation.ledger.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("admissions", "0001_initial")]
    operations = [append_only("admissions_applicationstep")]
