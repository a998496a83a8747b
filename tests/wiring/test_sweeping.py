"""Between two tests what was taken back is thrown out, and what stands stays."""

import pytest
from django.db import connection, transaction
from tests.sweeping import broom_of_the_database

from handhold.records.models import Authority

pytestmark = pytest.mark.django_db(transaction=True)


def pages() -> int:
    """The size of the table of authorities."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size('records_authority')")
        size: int = cursor.fetchone()[0]
        return size


def take_one_back() -> None:
    with transaction.atomic():
        Authority.objects.create(code="gone", name="Taken back", protocol="york")
        transaction.set_rollback(True)


def test_what_was_taken_back_lies_there_until_it_is_swept() -> None:
    take_one_back()
    assert not Authority.objects.exists()
    assert pages() > 0
    with broom_of_the_database() as broom:
        broom.sweep()
    assert pages() == 0


def test_what_stood_there_at_the_start_stays() -> None:
    Authority.objects.create(code="here", name="Here to stay", protocol="york")
    with broom_of_the_database() as broom:
        broom.sweep()
    assert Authority.objects.get().code == "here"


def test_whoever_still_reads_is_not_swept_away() -> None:
    with broom_of_the_database() as broom, transaction.atomic():
        assert not Authority.objects.exists()
        Authority.objects.create(code="here", name="Still at work", protocol="york")
        broom.sweep()
    assert Authority.objects.get().code == "here"
