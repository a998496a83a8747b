"""The earliest limit of what can be done in a run, noted with its clock; every clock is made anew, so that all have it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0005_concerns_to_decide")]

    operations = [
        migrations.RunSQL("DELETE FROM notifications_runclock", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="runclock",
            name="next_due_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
