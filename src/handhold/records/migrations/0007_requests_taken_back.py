"""A request that was taken back can be put on the same meeting again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0006_receiver_state")]

    operations = [
        migrations.RemoveConstraint("meetingitem", "meeting_item_once"),
        migrations.AddConstraint(
            "meetingitem",
            models.UniqueConstraint(
                name="meeting_item_once",
                fields=["meeting", "run"],
                condition=~models.Q(outcome="taken-back"),
            ),
        ),
    ]
