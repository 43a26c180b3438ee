"""The database itself refuses to change or delete these rows."""

from django.db import migrations

from xingtan.foundation.ledger.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("papers", "0001_initial")]
    operations = [append_only("papers_paper", "papers_paperstep", "papers_printing")]
