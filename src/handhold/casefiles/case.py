"""A run with everything on record that decisions about it need: `load_case`, the one way from records to facts."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet

from handhold.casefiles.people import RunPeople, find_run_people
from handhold.casefiles.protocols import calendar_of, protocol_of
from handhold.protocol.facts import ChildFacts, held
from handhold.protocol.observing import Casefile, Observed, StepOnRecord, observe
from handhold.protocol.pathways import Pathway, Protocol
from handhold.records.models import (
    Allocation,
    Assessment,
    Concern,
    FamilyMember,
    Involvement,
    MainContact,
    Person,
    Run,
    RunChild,
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
class HeldChild:
    """One child of a run: who they are, what is open about them, who holds it."""

    row: RunChild
    person: Person
    involvements: dict[str, Involvement] = field(default_factory=dict)
    allocations: dict[str, Allocation] = field(default_factory=dict)
    main_contact: MainContact | None = None


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
    now: datetime

    def position_of(self, child_ref: str | None) -> int | None:
        """The place of a child among the run's children. Raises KeyError for a child who is not in the run."""
        if not child_ref:
            return None
        return {held.person.ref: place for place, held in enumerate(self.children)}[child_ref]


def load_case(run: Run, now: datetime) -> Case:
    """The case of a run. `run` needs sender, receiver (with agency) and family loaded."""
    protocol = protocol_of(run)
    pathway = protocol.pathways[run.pathway]
    people = find_run_people(run, protocol, now)
    children = load_children(run, now)
    people = _with_who_holds(people, children, pathway.origin)
    records = list(StepRecord.objects.filter(run=run).select_related("recorded_by", "practitioner").order_by("id"))
    places = {one.person.pk: place for place, one in enumerate(children)}
    casefile = Casefile(
        started_at=run.started_at,
        records=_in_order([_on_record(record, places) for record in records], _concerns_on_record(run, pathway, now)),
        children=tuple(_facts_of(one, people, pathway) for one in children),
        matters=find_matters(run, children, now),
        ended=run.ending or None,
    )
    calendar = calendar_of(protocol)
    observed = observe(protocol, pathway, casefile, calendar, now)
    return Case(run, protocol, pathway, calendar, people, children, observed, records, now)


def load_children(run: Run, now: datetime) -> list[HeldChild]:
    """The run's children in the order of their ids, with what is open about each."""
    rows = RunChild.objects.filter(run=run).select_related("child").order_by("child_id")
    found = {row.child_id: HeldChild(row, row.child) for row in rows}
    allocations = Allocation.objects.filter(
        involvement__child__in=found, involvement__open_during__upper_inf=True, during__upper_inf=True
    ).select_related("involvement", "practitioner__agency", "practitioner__team")
    for allocation in allocations:
        child = found[allocation.involvement.child_id]
        child.involvements[allocation.involvement.kind] = allocation.involvement
        child.allocations[allocation.involvement.kind] = allocation
    contacts = MainContact.objects.filter(child__in=found, during__upper_inf=True).select_related(
        "involvement", "practitioner__agency"
    )
    for contact in contacts:
        found[contact.child_id].main_contact = contact
    return list(found.values())


def _concerns_on_record(run: Run, pathway: Pathway, now: datetime) -> list[StepOnRecord]:
    """Each concern about the household since the run began, or still undecided, as the step that reports it."""
    reported = pathway.concern_steps()[0]
    outcome = next(iter(pathway.steps[reported].outcomes))
    concerns = find_concerns(run, now).filter(Q(decided_at__isnull=True) | Q(sent_at__gte=run.started_at))
    return [
        StepOnRecord(reported, "record", outcome, None, one.sent_at, one.sent_at, str(one.reported_by_id))
        for one in concerns
    ]


def _in_order(*lists: list[StepOnRecord]) -> tuple[StepOnRecord, ...]:
    """Records of several sources in the order in which they were written; of one source, in their own."""
    return tuple(sorted((record for one in lists for record in one), key=lambda record: record.recorded_at))


def find_concerns(run: Run, now: datetime) -> QuerySet[Concern]:
    """The concerns about the run's family, or about a child of its household under another name."""
    household = FamilyMember.objects.filter(family=run.family_id, during__contains=now).values("person")
    return Concern.objects.filter(Q(family=run.family_id) | Q(child__in=household)).order_by("sent_at")


def find_matters(run: Run, children: list[HeldChild], now: datetime) -> frozenset[str]:
    """What is open about any child of the household and stops every closure."""
    matters = set()
    if find_concerns(run, now).filter(decided_at__isnull=True).exists():
        matters.add("concern-undecided")
    unfinished = Assessment.objects.filter(family=run.family_id, authorised_at__isnull=True)
    if run.assessment_id is not None:  # the run's own is a step of the run
        unfinished = unfinished.exclude(pk=run.assessment_id)
    matters |= {ENQUIRIES.get(kind, "assessment-unfinished") for kind in unfinished.values_list("kind", flat=True)}
    if any("child-protection" in child.involvements for child in children):
        matters.add("protection-plan")
    return frozenset(matters)


def _with_who_holds(people: RunPeople, children: list[HeldChild], origin: str) -> RunPeople:
    """The worker is who holds the involvement from which the run comes, also after a reallocation outside the run."""
    for child in children:
        allocation = child.allocations.get(origin)
        if allocation and child.row.ended_at is None and allocation.practitioner_id != people.manager.pk:
            return RunPeople(allocation.practitioner, people.manager, people.receiver, people.stand_in)
    return people


def _facts_of(child: HeldChild, people: RunPeople, pathway: Pathway) -> ChildFacts:
    pairs = [
        (kind, people.relation_of(allocation.practitioner_id, is_origin=kind == pathway.origin))
        for kind, allocation in child.allocations.items()
    ]
    contact = child.main_contact
    return ChildFacts(held(*pairs), contact.involvement.kind if contact else None, child.row.outcome or None)


def _on_record(record: StepRecord, places: dict[int, int]) -> StepOnRecord:
    return StepOnRecord(
        step=record.step,
        verb=VERBS[StepRecord.Act(record.act)],
        outcome=record.exception_kind if record.act == StepRecord.Act.EXCEPTION_ASKED else record.outcome,
        child=None if record.child_id is None else places[record.child_id],
        happened_at=record.happened_at,
        recorded_at=record.recorded_at,
        by=str(record.recorded_by_id),
        reason=record.reason,
    )
