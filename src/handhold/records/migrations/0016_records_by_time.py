"""A record that time brought about says so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0015_adults_of_unknown_age")]

    operations = [migrations.AddField("steprecord", "by_time", models.BooleanField(default=False))]
