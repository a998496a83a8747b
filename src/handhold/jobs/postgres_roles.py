"""The roles, extensions and empty database of an embedded server. Tables are the business of migrations.

The bootstrap role is the server's own superuser and prepares; the application never connects as it. The owner has the
tables and runs migrations. The web role reads and writes rows: no superuser, no way round row security, no tables.
"""

from collections.abc import Callable
from typing import Any

import psycopg
from psycopg import sql

DATABASE = "handhold"
BOOTSTRAP_ROLE = "handhold_bootstrap"
OWNER_ROLE = "handhold_owner"
WEB_ROLE = "handhold_web"
EXTENSIONS = ("btree_gist", "pg_trgm")

ROLE_SETTINGS = (
    f"ALTER ROLE {OWNER_ROLE} NOSUPERUSER NOBYPASSRLS NOCREATEROLE",
    f"ALTER ROLE {WEB_ROLE} NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB",
    f"ALTER ROLE {WEB_ROLE} SET statement_timeout = '20s'",
    f"ALTER ROLE {WEB_ROLE} SET idle_in_transaction_session_timeout = '60s'",
)
DATABASE_SETTINGS = (
    f"CREATE DATABASE {DATABASE} OWNER {OWNER_ROLE}",
    f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC",
    f"GRANT CONNECT ON DATABASE {DATABASE} TO {WEB_ROLE}",
)

Connection = psycopg.Connection[tuple[Any, ...]]


def prepare_database(connect: Callable[[str, str], Connection], *, owner_may_create_databases: bool) -> None:
    """Makes what is missing of roles, extensions and database. `connect` takes a role and a database's name."""
    with connect(BOOTSTRAP_ROLE, "postgres") as connection:
        _prepare_roles(connection)
        may = "CREATEDB" if owner_may_create_databases else "NOCREATEDB"
        connection.execute(f"ALTER ROLE {OWNER_ROLE} {may}")
    # Extensions go into the template, so that each new database, a test's too, has them without a superuser.
    with connect(BOOTSTRAP_ROLE, "template1") as connection:
        for extension in EXTENSIONS:
            connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
    with connect(BOOTSTRAP_ROLE, "postgres") as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            for statement in DATABASE_SETTINGS:
                connection.execute(statement)


def _prepare_roles(connection: Connection) -> None:
    for role in (OWNER_ROLE, WEB_ROLE):
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
    for statement in ROLE_SETTINGS:
        connection.execute(statement)
