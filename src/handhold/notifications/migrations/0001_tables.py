"""The table of the outbox."""

import django.db.models.deletion
from django.db import migrations, models

import handhold.records.refs


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("records", "0004_past"),
    ]

    operations = [
        migrations.CreateModel(
            name="OutboxMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", handhold.records.refs.RefField()),
                ("channel", models.CharField(choices=[("email", "Email")], default="email", max_length=20)),
                ("to_address", models.CharField(max_length=254)),
                ("template", models.SlugField(db_index=False, max_length=60)),
                ("context", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField()),
                ("next_try_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("given_up_at", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("last_error", models.CharField(blank=True, max_length=100)),
                (
                    "run",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outbox",
                        to="records.run",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("given_up_at__isnull", True), ("sent_at__isnull", True)),
                        fields=["next_try_at"],
                        name="outbox_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("channel", "email")), name="outbox_channel_known")
                ],
            },
        ),
    ]
