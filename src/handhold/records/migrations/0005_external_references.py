"""The references by which other systems know our records, kept for imports."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0004_past")]

    operations = [
        migrations.CreateModel(
            name="ExternalReference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("reference", models.CharField(max_length=300)),
                ("object_id", models.BigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "authority",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="external_references",
                        to="records.authority",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "kind", "reference"), name="external_reference_once")
                ],
            },
        ),
    ]
