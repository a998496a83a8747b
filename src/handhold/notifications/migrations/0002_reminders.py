"""What was said as time passed, once each and kept, and when each run is to be looked at again."""

import django.db.models.deletion
from django.db import migrations, models

# A reminder taken out, or given to somebody else afterwards, by whoever let the limit pass.
KEPT = """
CREATE TRIGGER {table}_past BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION records_keep_past()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0001_tables"),
        ("records", "0007_requests_taken_back"),
    ]

    operations = [
        migrations.CreateModel(
            name="RunClock",
            fields=[
                (
                    "run",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="clock",
                        serialize=False,
                        to="records.run",
                    ),
                ),
                ("next_change_at", models.DateTimeField(blank=True, null=True)),
                ("read_to", models.BigIntegerField(default=0)),
                ("read_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["next_change_at"], name="run_clock_next")],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(blank=True, max_length=100)),
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("started_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            ("coming", "Coming"),
                            ("passed", "Passed"),
                            ("escalated", "Escalated"),
                            ("not-received", "Not Received"),
                        ],
                        max_length=20,
                    ),
                ),
                ("told_at", models.DateTimeField()),
                (
                    "child",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.person",
                    ),
                ),
                (
                    "concern",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.concern",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="records.run",
                    ),
                ),
                ("told", models.ManyToManyField(related_name="+", to="records.practitioner")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "concern", "step", "child", "round", "started_at", "due_at", "occasion"),
                        name="reminder_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("concern__isnull", True),
                                ("occasion__in", ["coming", "passed", "escalated"]),
                                ("run__isnull", False),
                            ),
                            models.Q(("concern__isnull", False), ("occasion", "not-received"), ("run__isnull", True)),
                            _connector="OR",
                        ),
                        name="reminder_of_run_or_concern",
                    ),
                ],
            },
        ),
        *(
            migrations.RunSQL(KEPT.format(table=table), f"DROP TRIGGER {table}_past ON {table}")
            for table in ("notifications_reminder", "notifications_reminder_told")
        ),
    ]
