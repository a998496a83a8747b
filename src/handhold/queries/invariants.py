"""Do the promises hold on the records as they are now? `find_breaches`: what `handhold invariants` and its page show.

Everything is read from the records themselves and asked again, without the constraints and the gates of `decide` that
are to bring it about. The one rule that is run is `observe`: a stored projection is held against what it projects.
A breach names records by their references, never a person. Periods are counted in `covered_periods`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from handhold.audit.chain import verify_chain
from handhold.casefiles.case import load_cases
from handhold.casefiles.correcting import as_they_stand
from handhold.casefiles.joined import open_work_of, standing
from handhold.casefiles.offices import NobodyHoldsThisRole
from handhold.casefiles.protocols import ProtocolChanged, protocol_of
from handhold.protocol.deciding import EARLY_HELP
from handhold.protocol.loading import ProtocolRefused
from handhold.protocol.pathways import Protocol
from handhold.queries.covered_periods import COVERS, ONCE, find_doubles, find_gaps
from handhold.records.models import (
    Allocation,
    Authority,
    ConcernAbout,
    ConcernHolding,
    Involvement,
    Person,
    PostHolding,
    QueueItem,
    Run,
    RunChild,
    StepRecord,
)
from handhold.working_days import council_date

RUNS_AT_ONCE = 200


@dataclass(frozen=True, order=True)
class Breach:
    """A promise that does not hold: which (a clause of the house), about which record, and how, in words."""

    promise: str
    about: str
    """What sort of record, and its reference: `involvement AB12CD34`."""
    words: str

    def __str__(self) -> str:
        return f"{self.about}: {self.words} ({self.promise})"


class Check(NamedTuple):
    """One question that is asked of all records, by the name that shows how far the asking is."""

    called: str
    find: Callable[[datetime], Iterator[Breach]]


Told = Callable[[str, int, int], None]
"""Told before each check: what is looked at now, how many checks are done, of how many."""


def find_breaches(now: datetime, tell: Told | None = None) -> list[Breach]:
    """Everything that does not hold at `now` (aware), and every past time at which it did not; each breach once.

    Give it one snapshot of the records (a transaction that is `repeatable read`) where others write meanwhile.
    """
    found: set[Breach] = set()
    for done, check in enumerate(CHECKS):
        if tell:
            tell(check.called, done, len(CHECKS))
        found.update(check.find(now))
    return sorted(found)


def _uncovered(now: datetime) -> Iterator[Breach]:
    for cover in COVERS:
        for reference, is_now in find_gaps(cover, now):
            yield Breach(cover.promise, f"{cover.about} {reference}", cover.now if is_now else cover.past)


def _twice_at_a_time(_: datetime) -> Iterator[Breach]:
    for once in ONCE:
        for reference in find_doubles(once):
            yield Breach(once.promise, f"{once.about} {reference}", once.words)


def _last_resorts(now: datetime) -> Iterator[Breach]:
    """A council with an open involvement whose post of last resort is missing, vacant, or held by one who has left."""
    held = PostHolding.objects.filter(
        post__authority=OuterRef("pk"), post__must_be_held_during__contains=now, during__contains=now
    ).exclude(practitioner__left_date__lte=council_date(now))
    at_work = Involvement.objects.filter(agency__authority=OuterRef("pk"), open_during__contains=now)
    for authority in Authority.objects.filter(Exists(at_work), ~Exists(held)):
        yield Breach("H1", f"council {authority.code}", "Nobody who is there holds a post of last resort.")


def _accountable_who_left(now: datetime) -> Iterator[Breach]:
    held = Allocation.objects.filter(during__contains=now, practitioner__left_date__lte=council_date(now))
    for involvement, practitioner in held.values_list("involvement__ref", "practitioner__ref"):
        yield Breach("H1", f"involvement {involvement}", f"Practitioner {practitioner}, who is accountable, has left.")


def _children_of_runs(now: datetime) -> Iterator[Breach]:
    """A child is held until a transfer ends for them (H10), and none is left without an outcome when it ends (H11)."""
    rows = RunChild.objects.filter(outcome="")
    held = Involvement.objects.filter(child=OuterRef("child"), open_during__contains=now)
    for run, child in _names(rows.filter(~Exists(held), run__ended_at__isnull=True)):
        yield Breach("H10", f"run {run}", f"Child {child} has no outcome yet and nobody is involved with them.")
    for run, child in _names(rows.filter(run__ended_at__isnull=False)):
        yield Breach("H11", f"run {run}", f"It has ended, and child {child} has no outcome.")


def _names(rows: QuerySet[RunChild]) -> Iterable[tuple[str, str]]:
    return rows.values_list("run__ref", "child__ref")


def _joined_records(_: datetime) -> Iterator[Breach]:
    """A record that was joined has nothing open, and is the same child as one record that is not joined itself."""
    others = standing().values("other")
    held, moved = open_work_of(others)
    for allocation in held:
        yield Breach("H1", f"involvement {allocation.involvement.ref}", "It is open on a record joined to another.")
    for row in moved:
        yield Breach("H1", f"run {row.run.ref}", f"It moves child {row.child.ref}, whose record is joined to another.")
    for (child,) in Person.objects.filter(is_joined=True).exclude(pk__in=others).values_list("ref"):
        yield Breach("H9", f"child {child}", "The record counts as joined, and it is joined to no other.")
    for (child,) in standing().filter(Q(other__is_joined=False) | Q(kept__is_joined=True)).values_list("other__ref"):
        yield Breach("H9", f"child {child}", "The record is joined to another, and is shown as a child of its own.")


def _queues(_: datetime) -> Iterator[Breach]:
    waiting = QueueItem.objects.filter(taken_at__isnull=True, run__ended_at__isnull=False)
    for run, queue in waiting.values_list("run__ref", "queue__code"):
        yield Breach("H8", f"run {run}", f"It has ended, and still waits in the queue {queue}.")


def _concerns(now: datetime) -> Iterator[Breach]:
    """Who answers for an undecided concern is there, and it is not about them (Y52)."""
    held = ConcernHolding.objects.filter(during__upper_inf=True, concern__decided_at__isnull=True).order_by("concern")
    for concern, practitioner in _of_concerns(held.filter(practitioner__left_date__lte=now.date())):
        yield Breach("H3", f"concern {concern}", f"Practitioner {practitioner}, who answers for it, has left.")
    about = ConcernAbout.objects.filter(concern=OuterRef("concern"), practitioner=OuterRef("practitioner"))
    for concern, practitioner in _of_concerns(held.filter(Exists(about))):
        yield Breach("H3", f"concern {concern}", f"Practitioner {practitioner} answers for it, and it is about them.")


def _of_concerns(rows: QuerySet[ConcernHolding]) -> Iterable[tuple[str, str]]:
    return rows.values_list("concern__ref", "practitioner__ref")


def _consents(_: datetime) -> Iterator[Breach]:
    """Early help that a run opened began with live consent: the last answer before it, or a manager's word."""
    opened = Involvement.objects.filter(kind__in=EARLY_HELP, opened_by_run__isnull=False)
    ids = opened.order_by("opened_by_run").values_list("opened_by_run", flat=True).distinct()
    for runs in _in_parts(Run.objects.filter(pk__in=ids).select_related("authority")):
        protocols = {run.pk: protocol for run, protocol in _with_protocols(runs)}
        moved = _consents_of(protocols)
        for involvement in opened.filter(opened_by_run__in=protocols):
            began_at, run = involvement.open_during.lower, involvement.opened_by_run_id
            before = [state for at, state in moved.get(run or 0, []) if at <= began_at]
            if not before or before[-1] != "live":
                yield Breach("H2", f"involvement {involvement.ref}", "Early help began without live consent.")


def _consents_of(protocols: dict[int, Protocol]) -> dict[int, list[tuple[datetime, str]]]:
    """By run: when consent changed and to what, by what the procedure says of what stands, in its order."""
    found: dict[int, list[tuple[datetime, str]]] = {}
    records = StepRecord.objects.filter(run__in=protocols).select_related("run", "recorded_by").order_by("id")
    stand = as_they_stand(records)
    for record in stand.records:
        if record.act == StepRecord.Act.RECORDED:
            pathway, first = protocols[record.run_id].pathways[record.run.pathway], stand.first_of(record)
            effects = pathway.steps[record.step].outcomes[record.outcome].effects
            moved = ((first.recorded_at, effect.consent) for effect in effects if effect.consent)
            found.setdefault(record.run_id, []).extend(moved)
    return found


def _projections(now: datetime) -> Iterator[Breach]:
    """What is stored of a run so that it is found quickly is what its records say."""
    for runs in _in_parts(_runs_as_cases_need_them()):
        readable = [run for run, _ in _with_protocols(runs)]
        for run in set(runs) - set(readable):
            yield Breach("H9", f"run {run.ref}", "The procedure that it began under is not there as it was.")
        try:
            cases = load_cases(readable, now)
        except NobodyHoldsThisRole as vacant:
            yield Breach("H1", f"run {readable[0].ref}", f"It cannot be read: {vacant}")
            continue
        for case in cases:
            observed = case.observed.facts.receiver
            if case.run.receiver_state != observed:
                words = f"Its receiver is stored as '{case.run.receiver_state}', and its records say '{observed}'."
                yield Breach("H9", f"run {case.run.ref}", words)


def _runs_as_cases_need_them() -> QuerySet[Run]:
    return Run.objects.select_related(
        "sender__agency", "sender__team", "receiver__agency", "receiver__team", "family", "assessment", "authority"
    )


def _with_protocols(runs: Iterable[Run]) -> Iterator[tuple[Run, Protocol]]:
    """The runs whose procedure is there as it was when they began, with it."""
    for run in runs:
        try:
            yield run, protocol_of(run)
        except (ProtocolChanged, ProtocolRefused):
            continue


def _in_parts(runs: QuerySet[Run]) -> Iterator[list[Run]]:
    """The runs in the order of their ids, so many at once that memory and statements stay few."""
    last = 0
    while part := list(runs.filter(pk__gt=last).order_by("pk")[:RUNS_AT_ONCE]):
        yield part
        last = part[-1].pk


def _audit(_: datetime) -> Iterator[Breach]:
    for fault in verify_chain():
        yield Breach("H9", f"audit event {fault.position}", fault.why)


CHECKS = (
    Check("who is accountable, and whom families ring", _uncovered),
    Check("periods that stand twice", _twice_at_a_time),
    Check("posts of last resort", _last_resorts),
    Check("people who have left", _accountable_who_left),
    Check("children of transfers", _children_of_runs),
    Check("records that are one child", _joined_records),
    Check("queues", _queues),
    Check("concerns", _concerns),
    Check("consent to early help", _consents),
    Check("what is stored of transfers", _projections),
    Check("the chain of the audit", _audit),
)
"""Every check, in the order in which they are asked."""
