"""The papers that go with a family to whoever takes over, as they were made, and the answer that they are there."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

APPEND_ONLY = ("papershared", "paperreceived")


def kept(table: str) -> migrations.RunSQL:
    """What was passed on, and said to be there, is never edited or deleted."""
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_past BEFORE UPDATE OR DELETE ON records_{table} "
        "FOR EACH ROW EXECUTE FUNCTION records_keep_past()",
        f"DROP TRIGGER {table}_past ON records_{table}",
    )


class Migration(migrations.Migration):
    dependencies = [("records", "0007_requests_taken_back")]

    operations = [
        migrations.CreateModel(
            name="PaperShared",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=60)),
                ("is_redacted", models.BooleanField(default=False)),
                (
                    "left_out",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shared_as", to="records.document"
                    ),
                ),
                (
                    "step_record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers_shared",
                        to="records.steprecord",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PaperReceived",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="received", to="records.papershared"
                    ),
                ),
                (
                    "step_record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers_received",
                        to="records.steprecord",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="papershared",
            constraint=models.UniqueConstraint(fields=("step_record", "code"), name="paper_shared_once"),
        ),
        migrations.AddConstraint(
            model_name="papershared",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_redacted", True), ("left_out__len", 0), _connector="OR"),
                name="paper_left_out_is_marked",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperreceived",
            constraint=models.UniqueConstraint(fields=("step_record", "paper"), name="paper_received_once"),
        ),
        *(kept(table) for table in APPEND_ONLY),
    ]
