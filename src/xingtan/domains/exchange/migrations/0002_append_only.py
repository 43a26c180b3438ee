"""The database itself refuses to change or delete what was delivered."""

from django.db import migrations

from xingtan.foundation.ledger.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial")]
    operations = [append_only("exchange_delivery", "exchange_claim")]
