from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="certificate",
            name="joined_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="certificate",
            name="joined_into",
            field=models.ForeignKey(
                help_text="the person's one certificate, where two records became one",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="certificates.certificate",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("joined_at", None), ("joined_into", None)),
                    models.Q(("joined_at__isnull", False), ("joined_into__isnull", False)),
                    _connector="OR",
                ),
                name="certificate_joined_has_time",
            ),
        ),
    ]
