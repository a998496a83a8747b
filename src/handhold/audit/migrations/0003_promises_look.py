"""Whether the promises held, each time that somebody looked."""

from django.db import migrations, models

KEPT = """
CREATE TRIGGER audit_promises_look_past BEFORE UPDATE OR DELETE ON audit_promises_look FOR EACH ROW EXECUTE FUNCTION records_keep_past()
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_chain"), ("records", "0004_past")]

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
        migrations.RunSQL(KEPT, "DROP TRIGGER audit_promises_look_past ON audit_promises_look"),
    ]
