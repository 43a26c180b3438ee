"""The database itself refuses to change or delete these rows."""

from django.db import migrations

from xingtan.foundation.ledger.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("credits", "0001_initial")]
    operations = [append_only("credits_creditentry", "credits_reviewdecision")]
