"""A run with everything on record that decisions about it need: `load_case`, the one way from records to facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet

from handhold.casefiles.children import HeldChild, load_children, unfinished_at
from handhold.casefiles.correcting import Stand, as_they_stand, outcome_of
from handhold.casefiles.joined import WAYS_TO_BE_ONE, of_same_child, same_child
from handhold.casefiles.offices import Offices, load_offices
from handhold.casefiles.people import RunPeople, offices_near, people_of_run
from handhold.casefiles.protocols import calendar_of, protocol_of
from handhold.casefiles.situations import find_situations
from handhold.protocol.facts import ChildFacts, held
from handhold.protocol.observing import Casefile, Observed, StepOnRecord, observe
from handhold.protocol.pathways import Pathway, Protocol
from handhold.records.models import (
    Assessment,
    Concern,
    ConcernAbout,
    FamilyMember,
    Practitioner,
    Run,
    StepRecord,
)
from handhold.working_days import Calendar

VERBS = {
    StepRecord.Act.RECORDED: "record",
    StepRecord.Act.EXCEPTION_ASKED: "ask-exception",
    StepRecord.Act.EXCEPTION_DECIDED: "decide-exception",
}
ENQUIRIES = {"section-47-enquiry": "section-47-open", "strategy-discussion": "strategy-discussion-open"}
"""Kinds of assessment that are not an assessment in the sense of H4, and the matter that each is while it is open."""


@dataclass
class Case:
    """A run as it stands at `now`: records on one side, facts on the other."""

    run: Run
    protocol: Protocol
    pathway: Pathway
    calendar: Calendar
    people: RunPeople
    children: list[HeldChild]
    observed: Observed
    records: list[StepRecord]
    """In the order in which they were first written, each as its last correction has it."""
    now: datetime
    stand: Stand
    """The same records, with what was written before they were corrected, and what was taken back."""
    casefile: Casefile

    @property
    def corrections(self) -> Mapping[int, tuple[StepRecord, ...]]:
        """By the id of a record that was corrected or taken back: what was written before, the oldest first."""
        return self.stand.earlier

    @property
    def worker_now(self) -> Practitioner:
        """Who answers for the children that the run still moves: after a worker left, the manager who holds them."""
        origin = self.pathway.origin
        held = (child.allocations[origin] for child in self.children if origin in child.allocations)
        return next((allocation.practitioner for allocation in held), self.holder_by_office or self.people.worker)

    @property
    def holder_by_office(self) -> Practitioner | None:
        """Who holds a child by an office to which this run has passed it: a co-ordinator, a manager."""
        held = (allocation for child in self.children for allocation in child.allocations.values())
        return next((one.practitioner for one in held if one.held_as and one.run_id == self.run.pk), None)

    def position_of(self, child_ref: str | None) -> int | None:
        """The place of a child among the run's children. Raises KeyError for a child who is not in the run."""
        if not child_ref:
            return None
        return {held.person.ref: place for place, held in enumerate(self.children)}[child_ref]


def load_case(run: Run, now: datetime, *, hidden_from: int | None = None) -> Case:
    """The case of a run. `run` needs sender, receiver (with agency) and family loaded."""
    return load_cases([run], now, hidden_from=hidden_from)[0]


def load_cases(runs: Sequence[Run], now: datetime, *, hidden_from: int | None = None) -> list[Case]:
    """The cases of many runs, in their order, in the same few statements however many they are.

    Each run needs sender, receiver (with agency), family and assessment loaded. For what a practitioner is shown,
    `hidden_from` (their id) leaves out the concerns that are about them; nothing is decided on such a case.
    """
    protocols = [protocol_of(run) for run in runs]
    children = load_children(runs)
    unfinished = {one.family_id: unfinished_at(children[one.pk]) for one in runs}
    around = load_surroundings(runs, now, hidden_from=hidden_from, unfinished=unfinished)
    ends = [one for run in runs for one in (run.sender, run.receiver) if one]
    ends += [held.practitioner for run in runs for child in children[run.pk] for held in child.allocations.values()]
    roles = {role for protocol in protocols for role in protocol.file.stand_ins.values()}
    for run, protocol in zip(runs, protocols, strict=True):
        roles |= protocol.pathways[run.pathway].offices
    offices = load_offices(ends, roles, now)
    records = _without_hidden(_records_of(runs), runs, protocols, around)
    known = find_situations(runs, protocols, {run: [one.row for one in held] for run, held in children.items()}, now)
    return [
        _build(
            run,
            protocol,
            _people_now(run, protocol, offices, children[run.pk]),
            children=children[run.pk],
            records=records[run.pk],
            around=around,
            known=known[run.pk],
            now=now,
        )
        for run, protocol in zip(runs, protocols, strict=True)
    ]


def _build(
    run: Run,
    protocol: Protocol,
    people: RunPeople,
    *,
    children: list[HeldChild],
    records: list[StepRecord],
    around: Surroundings,
    known: frozenset[str],
    now: datetime,
) -> Case:
    """One case from what was read: the casefile, then what follows from it."""
    pathway = protocol.pathways[run.pathway]
    stand = as_they_stand(records)
    places = {one.person.pk: place for place, one in enumerate(children)}
    casefile = Casefile(
        started_at=run.started_at,
        records=_in_order([_on_record(one, stand, places) for one in stand.records], _reported(run, pathway, around)),
        children=tuple(_facts_of(one, people, run, pathway) for one in children),
        matters=_matters_of(run, children, around),
        ended=run.ending or None,
        known=known,
    )
    calendar = calendar_of(protocol)
    observed = observe(protocol, pathway, casefile, calendar, now)
    return Case(run, protocol, pathway, calendar, people, children, observed, stand.records, now, stand, casefile)


def _records_of(runs: Sequence[Run]) -> dict[int, list[StepRecord]]:
    """What was recorded in each run, in the order in which it was written."""
    found: dict[int, list[StepRecord]] = {run.pk: [] for run in runs}
    for record in StepRecord.objects.filter(run__in=runs).select_related("recorded_by", "practitioner").order_by("id"):
        found[record.run_id].append(record)
    return found


def _without_hidden(
    records: dict[int, list[StepRecord]], runs: Sequence[Run], protocols: Sequence[Protocol], around: Surroundings
) -> dict[int, list[StepRecord]]:
    """The records without the decisions on concerns, where one of those is about whoever reads."""
    for run, protocol in zip(runs, protocols, strict=True):
        if run.family_id in around.hidden:
            decided = protocol.pathways[run.pathway].concern_steps()[1]
            records[run.pk] = [one for one in records[run.pk] if one.step != decided]
    return records


def find_matters(case: Case) -> frozenset[str]:
    """What is open about the household, read again: for an act that must not pass what was committed since."""
    return _matters_of(case.run, case.children, load_surroundings([case.run], case.now))


@dataclass(frozen=True)
class Surroundings:
    """What is open around the families of some runs, beside the runs themselves."""

    concerns: dict[int, list[Concern]]
    """By family: those about the family, or about a child of its household under another name, as they were sent."""
    unfinished: dict[int, list[tuple[int, str]]]
    """By family: id and kind of each assessment that nobody has authorised."""
    hidden: frozenset[int] = frozenset()
    """Families of which a concern was left out, because it is about whoever reads."""


def load_surroundings(
    runs: Sequence[Run],
    now: datetime,
    *,
    hidden_from: int | None = None,
    unfinished: dict[int, list[tuple[int, str]]] | None = None,
) -> Surroundings:
    """The concerns and unfinished assessments of the families of some runs, but for concerns about this person.

    `unfinished`: the assessments, where the caller has just read them.
    """
    families = {run.family_id for run in runs}
    concerns: dict[int, list[Concern]] = defaultdict(list)
    hidden: set[int] = set()
    for concern in _concerns_about(families, now, hidden_from or 0):
        of_child = {family for word in WAYS_TO_BE_ONE for family in getattr(concern, word)}
        about = {one for one in families if one == concern.family_id or one in of_child}
        if concern.is_about_reader:  # type: ignore[attr-defined]
            hidden |= about
            continue
        for family in about:
            concerns[family].append(concern)
    found = _unfinished_of(families) if unfinished is None else unfinished
    return Surroundings(concerns, found, frozenset(hidden))


def _unfinished_of(families: set[int]) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = Assessment.objects.filter(family__in=families, authorised_at__isnull=True).order_by("id")
    for family, assessment, kind in rows.values_list("family_id", "id", "kind"):
        found[family].append((assessment, kind))
    return found


def _concerns_about(families: set[int], now: datetime, reader: int) -> QuerySet[Concern]:
    """Each with the families of which its child is a member now by any record, and whether the reader is meant."""
    memberships = FamilyMember.objects.filter(during__contains=now)
    household = memberships.filter(family__in=families).values("person")
    same = {word: ArraySubquery(rows.values("family")) for word, rows in of_same_child(memberships, "child").items()}
    return (
        Concern.objects.filter(Q(family__in=families) | same_child("child", household))
        .annotate(**same)
        .annotate(is_about_reader=Exists(ConcernAbout.objects.filter(concern=OuterRef("pk"), practitioner=reader)))
        .order_by("sent_at", "id")
    )


def find_stopped_runs(concern: Concern, now: datetime) -> list[Run]:
    """The open runs that a concern stops: of the family that it names, and of every household of its child."""
    own = same_child("person", [concern.child_id] if concern.child_id else [])
    of_child = FamilyMember.objects.filter(own, during__contains=now).values("family")
    about = Q(family__isnull=False, family=concern.family_id) | Q(family__in=of_child)
    return list(Run.objects.filter(about, authority=concern.authority_id, ended_at__isnull=True).order_by("pk"))


def _reported(run: Run, pathway: Pathway, around: Surroundings) -> list[StepOnRecord]:
    """Each concern about the household that was undecided at any time of the run, as the step that reports it."""
    reported = pathway.concern_steps()[0]
    outcome = next(iter(pathway.steps[reported].outcomes))
    return [
        StepOnRecord(
            reported,
            "record",
            outcome,
            None,
            happened_at=one.sent_at,
            recorded_at=one.sent_at,
            by=str(one.reported_by_id),
            is_settled=one.decided_at is not None,
        )
        for one in around.concerns.get(run.family_id, ())
        if one.decided_at is None or one.decided_at >= run.started_at
    ]


def _in_order(*lists: list[StepOnRecord]) -> tuple[StepOnRecord, ...]:
    """Records of several sources in the order in which they were written; of one source, in their own."""
    return tuple(sorted((record for one in lists for record in one), key=lambda record: record.recorded_at))


def _matters_of(run: Run, children: list[HeldChild], around: Surroundings) -> frozenset[str]:
    """What is open about any child of the household and stops every closure, beside the run's own assessment."""
    matters = {
        ENQUIRIES.get(kind, "assessment-unfinished")
        for assessment, kind in around.unfinished.get(run.family_id, ())
        if assessment != run.assessment_id
    }
    if any(concern.decided_at is None for concern in around.concerns.get(run.family_id, ())):
        matters.add("concern-undecided")
    if any("child-protection" in child.involvements for child in children):
        matters.add("protection-plan")
    return frozenset(matters)


def _people_now(run: Run, protocol: Protocol, offices: Offices, children: list[HeldChild]) -> RunPeople:
    """The worker is who holds the involvement from which the run comes, also after a reallocation outside the run."""
    people, origin = people_of_run(run, protocol, offices), protocol.pathways[run.pathway].origin
    holders = [
        child.allocations[origin] for child in children if origin in child.allocations and not child.row.ended_at
    ]
    worker = next((one.practitioner for one in holders if one.practitioner_id != people.manager.pk), people.worker)
    if worker.pk != people.worker.pk:
        manager = offices.stand_in_of(worker, protocol.file.stand_ins)
        by_office = offices_near(worker, people.by_office, offices)
        behind = people.stand_in if people.receiver else manager
        people = RunPeople(worker, manager, people.receiver, behind, by_office)
    near = {people.stand_in.pk, *(one.practitioner_id for child in children for one in child.allocations.values())}
    return replace(people, roles={pk: offices.roles.get(pk, ()) for pk in sorted(near)})


def _facts_of(child: HeldChild, people: RunPeople, run: Run, pathway: Pathway) -> ChildFacts:
    """Who holds the child, as this run sees them: by the office that it named, or by what they are to it."""
    pairs = [
        (
            kind,
            allocation.held_as
            if allocation.held_as and allocation.run_id == run.pk
            else people.relation_of(allocation.practitioner_id, is_origin=kind == pathway.origin),
        )
        for kind, allocation in child.allocations.items()
    ]
    contact = child.main_contact
    return ChildFacts(held(*pairs), contact.involvement.kind if contact else None, child.row.outcome or None)


def _on_record(record: StepRecord, stand: Stand, places: dict[int, int]) -> StepOnRecord:
    """As the fold takes it: in the place of the record that was first written, by who says how it came out."""
    return StepOnRecord(
        step=record.step,
        verb=VERBS[StepRecord.Act(record.act)],
        outcome=outcome_of(record),
        child=None if record.child_id is None else places[record.child_id],
        happened_at=record.happened_at,
        recorded_at=stand.first_of(record).recorded_at,
        by=str(record.recorded_by_id),
        reason=record.reason,
        also_by=frozenset(str(one) for one in stand.authors_before(record)),
        key=record.pk,
    )
