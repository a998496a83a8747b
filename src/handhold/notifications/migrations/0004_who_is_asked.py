"""Whom a run waits for by their office: so that their list of work finds it."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_undelivered")]

    operations = [
        migrations.AddField(
            "runclock",
            "asks",
            django.contrib.postgres.fields.ArrayField(models.BigIntegerField(), default=list, size=None),
        ),
        migrations.AddIndex(
            "runclock", django.contrib.postgres.indexes.GinIndex(fields=["asks"], name="run_clock_asks")
        ),
        # Every run is looked at again, so that this is known of each.
        migrations.RunSQL("DELETE FROM notifications_runclock", migrations.RunSQL.noop),
    ]
