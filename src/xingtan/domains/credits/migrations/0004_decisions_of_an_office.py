from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("credits", "0003_longer_chain")]

    operations = [
        migrations.AddIndex(
            model_name="reviewdecision",
            index=models.Index(fields=["organisation_id", "step", "decided_at"], name="review_decision_office"),
        ),
    ]
