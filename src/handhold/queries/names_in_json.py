"""Names that come with other rows in one statement, as JSON: `person_name(Person(**row["who"]))` says them as ever."""

from collections.abc import Iterable

from django.db.models import F
from django.db.models.functions import JSONObject

PERSON = ("given_name", "known_as", "family_name", "birth_date", "expected_birth_date")
PRACTITIONER = ("given_name", "family_name")


def named(relation: str, fields: Iterable[str]) -> JSONObject:
    """The fields of whom a foreign key names, by which they are called."""
    return JSONObject(**{one: F(f"{relation}__{one}") for one in fields})
