"""The moment at which the deferred constraints are checked, and the name of the one that refuses."""

from django.db import connection


def check_constraints_now() -> None:
    """Check every deferred constraint, as the last act of an action, so that a breach surfaces inside it.

    Afterwards they wait again, so that another action can follow in the same transaction. One round trip.
    Raises IntegrityError, named as the constraint (`constraint_of`).
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def constraint_of(error: BaseException) -> str:
    """Return the name of the constraint that an IntegrityError comes from, or an empty string."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""
