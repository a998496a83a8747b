"""What was written to finish a meeting that cannot be finished yet."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0016_records_by_time")]

    operations = [
        migrations.CreateModel(
            name="MeetingDraft",
            fields=[
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="draft",
                        serialize=False,
                        to="records.meeting",
                    ),
                ),
                (
                    "present",
                    django.contrib.postgres.fields.ArrayField(models.CharField(max_length=8), default=list, size=None),
                ),
                (
                    "apologies",
                    django.contrib.postgres.fields.ArrayField(models.CharField(max_length=8), default=list, size=None),
                ),
                ("chair", models.CharField(blank=True, max_length=8)),
                ("note", models.TextField(blank=True)),
                ("saved_at", models.DateTimeField()),
                (
                    "saved_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.practitioner",
                    ),
                ),
            ],
        ),
    ]
