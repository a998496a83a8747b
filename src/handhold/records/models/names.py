"""The words that names are made of, by which people, families and agencies are found. Not here: how they are searched.

The database itself makes them (migration 0020, ADR 0018): plain letters, no accents, no apostrophes, and double names
as one word too.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func


def words_of_names(function: str, *fields: str) -> models.GeneratedField:
    """A column with the words of the names in these fields, which the database keeps."""
    return models.GeneratedField(
        expression=Func(*fields, function=function),
        output_field=ArrayField(models.TextField()),
        db_persist=True,
        editable=False,
    )


class NameWord(models.Model):
    """A word that some name on record has, with keys for its sound and for each letter left out.

    A projection: triggers add what is new, and a word that two wrote at once may stand twice. It names nobody.
    """

    word = models.TextField()
    keys = models.GeneratedField(
        expression=Func("word", function="records_word_keys"),
        output_field=ArrayField(models.TextField()),
        db_persist=True,
        editable=False,
    )

    class Meta:
        indexes = [
            models.Index(name="name_word_begins", fields=["word"], opclasses=["text_pattern_ops"]),  # as far as typed
            GinIndex(name="name_word_like", fields=["keys"], fastupdate=False),  # sounds alike, or one letter is wrong
        ]

    def __str__(self) -> str:
        return f"name word {self.pk}"
