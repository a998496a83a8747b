"""Keeps the tests' database as quick as it was at the first test.

A test's rows are taken back when it ends, yet what was taken back still lies in the tables and their indexes, and every
later question has to pass it. Now and then it is thrown out, between two tests. The server does not do so by itself
(`FORGETFUL_SETTINGS`): it would come by in the middle of a test, see no row of it, and plan from then on for empty
tables, which made a test with many rows twenty times as long.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from django.db import connection
from psycopg.sql import SQL, Identifier

TESTS_BETWEEN = 20
"""Throwing out takes as long as a short test, whatever there is."""
PATIENCE = "2s"
"""For whoever still reads a table; there will be another time."""
NAMES = "SELECT relname FROM pg_stat_user_tables ORDER BY relname"


class Broom:
    """Sweeps the tables that stand empty between two tests. One for each process of a run."""

    def __init__(self, own: "psycopg.Connection[Any]") -> None:
        self._own = own
        names = [Identifier(name) for (name,) in own.execute(NAMES).fetchall()]
        self._empty = SQL(", ").join(name for name in names if not _has_rows(own, name))
        self._tests = 0

    def after_a_test(self) -> None:
        """Sweeps after each so many tests."""
        self._tests += 1
        if self._tests % TESTS_BETWEEN == 0:
            self.sweep()

    def sweep(self) -> None:
        """Throws out whatever lies in the tables that were empty at the start."""
        with suppress(psycopg.errors.LockNotAvailable):
            self._own.execute(SQL("TRUNCATE {}").format(self._empty))


def _has_rows(own: "psycopg.Connection[Any]", name: Identifier) -> bool:
    return own.execute(SQL("SELECT FROM {} LIMIT 1").format(name)).fetchone() is not None


@contextmanager
def broom_of_the_database() -> Iterator[Broom]:
    """A broom for the tests' database, which has just been made."""
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as own:
        own.execute(SQL("SET lock_timeout = {}").format(PATIENCE))
        yield Broom(own)
