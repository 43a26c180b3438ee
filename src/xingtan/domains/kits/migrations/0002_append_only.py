"""The database refuses to change or delete what arrived, and what a kit wrote."""

from django.db import migrations

from xingtan.foundation.ledger.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("kits", "0001_initial")]
    operations = [append_only("kits_kitblock", "kits_kitline", "kits_forkdecision")]
