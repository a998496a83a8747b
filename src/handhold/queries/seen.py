"""When a child was last seen, and seen alone, by whom; and for how long nobody has seen them, in working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from handhold.access.families import Sighted
from handhold.access.papers import Reading
from handhold.casefiles.protocols import calendar_of
from handhold.protocol.deadlines import period_of
from handhold.queries.naming import practitioner_name
from handhold.records.models import Person, VisitChild


@dataclass(frozen=True)
class Seen:
    """When the child was seen, by whom."""

    at: datetime
    by: str


@dataclass(frozen=True)
class LastSeen:
    """What is known of when a child was seen."""

    seen: Seen | None
    alone: Seen | None
    working_days: int | None
    """Since then, or since they were taken on; None where neither is known, or nobody can see the child."""
    is_too_long: bool
    """Whether that is longer than the council's procedure allows (Y3)."""
    knows_all: bool
    """Whether this person knows of every visit: a partner knows of their own, and of their own transfers'."""
    can_be_seen: bool
    """Not before birth, nor after death."""


def find_last_seen(child: Person, sight: Sighted, reading: Reading, *, since: datetime | None) -> LastSeen:
    """When the child was last seen, and last seen alone, as far as somebody knows. One statement.

    `since`: when the first of those who are responsible now took the child on, None where nothing is open.
    """
    rows = VisitChild.objects.filter(reading.visits_known(), child=child, seen=True)
    rows = rows.filter(visit__step_record__corrected_by__isnull=True).select_related("visit__by")
    newest = rows.order_by("seen_alone", "-visit__visited_at").distinct("seen_alone")
    found = {row.seen_alone: Seen(row.visit.visited_at, practitioner_name(row.visit.by)) for row in newest}
    last = max(found.values(), key=lambda one: one.at, default=None)
    can_be_seen = child.birth_date is not None and child.died_date is None
    counts_from = (last.at if last else since) if can_be_seen and since else None
    return LastSeen(
        seen=last,
        alone=found.get(True),
        working_days=_working_days(counts_from, sight),
        is_too_long=_is_too_long(counts_from, sight),
        knows_all=reading.of_council,
        can_be_seen=can_be_seen,
    )


def _working_days(start: datetime | None, sight: Sighted) -> int | None:
    if start is None:
        return None
    calendar = calendar_of(sight.protocol)
    return calendar.working_days_between(calendar.local_date(start), calendar.local_date(sight.now))


def _is_too_long(start: datetime | None, sight: Sighted) -> bool:
    setting = sight.protocol.file.not_seen_after
    if setting is None or start is None:
        return False
    return sight.now > calendar_of(sight.protocol).due_at(start, period_of(sight.protocol, setting))
