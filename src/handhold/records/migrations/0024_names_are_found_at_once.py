"""New names go into the indexes at once: a list of those still to be sorted in would be read through by each search."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

INDEXES = (
    ("person", "name_words", "person_by_name_words"),
    ("family", "name_words", "family_by_name_words"),
    ("nameword", "keys", "name_word_like"),
)


class Migration(migrations.Migration):
    dependencies = [("records", "0023_person_changes")]

    operations = [
        step
        for model, field, name in INDEXES
        for step in (
            migrations.RemoveIndex(model, name),
            migrations.AddIndex(model, GinIndex(fields=[field], name=name, fastupdate=False)),
        )
    ]
