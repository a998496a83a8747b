"""How far a run's receiver has come (none, asked, accepted): what they may see depends on it."""

import importlib

from django.db import migrations, models

past = importlib.import_module("handhold.records.migrations.0004_past")

_, EDITABLE = past.FILLED_ONCE["run"]


class Migration(migrations.Migration):
    dependencies = [("records", "0005_external_references")]

    operations = [
        migrations.AddField("run", "receiver_state", models.CharField(default="none", max_length=10)),
        # The guard of the run's past, which lets this change too until the run has ended.
        migrations.RunSQL("DROP TRIGGER run_past ON records_run", migrations.RunSQL.noop),
        past.guard(
            "run",
            "UPDATE OR DELETE",
            "records_fill_blanks_only",
            [*EDITABLE, "receiver_state"],
            when="WHEN (OLD.ended_at IS NULL)",
        ),
    ]
