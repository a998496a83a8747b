"""Looking for people is noted before any are shown: by whom, when, whom it showed, a digest of what was asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from handhold.audit.recording import record_event
from handhold.records.models import Practitioner


@transaction.atomic
def note_search(asked: str, shown: Iterable[str], *, by: Practitioner, now: datetime) -> None:
    """Write to the audit that somebody searched. `shown` are the references of those whom the page is about to show.

    The words themselves are not kept, for they are mostly names: their digest can be held against a word.
    """
    record_event("search.made", by=by, now=now, subjects=shown, after={"asked": asked})


@transaction.atomic
def note_likely_shown(shown: Iterable[str], *, by: Practitioner, now: datetime) -> None:
    """Write to the audit that somebody who adds people was shown who of those on record they may be."""
    record_event("likely-duplicates.shown", by=by, now=now, subjects=shown)
