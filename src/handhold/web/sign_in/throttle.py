"""Slows down the guessing of passwords: so many failures for an address, then a pause, right password or not.

Counted in the database's cache table, so that all server processes count together. It is counted for every address
alike, known or not, by digest, so that neither the count nor the table says who has an account.
"""

import hashlib
from datetime import timedelta

from django.core.cache import cache

FAILURES_ALLOWED = 10
PAUSE = timedelta(minutes=15)


def must_wait(email: str) -> bool:
    """Whether this address has failed too often within the pause."""
    return bool(cache.get(_name(email), 0) >= FAILURES_ALLOWED)


def note_failure(email: str) -> None:
    """Count one failure. The pause runs from the last one."""
    cache.set(_name(email), cache.get(_name(email), 0) + 1, PAUSE.total_seconds())


def forget_failures(email: str) -> None:
    """Begin at nought, after the right password."""
    cache.delete(_name(email))


def _name(email: str) -> str:
    return f"failed-sign-ins-{hashlib.sha256(email.strip().lower().encode()).hexdigest()}"
