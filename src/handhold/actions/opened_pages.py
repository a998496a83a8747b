"""That somebody opened a page about a family: noted in the audit, as what was changed is."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from handhold.audit.recording import record_event
from handhold.records.models import Family, Person, Practitioner

Page = Literal[
    "family-page", "child-page", "family-papers", "chronology", "chronology-print", "alerts", "looks", "household"
]


def note_look(page: Page, family: Family, *, by: Practitioner, now: datetime, child: Person | None = None) -> None:
    """Notes that somebody was given a page of a family that they may see, about one child where it is. One statement.

    The caller has opened the family, and is within the transaction in which the page is made.
    """
    subjects = [family.ref, *([child.ref] if child else [])]
    record_event(f"{page}.read", by=by, now=now, subjects=subjects)
