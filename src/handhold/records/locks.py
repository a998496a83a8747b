"""Locks on what no row can be locked for: rows that are never changed, which the pages' role may not lock either."""

from django.db import connection


def wait_for_turn(word: str) -> None:
    """Whoever else holds this word is waited for; then it is held until the transaction ends. One round trip."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [word])
