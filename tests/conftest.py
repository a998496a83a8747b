"""What every test can ask for: one database server for the whole run, the pages' own role on it, a browser."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from handhold.jobs.database import let_role_use_tables
from handhold.jobs.embedded_postgres import running_cluster
from handhold.jobs.postgres_roles import WEB_ROLE
from tests.sweeping import Broom, broom_of_the_database

END_OTHER_SESSIONS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
"""A live server's threads may outlast the last test; a database that somebody still speaks to cannot be dropped."""

BROOM = pytest.StashKey[Broom]()
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def database_server() -> Iterator[None]:
    """A PostgreSQL for this run: our own in a private folder, or the one of DATABASE_URL."""
    ours = running_cluster(settings.DATA, forgetful=True) if settings.DATABASE_IS_EMBEDDED else nullcontext()
    with ours:
        yield
        connection.close()


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, database_server: None, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """pytest-django's database, after the server is up: the pages' role let in, and everybody shown out at the end."""
    with django_db_blocker.unblock():
        let_role_use_tables(WEB_ROLE)
    with broom_of_the_database() as broom:
        request.session.stash[BROOM] = broom
        yield
        del request.session.stash[BROOM]
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(END_OTHER_SESSIONS)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Sweeps between two tests, when nothing of either is in the database."""
    yield
    if broom := item.session.stash.get(BROOM, None):
        broom.after_a_test()


def pytest_unconfigure() -> None:
    """Removes the folder of the server, once, in the process that made it."""
    if os.environ.get("HANDHOLD_TEST_DATA_MAKER") == str(os.getpid()):
        shutil.rmtree(os.environ["HANDHOLD_TEST_DATA"], ignore_errors=True)


@pytest.fixture
def as_web_role(transactional_db: None) -> Iterator["psycopg.Connection[Any]"]:
    """A connection of its own as the role of the pages: rows only, no tables, no way round. It sees committed rows."""
    found = connection.settings_dict
    with psycopg.connect(host=found["HOST"], port=found["PORT"] or None, dbname=found["NAME"], user=WEB_ROLE) as own:
        yield own


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; without one the test fails, and says which command installs it."""
    found = subprocess.run([ROOT / "scripts/find-chromium"], capture_output=True, text=True, check=False)
    if found.returncode != 0:
        pytest.fail(found.stderr)
    return found.stdout.strip()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], chromium: str) -> dict[str, Any]:
    """How pytest-playwright starts the browser: the system's own, silent towards the network."""
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    as_root = ["--no-sandbox"] if os.getuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": chromium, "args": [*quiet, *as_root]}
