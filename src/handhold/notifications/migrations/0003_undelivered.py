"""A message that came back, and who told its addressee in another way."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_reminders"), ("records", "0010_partner_papers")]

    operations = [
        migrations.AddField("outboxmessage", "bounced_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("outboxmessage", "told_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "outboxmessage",
            "told_by",
            models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.practitioner",
            ),
        ),
        migrations.AddIndex(
            "outboxmessage",
            models.Index(
                name="outbox_undelivered",
                fields=["created_at"],
                condition=models.Q(told_at__isnull=True)
                & (models.Q(given_up_at__isnull=False) | models.Q(bounced_at__isnull=False)),
            ),
        ),
    ]
