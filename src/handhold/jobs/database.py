"""Commands on the database as a whole: have it running, bring its tables up to date, let the pages' role use them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import typer
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from psycopg import sql

from handhold.jobs.embedded_postgres import running_cluster
from handhold.jobs.postgres_roles import WEB_ROLE
from handhold.records.grants import let_role_use_rows

GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
)


@contextmanager
def database_running() -> Iterator[None]:
    """Has the embedded server running while the body runs; does nothing when the server is somebody else's."""
    if not settings.DATABASE_IS_EMBEDDED:
        yield
        return
    with running_cluster(settings.DATA):
        try:
            yield
        finally:
            connection.close()


@contextmanager
def connected_as_owner() -> Iterator[None]:
    """Has Django speak to the database as its owner, who may change the schema, while the body runs."""
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(settings.DATABASE_OWNER)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


def bring_up_to_date(*, verbosity: int = 0) -> None:
    """Applies all migrations as the owner, and lets the pages' role read and write rows, but no more."""
    role = settings.DATABASES["default"]["USER"] or WEB_ROLE
    with connected_as_owner():
        call_command("migrate", interactive=False, verbosity=verbosity)
        call_command("createcachetable", verbosity=verbosity)
        if role != settings.DATABASE_OWNER["USER"]:
            let_role_use_tables(role)


def let_role_use_tables(role: str) -> None:
    """Grants a role the rows of every table, on this connection, but not its past, nor to change or empty one."""
    with connection.cursor() as cursor:
        for grant in GRANTS:
            cursor.execute(sql.SQL(grant).format(role=sql.Identifier(role)))
    let_role_use_rows(role)


def migrate() -> None:
    """Bring the tables of the database up to date."""
    with database_running():
        bring_up_to_date(verbosity=1)


def check_migrations() -> None:
    """Fail when a model differs from its migrations; changes nothing and needs no database."""
    loader = MigrationLoader(None)
    foreseen = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(graph=loader.graph)
    changes = [f"{app}: {operation.describe()}" for app in sorted(foreseen) for operation in _operations(foreseen[app])]
    for change in changes:
        typer.echo(f"Models and migrations differ. {change}", err=True)
    if changes:
        raise typer.Exit(1)
    typer.echo("Models and migrations agree.")


def _operations(migrations: Iterable[Migration]) -> list[Operation]:
    return [operation for migration in migrations for operation in migration.operations]
