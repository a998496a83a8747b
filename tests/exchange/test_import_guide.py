"""The guide to the import says what the definitions say, and the definitions fit the tables that they fill."""

import pytest
from django.db import models

from handhold.exchange.columns import Kind, Table
from handhold.exchange.tables import (
    ABSENCES,
    AGENCIES,
    CONSENTS,
    FAMILIES,
    MEETINGS,
    PEOPLE,
    POSTS,
    PRACTITIONERS,
    PROFESSIONAL_RELATIONSHIPS,
    QUEUES,
    RELATIONSHIPS,
    TEAMS,
    VISITS,
)
from handhold.exchange.tables_of_encounters import CONSENT_OUTCOMES
from handhold.exchange.tables_of_families import INVOLVEMENT_KINDS
from handhold.exchange.tables_of_services import AGENCY_KINDS
from handhold.records.models import (
    Absence,
    Agency,
    Consent,
    Family,
    Involvement,
    MeetingSeries,
    Person,
    Post,
    Practitioner,
    ProfessionalRelationship,
    Queue,
    Relationship,
    Team,
    Visit,
)
from tests.exchange.import_guide import GUIDE, HEADING, guide_to_files


def test_the_guide_describes_every_file_and_column_as_defined() -> None:
    told = HEADING + GUIDE.read_text(encoding="utf-8").partition(HEADING)[2]
    assert told == guide_to_files(), "run: .venv/bin/python -m tests.exchange.import_guide"


def test_the_words_of_a_column_are_those_of_the_records() -> None:
    assert set(INVOLVEMENT_KINDS) == set(Involvement.Kind.values)
    assert set(AGENCY_KINDS) == set(Agency.Kind.values)
    assert set(CONSENT_OUTCOMES) == set(Consent.Outcome.values)


@pytest.mark.parametrize(
    ("table", "model"),
    [
        (AGENCIES, Agency),
        (TEAMS, Team),
        (PRACTITIONERS, Practitioner),
        (POSTS, Post),
        (QUEUES, Queue),
        (MEETINGS, MeetingSeries),
        (FAMILIES, Family),
        (PEOPLE, Person),
        (RELATIONSHIPS, Relationship),
        (PROFESSIONAL_RELATIONSHIPS, ProfessionalRelationship),
        (ABSENCES, Absence),
        (VISITS, Visit),
        (CONSENTS, Consent),
    ],
)
def test_no_text_that_passes_is_too_long_for_the_records(table: Table, model: type[models.Model]) -> None:
    room = {
        field.name: field.max_length
        for field in model._meta.get_fields()
        if isinstance(field, models.CharField) and field.max_length
    }
    texts = {column.name: column.longest for column in table.columns if column.kind is Kind.TEXT}
    too_long = {name for name in texts.keys() & room.keys() if texts[name] > room[name]}
    assert too_long == set()
    assert texts.keys() & room.keys() or table in (RELATIONSHIPS, VISITS)
