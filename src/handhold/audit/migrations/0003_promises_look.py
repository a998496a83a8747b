"""Whether the promises held, each time that somebody looked."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_chain")]

    operations = [
        migrations.CreateModel(
            name="PromisesLook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("looked_at", models.DateTimeField(db_index=True)),
                ("checks", models.PositiveSmallIntegerField()),
                ("breaches", models.JSONField(default=list)),
            ],
            options={"db_table": "audit_promises_look"},
        ),
    ]
