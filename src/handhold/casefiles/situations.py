"""What the records say of a run's children beside the run itself: how soon they came back, which age they have reached.

Read only where a condition of the pathway asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from handhold.casefiles.protocols import calendar_of
from handhold.protocol.deadlines import period_of
from handhold.protocol.pathways import Protocol
from handhold.protocol.reading import situations_read
from handhold.records.models import Involvement, Person, Run, RunChild

PLANS = ("child-in-need", "child-protection")
"""The involvements from which a child is stepped down to early help (Y51)."""
AGES = {"turned-18": 18, "turned-21": 21, "turned-25": 25}


def with_endings_of_plans(rows: QuerySet[RunChild]) -> QuerySet[RunChild]:
    """Children of runs, each with the instants at which their plans ended (`plans_ended`), in the same statement.

    Those of records that were joined to a child's are the child's (`plans_ended_of_joined`: found by a key of its own).
    """
    ended = Involvement.objects.filter(kind__in=PLANS, open_during__upper_inf=False)
    joined = ended.filter(child__joined_to__kept=OuterRef("child"), child__joined_to__undone_at__isnull=True)
    return rows.annotate(
        plans_ended=ArraySubquery(ended.filter(child=OuterRef("child")).values("open_during__endswith")),
        plans_ended_of_joined=ArraySubquery(joined.values("open_during__endswith")),
    )


def find_situations(
    runs: Sequence[Run], protocols: Sequence[Protocol], children: Mapping[int, Sequence[RunChild]], now: datetime
) -> dict[int, frozenset[str]]:
    """By run (its id): the situations that its pathway asks about and that are so at `now` for one of its children.

    The children as `with_endings_of_plans` has them. No statement.
    """
    found: dict[int, frozenset[str]] = {}
    for run, protocol in zip(runs, protocols, strict=True):
        read = situations_read(protocol.pathways[run.pathway])
        persons = [one.child for one in children[run.pk]]
        known = {word for word in read & AGES.keys() if _some_turned(AGES[word], persons, protocol, now)}
        if "returned-soon" in read and has_returned_soon(protocol, children[run.pk], run.started_at):
            known.add("returned-soon")
        found[run.pk] = frozenset(known)
    return found


def has_returned_soon(protocol: Protocol, children: Iterable[RunChild], began_at: datetime) -> bool:
    """Whether one of the children was let go from a plan within the council's limit before this instant (Y51)."""
    setting = protocol.file.returns_within
    if setting is None:
        return False
    calendar, period = calendar_of(protocol), period_of(protocol, setting)
    ends: list[datetime] = []
    for one in children:
        ends += (*one.plans_ended, *one.plans_ended_of_joined)  # type: ignore[attr-defined]
    return any(end <= began_at <= calendar.due_at(end, period) for end in ends)


def _some_turned(age: int, children: Iterable[Person], protocol: Protocol, now: datetime) -> bool:
    today = calendar_of(protocol).local_date(now)
    return any(child.birth_date is not None and years_old(child.birth_date, today) >= age for child in children)


def years_old(born: date, today: date) -> int:
    """Full years of age on a day; who was born on 29 February has their birthday on 1 March of other years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
