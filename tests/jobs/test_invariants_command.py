"""`handhold invariants`: what it says, with which status it ends, and that it reads one snapshot as the pages' role."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import InternalError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from tests.actions.walking import begin
from tests.records.factories import MadeCouncil, make_council, make_family
from typer.testing import CliRunner, Result

from handhold.jobs.command_line import app
from handhold.jobs.invariants import one_snapshot
from handhold.jobs.postgres_roles import WEB_ROLE
from handhold.records.models import Authority, Practitioner

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def council(monkeypatch: pytest.MonkeyPatch) -> MadeCouncil:
    """A council with a transfer on its way, in the database of the tests, which the command is not to start again."""
    monkeypatch.setattr(settings, "DATABASE_IS_EMBEDDED", False)
    council = make_council()
    begin(council, make_family(council, children=1)).to_lead_accepted()
    return council


@pytest.fixture
def reading_as_the_pages_role(council: MadeCouncil) -> Iterator[None]:
    """Has everything be asked by the role that serves pages, once the council is there."""
    owner = connection.settings_dict["USER"]
    connect_as(WEB_ROLE)
    yield
    connect_as(owner)


def connect_as(role: str) -> None:
    connection.close()
    connection.settings_dict["USER"] = role


def ask() -> Result:
    """The command, as somebody types it."""
    return CliRunner().invoke(app, ["invariants"])


@pytest.mark.usefixtures("reading_as_the_pages_role")
def test_it_says_that_all_holds_and_ends_well() -> None:
    told = ask()
    assert (told.exit_code, told.output) == (0, "11 checks: all holds.\n")


def test_it_names_each_breach_and_ends_with_status_1(council: MadeCouncil) -> None:
    worker = council.practitioners["social-worker"]
    Practitioner.objects.filter(pk=worker.pk).update(left_date="2020-01-31")
    told = ask()
    assert told.exit_code == 1
    assert f"Practitioner {worker.ref}, who is accountable, has left. (H1)" in told.output
    assert "1 breach of 11 checks." in told.output


def test_it_refuses_tables_that_are_not_up_to_date(council: MadeCouncil) -> None:
    (last,) = MigrationLoader(connection).graph.leaf_nodes("records")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = %s AND name = %s", last)
    try:
        told = ask()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, now())", last)
    assert told.exit_code == 2
    assert "Run `handhold migrate` first." in told.output


@pytest.mark.usefixtures("council")
def test_what_it_reads_is_one_snapshot_and_nothing_is_written() -> None:
    with one_snapshot():
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_isolation")
            assert cursor.fetchone() == ("repeatable read",)
        with pytest.raises(InternalError, match="read-only"), transaction.atomic():
            Authority.objects.create(code="another", name="Another council", protocol="another")
