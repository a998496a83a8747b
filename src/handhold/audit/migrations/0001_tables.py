"""The tables of the audit."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("actor_id", models.BigIntegerField(null=True)),
                ("on_behalf_of_id", models.BigIntegerField(null=True)),
                (
                    "subjects",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), size=None),
                ),
                ("at", models.DateTimeField()),
                ("before_digest", models.BinaryField(default=b"")),
                ("after_digest", models.BinaryField(default=b"")),
            ],
            options={
                "db_table": "audit_event",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["subjects"], name="audit_event_of_subject"),
                    models.Index(fields=["actor_id", "at"], name="audit_event_by_actor"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name__regex", r"^[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)+$")),
                        name="audit_event_named_by_code",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditLink",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("previous_digest", models.BinaryField()),
                ("digest", models.BinaryField()),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="link", to="audit.auditevent"
                    ),
                ),
            ],
            options={
                "db_table": "audit_link",
                "constraints": [models.UniqueConstraint(fields=("previous_digest",), name="audit_link_follows_one")],
            },
        ),
    ]
