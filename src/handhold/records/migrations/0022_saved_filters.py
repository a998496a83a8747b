"""Filters of lists of work that people save for themselves, each under a name of its own."""

import django.db.models.deletion
from django.db import migrations, models

import handhold.records.refs


class Migration(migrations.Migration):
    dependencies = [("records", "0021_alerts")]

    operations = [
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", handhold.records.refs.RefField()),
                ("worklist", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=60)),
                ("asked", models.CharField(max_length=500)),
                ("saved_at", models.DateTimeField()),
                (
                    "practitioner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saved_filters",
                        to="records.practitioner",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("practitioner", "worklist", "name"), name="saved_filter_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="saved_filter_has_name"
                    ),
                ],
            },
        ),
    ]
