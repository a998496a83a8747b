"""How tests of constraints say that the database refuses, and how they take a constraint away to prove the test."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction

from handhold.records.constraints import check_constraints_now, constraint_of


@contextmanager
def refused_by(constraint: str) -> Iterator[None]:
    """The body, with all that is deferred, breaks this constraint and no other."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():  # noqa: PT012 - the body is the caller's
        yield
        check_constraints_now()
    assert constraint_of(refusal.value) == constraint


def take_away(table: str, constraint: str) -> None:
    """Drop a constraint, with what hangs on it, until the test's transaction is rolled back."""
    check_constraints_now()
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint} CASCADE")


def take_guard_away(table: str) -> None:
    """Switch off the triggers of a table that keep its past, until the test's transaction is rolled back."""
    check_constraints_now()
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def take_index_away(name: str) -> None:
    """Drop a unique index until the test's transaction is rolled back."""
    check_constraints_now()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {name}")
