"""What must be known before a visit or a letter: alerts, and how to speak with somebody."""

import importlib
from typing import Any

import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import handhold.records.refs

past = importlib.import_module("handhold.records.migrations.0004_past")
periods = importlib.import_module("handhold.records.migrations.0003_periods")


def by(*, is_empty_at_first: bool = False) -> Any:
    """A practitioner who wrote something down."""
    return models.ForeignKey(
        blank=is_empty_at_first,
        db_index=False,
        null=is_empty_at_first,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="records.practitioner",
    )


class Migration(migrations.Migration):
    dependencies = [("records", "0020_names_are_found")]

    operations = [
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", handhold.records.refs.RefField()),
                ("kind", models.CharField(max_length=40)),
                ("reason", models.TextField()),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ("is_shared", models.BooleanField(default=False)),
                ("why_ended", models.TextField(blank=True)),
                ("ended_by", by(is_empty_at_first=True)),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="alerts", to="records.family"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="records.person",
                    ),
                ),
                ("written_by", by()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", ""), _negated=True), models.Q(("reason", ""), _negated=True)
                        ),
                        name="alert_says_what_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("during__upper_inf", False),
                            models.Q(("ended_by__isnull", True), ("why_ended", "")),
                            _connector="OR",
                        ),
                        name="alert_ended_once_over",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Communication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_language", models.CharField(blank=True, max_length=60)),
                ("interpreter_needed", models.BooleanField(null=True)),
                (
                    "formats",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                ("needs", models.TextField(blank=True)),
                ("safe_to_contact", models.BooleanField(null=True)),
                ("how_to_contact", models.TextField(blank=True)),
                ("written_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="communications",
                        to="records.person",
                    ),
                ),
                ("written_by", by()),
            ],
            options={"indexes": [models.Index(fields=["person", "-id"], name="communication_latest")]},
        ),
        migrations.RunSQL(
            periods.WELL_FORMED.format(table="alert", period="during"), periods.NOT_WELL_FORMED.format(table="alert")
        ),
        # A warning rewritten after somebody relied on it, or taken away without a word.
        past.guard("alert", "UPDATE OR DELETE", "records_close_period_only", ["during", "ended_by_id", "why_ended"]),
        # What somebody was told is safe, changed afterwards.
        past.guard("communication", "UPDATE OR DELETE", "records_keep_past", []),
    ]
