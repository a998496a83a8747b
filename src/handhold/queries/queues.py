"""Queues: what waits, by when, what takes it on; who took what; and the families behind whose leads somebody stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from handhold.access.meetings import Seat, queues_in_sight
from handhold.casefiles.case import Case, load_cases
from handhold.casefiles.offices import load_offices
from handhold.casefiles.protocols import calendar_of, part_readable
from handhold.casefiles.steps_by_meaning import find_acceptance_step, find_taking_step
from handhold.documents import PackPerson
from handhold.protocol.council import QueueRule
from handhold.protocol.loading import papers_of
from handhold.queries.naming import practitioner_name, with_ages
from handhold.queries.partner_papers import count_waiting
from handhold.queries.proposals import contact_of, sort_of
from handhold.queries.unshown import Unshown, unshown_of
from handhold.records.models import Allocation, Queue, QueueItem, Run, StepRecord
from handhold.working_days import Calendar, DueWords, due_words

TAKEN_SHOWN = 20
RUN_FOR_CASE = ("sender__agency", "sender__team", "receiver__agency", "receiver__team", "family", "assessment")


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A queue in the list of those that somebody looks after."""

    code: str
    title: str
    also_called: tuple[str, ...]
    waiting: int


@dataclass(frozen=True, slots=True)
class WaitingItem:
    """A transfer that waits in a queue: whose, since when, by when, and the step that takes it on."""

    run_ref: str
    family: str
    children: str
    since: date
    due: DueWords
    what: str
    step: str
    worker: str
    receiver: str


@dataclass(frozen=True, slots=True)
class TakenItem:
    """A transfer that was taken up: by whom, when."""

    run_ref: str
    family: str
    by: str
    on_date: date


@dataclass(frozen=True, slots=True)
class LedFamily:
    """A family behind whose lead somebody stands: what the lead has answered, and whether they are silent."""

    run_ref: str
    family: str
    children: str
    lead: PackPerson
    answer: str
    reason: str
    due: DueWords | None
    is_silent: bool


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One queue, whole."""

    code: str
    title: str
    also_called: tuple[str, ...]
    clauses: tuple[str, ...]
    waiting: tuple[WaitingItem, ...]
    taken: tuple[TakenItem, ...]
    led: tuple[LedFamily, ...]
    leads_called: str
    unshown: tuple[Unshown, ...]


def find_queues(seat: Seat) -> tuple[QueueLine, ...]:
    """The queues that somebody looks after, with how much waits in each."""
    found = queues_in_sight(seat)
    waiting = dict(
        Queue.objects.filter(pk__in=[queue.pk for queue, _ in found])
        .annotate(waiting=Count("items", filter=Q(items__taken_at__isnull=True, items__run__ended_at__isnull=True)))
        .values_list("pk", "waiting")
    )
    rules = papers_of(seat.protocol)
    for queue, _ in found:
        if rules and rules.queue == queue.code:  # papers wait there beside transfers
            waiting[queue.pk] += sum(count_waiting(seat.by.agency.authority_id))
    return tuple(
        QueueLine(queue.code, queue.label, tuple(rule.also_called), waiting[queue.pk]) for queue, rule in found
    )


def find_queue_page(queue: Queue, rule: QueueRule, seat: Seat) -> QueuePage:
    """What waits in a queue, oldest first; what was taken last; whom the leads help behind whom this person stands."""
    items = list(
        QueueItem.objects.filter(queue=queue, taken_at__isnull=True, run__ended_at__isnull=True)
        .select_related(*(f"run__{name}" for name in RUN_FOR_CASE))
        .order_by("put_at", "pk")
    )
    readable, unreadable = part_readable([*(item.run for item in items), *_runs_led_by_others(seat, rule)])
    items = [item for item in items if item.run in readable]
    cases = load_cases(readable, seat.now, hidden_from=seat.by.pk)
    waiting = tuple(_waiting(item, case, queue) for item, case in zip(items, cases, strict=False))
    led = [_led(case) for case in cases[len(items) :] if case.people.stand_in.pk == seat.by.pk]
    return QueuePage(
        code=queue.code,
        title=queue.label,
        also_called=tuple(rule.also_called),
        clauses=tuple(rule.clauses),
        waiting=waiting,
        taken=_taken(queue, calendar_of(seat.protocol)),
        led=tuple(
            sorted([*led, *_leading_now(seat, rule)], key=lambda one: (not one.is_silent, one.answer, one.family))
        ),
        leads_called=_leads_called(seat, rule),
        unshown=unshown_of(unreadable),
    )


def _leads_called(seat: Seat, rule: QueueRule) -> str:
    """What those are called for whom the keeper of this queue stands in, where they are of other agencies."""
    called = [seat.protocol.file.roles[role].called for role in _roles_led(seat, rule)]
    return called[0] if called else ""


def _runs_led_by_others(seat: Seat, rule: QueueRule) -> list[Run]:
    """Transfers to practitioners of other agencies, asked or accepted, for whom the keeper of this queue stands in."""
    if not _roles_led(seat, rule):
        return []
    runs = _runs_to_leads(seat, rule).filter(ended_at__isnull=True).select_related(*RUN_FOR_CASE)
    return list(runs.order_by("pk").distinct())


def _roles_led(seat: Seat, rule: QueueRule) -> list[str]:
    """The roles of other agencies for whom the keeper of this queue stands in."""
    file = seat.protocol.file
    stand_ins = file.stand_ins.items()
    return [role for role, other in stand_ins if other == rule.looked_after_by and file.roles[role].outside_council]


def _runs_to_leads(seat: Seat, rule: QueueRule) -> QuerySet[Run]:
    return Run.objects.filter(
        authority=seat.by.agency.authority_id,
        receiver__role_holdings__role__in=_roles_led(seat, rule),
        receiver__role_holdings__during__contains=seat.now,
    )


def _leading_now(seat: Seat, rule: QueueRule) -> list[LedFamily]:
    """Families whose transfer is over and whose lead, behind whom this person stands, still answers for a child."""
    if not _roles_led(seat, rule):
        return []
    holds = Allocation.objects.filter(run=OuterRef("pk"), practitioner=OuterRef("receiver"), during__contains=seat.now)
    runs = list(
        _runs_to_leads(seat, rule)
        .filter(Exists(holds), ended_at__isnull=False)
        .select_related("family", "receiver__agency")
        .prefetch_related("children")
        .order_by("pk")
        .distinct()
    )
    leads = [run.receiver for run in runs if run.receiver]
    stand_ins = seat.protocol.file.stand_ins
    offices = load_offices(leads, stand_ins.values(), seat.now)
    today = calendar_of(seat.protocol).local_date(seat.now)
    return [
        LedFamily(
            run_ref=run.ref,
            family=run.family.name,
            children=with_ages(run.children.all(), today),
            lead=contact_of(lead),
            answer="Leads now",
            reason="",
            due=None,
            is_silent=False,
        )
        for run, lead in zip(runs, leads, strict=True)
        if offices.stand_in_of(lead, stand_ins).pk == seat.by.pk
    ]


def _waiting(item: QueueItem, case: Case, queue: Queue) -> WaitingItem:
    step = find_taking_step(case.pathway, queue.code)
    deadline = case.observed.deadlines.get((step.id, None)) if step else None
    receiver = case.people.receiver
    return WaitingItem(
        run_ref=case.run.ref,
        family=case.run.family.name,
        children=_children(case),
        since=case.calendar.local_date(item.put_at),
        due=due_words(case.now, deadline.due_at if deadline else None, case.calendar),
        what=step.title if step else "",
        step=step.id if step else "",
        worker=practitioner_name(case.worker_now),
        receiver=practitioner_name(receiver) if receiver else "",
    )


def _taken(queue: Queue, calendar: Calendar) -> tuple[TakenItem, ...]:
    rows = QueueItem.objects.filter(queue=queue, taken_at__isnull=False).select_related("run__family", "taken_by")
    return tuple(
        TakenItem(row.run.ref, row.run.family.name, practitioner_name(row.taken_by), calendar.local_date(row.taken_at))
        for row in rows.order_by("-taken_at")[:TAKEN_SHOWN]
        if row.taken_by and row.taken_at
    )


def _led(case: Case) -> LedFamily:
    step, receiver = find_acceptance_step(case.pathway), case.people.receiver
    if receiver is None:
        raise ValueError("Only transfers with a receiver are led.")
    deadline = case.observed.deadlines.get((step.id, None)) if step else None
    accepted = case.observed.facts.receiver == "accepted"
    last = _last_answer(case, step.id, tuple(step.after)) if step else None
    asks = bool(step and last and sort_of(step.outcomes[last.outcome]) == "asks")
    called = step.outcomes[last.outcome].called if step and last else ""
    late = bool(deadline and deadline.has_passed and not deadline.is_whole_run)
    return LedFamily(
        run_ref=case.run.ref,
        family=case.run.family.name,
        children=_children(case),
        lead=contact_of(receiver),
        answer=called or ("Leads" if accepted else "No answer yet"),
        reason=last.reason if last else "",
        due=due_words(case.now, deadline.due_at, case.calendar) if deadline and not accepted else None,
        is_silent=late and not asks and not accepted,
    )


def _last_answer(case: Case, step: str, asking: tuple[str, ...]) -> StepRecord | None:
    """The last answer since somebody was asked last."""
    asked_at = max((one.recorded_at for one in case.records if one.step in asking), default=case.run.started_at)
    answers = [one for one in case.records if one.step == step and one.outcome and one.recorded_at > asked_at]
    return answers[-1] if answers else None


def _children(case: Case) -> str:
    return with_ages((held.person for held in case.children), case.calendar.local_date(case.now))
