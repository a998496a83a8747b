"""What records that were joined to a child's tell of this child, marked with the record that each line comes from.

It is the child's own: who was involved, when they were seen, what was done about them. Nothing of anybody else in the
family in which the other record lies: no note of a visit to them all, no words with a parent, no sibling.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.db.models import Count, Q, QuerySet

from handhold.access.papers import Reading
from handhold.casefiles.joined import People, joined_to
from handhold.queries.events import Event, joined
from handhold.queries.naming import person_name, practitioner_name
from handhold.queries.transfers import code_words
from handhold.records.models import Family, JoinedRecord, RunChild, StepRecord, VisitChild

Joinings = Mapping[int, JoinedRecord]
"""The standing joinings of some children, by the id of the record that was joined."""


def find_joinings(children: People) -> Joinings:
    """Those by which other records are these children. One statement."""
    return {one.other_id: one for one in joined_to(children)}


def mark(ref: str) -> str:
    """What stands at each line that comes from a joined record."""
    return f"From record {ref}, which was joined."


def as_the_childs_own(events: Iterable[Event], joinings: Joinings) -> Iterator[Event]:
    """The events; where one is about a joined record, it is about the child, and says from which record it comes."""
    for event in events:
        others = [joinings[one].other.ref for one in event.about if one in joinings]
        about = frozenset(joinings[one].kept_id if one in joinings else one for one in event.about)
        yield replace(event, about=about, text=joined(event.text, *map(mark, others))) if others else event


@dataclass(frozen=True)
class RunsElsewhere:
    """The transfers of joined records as children of another family."""

    child_of: Mapping[int, int] = field(default_factory=dict)
    """By the id of the run: whom of the joined records it moved."""
    shared: frozenset[int] = frozenset()
    """Those that moved other children too, so that words of theirs can be about somebody else."""

    def records(self) -> QuerySet[StepRecord]:
        """What was recorded in them of these children alone, or of all whom they moved."""
        own = Q(child__in=set(self.child_of.values())) | Q(child__isnull=True)
        return StepRecord.objects.filter(own, run__in=list(self.child_of))

    def says_it_of_others(self, record: StepRecord) -> bool:
        """Whether what was written with a record can be about somebody else."""
        return record.child_id is None and record.run_id in self.shared

    def own(self, events: Iterable[Event]) -> Iterator[Event]:
        """The events of those records as the child's: none leads to a transfer that is another family's."""
        for event in events:
            child = self.child_of[event.run_id or 0]
            yield replace(event, run_ref="", run_id=None, about=event.about or frozenset([child]))


def find_runs_elsewhere(family: Family, joinings: Joinings, reading: Reading) -> RunsElsewhere:
    """Those of which somebody reads, who reads the whole of the child's family. One statement, where any was joined."""
    if not (joinings and reading.whole):
        return RunsElsewhere()
    rows = RunChild.objects.filter(child__in=list(joinings)).exclude(run__family=family)
    found = list(rows.annotate(moved=Count("run__run_children")).values_list("run_id", "child_id", "moved"))
    shared = frozenset(run for run, _, moved in found if moved > 1)
    return RunsElsewhere({run: child for run, child, _ in found}, shared)


def visits_elsewhere(family: Family, joinings: Joinings, reading: Reading) -> Iterator[Event]:
    """When the child was visited as a child of another family: that, and whether they were seen. One statement."""
    if not (joinings and reading.whole):
        return
    rows = VisitChild.objects.filter(child__in=list(joinings), visit__step_record__corrected_by__isnull=True)
    for row in rows.exclude(visit__family=family).select_related("visit__by", "child"):
        seen = "Seen alone" if row.seen_alone else "Seen" if row.seen else "Not seen"
        yield Event(
            "visit",
            row.visit.visited_at,
            code_words(row.visit.kind) or "Visit",
            practitioner_name(row.visit.by),
            f"{seen}: {person_name(row.child)}.",
            "",
            row.visit.step_record_id,
            about=frozenset([row.child_id]),
        )
