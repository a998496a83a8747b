"""Who has looked: from the audit, which pages and papers of a family somebody opened, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from handhold.audit.models import AuditEvent
from handhold.queries.naming import first_name, practitioner_name
from handhold.records.models import Family, Person, Practitioner

LOOKS = {
    "family-page.read": "Page of the family",
    "child-page.read": "Page of a child",
    "family-papers.read": "Assessments, consent, documents",
    "chronology.read": "Chronology",
    "chronology-print.read": "Chronology, to print",
    "alerts.read": "Alerts",
    "looks.read": "Who has looked",
    "household.read": "Who belongs to the family",
    "document.read": "A letter or pack on record",
    "pack.read": "Transfer pack",
    "family-letter.made": "The family’s letter",
    "partner-paper.read": "A paper that a partner sent",
}
"""What each event of the audit is called here. Those of a concern are none of them: that there is one would follow."""


@dataclass(frozen=True)
class Look:
    """Somebody opened something."""

    who: str
    job: str
    works_for: str
    at: datetime
    what: str


def looks_at(family: Family, child: Person | None = None) -> QuerySet[AuditEvent]:
    """What was opened of a family, or of one of its children, the last first."""
    subjects = [family.ref, *([child.ref] if child else [])]
    return AuditEvent.objects.filter(subjects__contains=subjects, name__in=LOOKS).order_by("-id")


def look_rows(events: Sequence[AuditEvent]) -> list[Look]:
    """One page of them. Two statements."""
    rows = Practitioner.objects.select_related("agency", "team").filter(pk__in={one.actor_id for one in events})
    people = {one.pk: one for one in rows}
    subjects = {ref for one in events for ref in one.subjects}
    names = {one.ref: first_name(one) for one in Person.objects.filter(ref__in=subjects)}
    return [_look(one, people.get(one.actor_id or 0), names) for one in events]


def _look(event: AuditEvent, who: Practitioner | None, names: dict[str, str]) -> Look:
    about = next((names[ref] for ref in event.subjects if ref in names), "")
    what = f"Page of {about}" if event.name == "child-page.read" and about else LOOKS[event.name]
    return Look(
        who=practitioner_name(who) if who else "The installation itself",
        job=who.job_title if who else "",
        works_for=(who.team.name if who.team else who.agency.name) if who else "",
        at=event.at,
        what=what,
    )
