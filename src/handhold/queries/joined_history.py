"""What records that were joined to a child's tell of this child, marked with the record that each line comes from.

It is the child's own: who was involved, when they were seen, what was done about them. Nothing of anybody else in the
family in which the other record lies: no note of a visit to them all, no words with a parent, no sibling.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from handhold.access.papers import Reading
from handhold.casefiles.joined import People, joined_to
from handhold.casefiles.protocols import part_readable, protocol_of
from handhold.queries import unshown
from handhold.queries.events import Event, joined
from handhold.queries.names_in_json import PRACTITIONER, named
from handhold.queries.naming import person_name, practitioner_name
from handhold.queries.transfers import code_words
from handhold.records.models import (
    Family,
    JoinedRecord,
    Person,
    Practitioner,
    Run,
    RunChild,
    StepRecord,
    VisitChild,
)


@dataclass(frozen=True)
class JoinedHistory:
    """What the records that were joined to some children tell, as far as it lies with another family than theirs."""

    joinings: Mapping[int, JoinedRecord] = field(default_factory=dict)
    """The standing joinings of the children, by the id of the record that was joined."""
    visits: tuple[tuple[Person, Mapping[str, Any]], ...] = ()
    """Each visit to one of those records, as JSON."""
    child_of: Mapping[int, int] = field(default_factory=dict)
    """By the id of each transfer that moved one: the id of that record."""
    shared: frozenset[int] = frozenset()
    """The ids of those that moved other children too, so that words of theirs can be about somebody else."""

    def records(self, family: Family) -> QuerySet[StepRecord]:
        """What was recorded of the family, and in those transfers of these records alone or of all whom they moved."""
        if not self.child_of:
            return StepRecord.objects.filter(run__family=family)
        own = Q(child__in=set(self.child_of.values())) | Q(child__isnull=True)
        return StepRecord.objects.filter(Q(run__family=family) | Q(own, run__in=list(self.child_of)))

    def says_it_of_others(self, record: StepRecord) -> bool:
        """Whether what was written with a record can be about somebody else."""
        return record.child_id is None and record.run_id in self.shared

    def as_own(self, event: Event) -> Event:
        """The event; where it tells of a joined record, it is about the child, and says from which record it comes."""
        child = self.child_of.get(event.run_id or 0)
        if child is not None:  # no page leads to a transfer that is another family's
            event = replace(event, run_ref="", run_id=None, about=event.about or frozenset([child]))
        others = [self.joinings[one].other.ref for one in event.about if one in self.joinings]
        about = frozenset(self.joinings[one].kept_id if one in self.joinings else one for one in event.about)
        return replace(event, about=about, text=joined(event.text, *map(mark, others))) if others else event

    def visit_events(self) -> Iterator[Event]:
        """When the child was visited as a child of another family: that, and whether they were seen."""
        for person, row in self.visits:
            seen = "Seen alone" if row["alone"] else "Seen" if row["seen"] else "Not seen"
            yield Event(
                "visit",
                datetime.fromisoformat(row["at"]),
                code_words(row["kind"]) or "Visit",
                practitioner_name(Practitioner(**row["by"])),
                f"{seen}: {person_name(person)}.",
                "",
                row["step_record"],
                about=frozenset([person.pk]),
            )


def find_history(children: People, family: Family, reading: Reading) -> JoinedHistory:
    """What lies with other families than this one, for who reads the whole of this one. One statement."""
    visits = VisitChild.objects.filter(child=OuterRef("other"), visit__step_record__corrected_by__isnull=True)
    moved = RunChild.objects.filter(child=OuterRef("other")).exclude(run__family=family)
    beside = RunChild.objects.filter(run=OuterRef("run")).exclude(child=OuterRef("child"))
    rows = joined_to(children).annotate(
        visited=ArraySubquery(visits.exclude(visit__family=family).values(json=_visit_json())),
        moved=ArraySubquery(moved.values(json=JSONObject(run=F("run_id"), shared=Exists(beside)))),
    )
    found: list[Any] = list(rows)
    joinings = {one.other_id: one for one in found}
    if not reading.whole:
        return JoinedHistory(joinings)
    runs = [(row["run"], one.other_id, row["shared"]) for one in found for row in one.moved]
    return JoinedHistory(
        joinings,
        tuple((one.other, row) for one in found for row in one.visited),
        {run: child for run, child, _ in runs},
        frozenset(run for run, _, shared in runs if shared),
    )


def _visit_json() -> JSONObject:
    return JSONObject(
        at=F("visit__visited_at"),
        kind=F("visit__kind"),
        by=named("visit__by", PRACTITIONER),
        step_record=F("visit__step_record_id"),
        seen=F("seen"),
        alone=F("seen_alone"),
    )


def mark(ref: str) -> str:
    """What stands at each line that comes from a joined record."""
    return f"From record {ref}, which was joined."


@dataclass(frozen=True)
class JoinedLine:
    """A record that was joined to a child's: which, and by whom and when that was said."""

    ref: str
    name: str
    joining_ref: str
    joined_at: datetime
    by: str


@dataclass(frozen=True)
class EarlierTransfer:
    """A transfer that moved the child by another record, and has ended for them."""

    title: str
    record: str
    started_at: datetime
    ended_at: datetime | None
    ending: str


def joined_lines(joinings: Iterable[JoinedRecord]) -> tuple[JoinedLine, ...]:
    """For the child's page. Without a statement."""
    return tuple(
        JoinedLine(one.other.ref, person_name(one.other), one.ref, one.joined_at, practitioner_name(one.joined_by))
        for one in joinings
    )


def earlier_transfers(joinings: Iterable[JoinedRecord]) -> tuple[EarlierTransfer, ...]:
    """The transfers of joined records, newest first. One statement, where any was joined."""
    others = {one.other_id: one.other.ref for one in joinings}
    if not others:
        return ()
    rows = RunChild.objects.filter(child__in=list(others)).select_related("run__authority").order_by("-run__started_at")
    return tuple(
        EarlierTransfer(
            _title(row.run), others[row.child_id], row.run.started_at, row.ended_at, code_words(row.outcome).lower()
        )
        for row in rows
    )


def _title(run: Run) -> str:
    readable, _ = part_readable([run])
    return protocol_of(run).pathways[run.pathway].file.title if readable else unshown.TITLE
