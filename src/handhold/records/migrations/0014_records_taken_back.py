"""A record that was wrong altogether is taken back by a later one, which names it."""

from django.db import migrations, models
from django.db.models import Q

ACTS = ["recorded", "exception-asked", "exception-decided"]


class Migration(migrations.Migration):
    dependencies = [("records", "0013_concerns_held")]

    operations = [
        migrations.AlterField(
            "steprecord",
            "act",
            models.CharField(
                choices=[
                    ("recorded", "Recorded"),
                    ("exception-asked", "Exception Asked"),
                    ("exception-decided", "Exception Decided"),
                    ("taken-back", "Taken Back"),
                ],
                default="recorded",
                max_length=20,
            ),
        ),
        migrations.RemoveConstraint("steprecord", "step_record_act_known"),
        migrations.AddConstraint(
            "steprecord",
            models.CheckConstraint(name="step_record_act_known", condition=Q(act__in=[*ACTS, "taken-back"])),
        ),
        migrations.AddConstraint(
            "steprecord",
            models.CheckConstraint(
                name="step_record_taken_back_names_another",
                condition=~Q(act="taken-back") | Q(corrects__isnull=False),
            ),
        ),
    ]
