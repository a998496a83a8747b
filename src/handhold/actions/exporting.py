"""A list of work taken out of Handhold as a file: who took which families' rows, kept in the audit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from handhold.audit.recording import record_event
from handhold.records.constraints import check_constraints_now
from handhold.records.models import Practitioner


@transaction.atomic
def note_export(worklist: str, asked: str, refs: Iterable[str], *, by: Practitioner, now: datetime) -> None:
    """Keeps that somebody took these rows of a list with them. `refs` name the transfers or families in it."""
    subjects = sorted(set(refs))
    after = {"worklist": worklist, "asked": asked, "rows": len(subjects)}
    record_event("worklist.exported", by=by, now=now, subjects=[by.ref, *subjects], after=after)
    check_constraints_now()
