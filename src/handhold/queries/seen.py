"""When a child was last seen, and seen alone, by whom; and for how long nobody has seen them, in working days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from handhold.access.families import Sighted
from handhold.access.papers import visits_known
from handhold.casefiles.protocols import calendar_of
from handhold.protocol.deadlines import period_of
from handhold.queries.naming import practitioner_name
from handhold.records.models import Person, Practitioner, VisitChild


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


def visits_on_which_seen(children: Iterable[int], sight: Sighted) -> QuerySet[VisitChild]:
    """As far as somebody knows of them, for each child: the last on which they were seen alone, and the last other."""
    rows = VisitChild.objects.filter(visits_known(sight), child__in=children, seen=True)
    rows = rows.filter(visit__step_record__corrected_by__isnull=True)
    return rows.order_by("child", "seen_alone", "-visit__visited_at").distinct("child", "seen_alone")


def find_last_seen(
    child: Person, visits: Iterable[Mapping[str, Any]], sight: Sighted, *, since: datetime | None
) -> LastSeen:
    """When the child was last seen, and last seen alone, by their visits of `visits_on_which_seen`, as `find_door` has
    them: those of all records that are this child.

    `since`: when the first of those who are responsible now took the child on, None where nothing is open.
    """
    known = [(row["alone"], _seen(row)) for row in visits]
    last = max((seen for _, seen in known), key=lambda one: one.at, default=None)
    can_be_seen = child.birth_date is not None and child.died_date is None
    counts_from = (last.at if last else since) if can_be_seen and since else None
    return LastSeen(
        seen=last,
        alone=max((seen for alone, seen in known if alone), key=lambda one: one.at, default=None),
        working_days=_working_days(counts_from, sight),
        is_too_long=_is_too_long(counts_from, sight),
        knows_all=sight.is_of_council,
        can_be_seen=can_be_seen,
    )


def _seen(row: Mapping[str, Any]) -> Seen:
    return Seen(datetime.fromisoformat(row["at"]), practitioner_name(Practitioner(**row["by"])))


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
