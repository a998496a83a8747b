"""How far the check of a proposed number has come, so that one that was interrupted is taken up again."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0017_drafts_of_meetings")]

    operations = [
        migrations.CreateModel(
            name="SettingsCheck",
            fields=[
                (
                    "revision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="check_progress",
                        serialize=False,
                        to="records.protocolsettings",
                    ),
                ),
                ("pathways", models.PositiveSmallIntegerField()),
                ("walked", models.JSONField(default=dict)),
                ("told_at", models.DateTimeField()),
            ],
        ),
    ]
