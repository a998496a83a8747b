"""Reminders also of the decision on a concern that no transfer keeps."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0004_who_is_asked")]

    operations = [
        migrations.RemoveConstraint("reminder", "reminder_of_run_or_concern"),
        migrations.AddConstraint(
            "reminder",
            models.CheckConstraint(
                name="reminder_of_run_or_concern",
                condition=models.Q(
                    run__isnull=False, concern__isnull=True, occasion__in=["coming", "passed", "escalated"]
                )
                | models.Q(run__isnull=True, concern__isnull=False),
            ),
        ),
    ]
