"""The times in which an agency is closed, such as a school's holidays: nobody there can answer."""

import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

# A period is half-open and begins at an instant, like every other (0003).
HALF_OPEN = """
ALTER TABLE records_agencyclosure ADD CONSTRAINT agencyclosure_period_is_half_open CHECK (
    lower_inc(during) AND NOT upper_inc(during)
    AND isfinite(lower(during)) AND coalesce(isfinite(upper(during)), true)
)
"""
NOT_HALF_OPEN = "ALTER TABLE records_agencyclosure DROP CONSTRAINT agencyclosure_period_is_half_open"


class Migration(migrations.Migration):
    dependencies = [("records", "0011_settings_and_versions")]

    operations = [
        migrations.CreateModel(
            name="AgencyClosure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ("why", models.CharField(blank=True, max_length=40)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="closures", to="records.agency"
                    ),
                ),
            ],
        ),
        migrations.RunSQL(HALF_OPEN, NOT_HALF_OPEN),
    ]
