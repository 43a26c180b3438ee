"""What happened to a card is never unsaid."""

from django.db import migrations

from xingtan.foundation.ledger.append_only import append_only


class Migration(migrations.Migration):
    """The database refuses to change or delete a step."""

    dependencies = [("cards", "0001_initial")]
    operations = [append_only("cards_cardstep")]
