"""What was written down of the people of a family: born, corrected, moved in, moved out; with what stood before."""

import importlib

import django.db.models.deletion
from django.db import migrations, models

past = importlib.import_module("handhold.records.migrations.0004_past")


class Migration(migrations.Migration):
    dependencies = [("records", "0022_saved_filters")]

    operations = [
        migrations.CreateModel(
            name="PersonChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("born", "Born"),
                            ("corrected", "Corrected"),
                            ("joined", "Joined"),
                            ("left", "Left"),
                        ],
                        max_length=10,
                    ),
                ),
                ("happened_date", models.DateField()),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("why", models.TextField(blank=True)),
                ("written_at", models.DateTimeField()),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="person_changes", to="records.family"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="records.person",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.practitioner",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["born", "corrected", "joined", "left"])),
                        name="person_change_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "corrected"), ("why", ""), _negated=True),
                        name="person_change_corrected_with_reason",
                    ),
                ],
            },
        ),
        # A birth date that was corrected twice, and the first correction gone.
        past.guard("personchange", "UPDATE OR DELETE", "records_keep_past", []),
    ]
