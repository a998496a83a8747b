"""Reallocation outside a run: a manager moves what somebody answers for to another, in one act.

One child, a family, or everything. Nobody is let go: the old allocation ends and the new begins at one instant (H1),
and transfers on their way follow. Where a transfer has a step that says so, it goes through that step.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from handhold.access.caseloads import (
    OpenedCaseload,
    OpenedPerson,
    access_caseload_to_change,
    open_in_place_of,
    roles_that_take_over,
)
from handhold.access.transfers import NotHere, is_there
from handhold.access.words import roles_of
from handhold.actions.once import Submission, carry_out_once
from handhold.actions.refusals import NoSuchChoice, NotAllowed, StepRefused
from handhold.actions.steps import record_opened
from handhold.audit.recording import record_event
from handhold.casefiles.case import Case
from handhold.casefiles.contents import Content
from handhold.casefiles.handing_over import follow, hand_over
from handhold.casefiles.steps_by_meaning import find_moving_step, find_receiver_leaving_step
from handhold.notifications.outbox import put_in_outbox
from handhold.protocol.definition import Step
from handhold.queries.naming import first_name, listed, practitioner_name
from handhold.records.constraints import check_constraints_now
from handhold.records.models import Agency, Allocation, Practitioner, Run
from handhold.working_days.calendar import PLAIN

ACCOUNTABILITY = ("H1", "H10")


@dataclass(frozen=True)
class Reallocated:
    """What was moved, from whom, to whom."""

    leaving: Practitioner
    to: Practitioner
    allocations: list[Allocation]


class MovedMeanwhile(NotAllowed):
    """Somebody else answers by now for what was to be moved: `gone` says who, since when."""

    def __init__(self, gone: Sequence[Allocation]) -> None:
        words = "; ".join(f"{_child(one)} is with {practitioner_name(one.practitioner)}, {_since(one)}" for one in gone)
        super().__init__(
            f"Somebody else has moved these meanwhile: {words}. Nothing was changed.",
            who=listed({practitioner_name(one.practitioner): None for one in gone}),
            clauses=ACCOUNTABILITY,
            field="involvements",
        )
        self.gone = gone


@transaction.atomic
def reallocate(
    holder_ref: str,
    involvement_refs: Sequence[str],
    to_ref: str,
    reason: str,
    *,
    by: Practitioner,
    now: datetime,
    submission: Submission | None = None,
) -> Reallocated:
    """Moves these involvements from who answers for them to another practitioner, all of them or none.

    1 once  2 access, locks  3 what is in the way  4 steps of transfers, allocations  5 audit  6 outbox  7 constraints
    8 they are still there. Raises NotHere, NotAllowed, AlreadySubmitted.
    """
    carry_out_once(submission, now)
    caseload = access_caseload_to_change(holder_ref, involvement_refs, by=by, now=now)
    check_may_manage(caseload.opened)
    check_all_held(caseload, involvement_refs)
    to = find_successor(caseload.opened, to_ref)
    move(caseload, caseload.allocations, to, reason)
    done = Reallocated(caseload.opened.person, to, caseload.allocations)
    record_moved(done, reason, by=by, now=now)
    tell_both(done, by=by, now=now)
    check_constraints_now()
    check_still_there([to], now)
    return done


def check_may_manage(opened: OpenedPerson) -> None:
    """Raises NotAllowed for whoever is not the practitioner's manager: with who is."""
    if not opened.may_manage:
        name, manager = practitioner_name(opened.person), opened.manager
        whose = "your work" if opened.is_self else f"what {name} answers for"
        raise NotAllowed(
            f"You cannot move {whose}: that is for a manager to do.", who=reach(manager), clauses=ACCOUNTABILITY
        )


def check_all_held(caseload: OpenedCaseload, involvement_refs: Sequence[str]) -> None:
    """Raises NotAllowed where nothing is chosen, or where somebody else answers by now for what was chosen."""
    if not involvement_refs:
        raise NotAllowed("Choose at least one child.", field="involvements", clauses=ACCOUNTABILITY)
    if caseload.gone:
        raise MovedMeanwhile(caseload.gone)
    if len(caseload.allocations) != len(set(involvement_refs)):
        raise NotHere


def find_successor(opened: OpenedPerson, to_ref: str, *, field: str = "to") -> Practitioner:
    """Who takes over. Raises NotAllowed for the same person, a partner, who has left, and who has not the role."""
    person, now = opened.person, opened.sight.now
    found = Practitioner.objects.select_related("agency", "team").filter(agency__authority=person.agency.authority_id)
    to = found.filter(ref=to_ref).first()
    if to is None or not is_there(to, now):
        raise NotAllowed("Choose somebody who works here now.", field=field, clauses=ACCOUNTABILITY)
    if to.pk == person.pk:
        words = f"{practitioner_name(person)} answers for them already. Choose somebody else."
        raise NotAllowed(words, field=field, clauses=ACCOUNTABILITY)
    if is_partner(to):
        words = f"{practitioner_name(to)} is of another agency: a partner accepts first. Ask them by a transfer."
        raise NotAllowed(words, who=reach(opened.manager), field=field, clauses=ACCOUNTABILITY)
    protocol = opened.sight.protocol
    roles = roles_that_take_over(protocol, opened.roles)
    if not roles & roles_of(to, now):
        called = listed((protocol.file.roles[one].called for one in sorted(roles)), "or")
        raise NotAllowed(f"{practitioner_name(to)} does not work as {called}.", field=field, clauses=ACCOUNTABILITY)
    return to


def move(caseload: OpenedCaseload, allocations: Sequence[Allocation], to: Practitioner, reason: str) -> None:
    """What is allocated passes to one person: by the step of a transfer that says so, the rest as it is."""
    leaving, now = caseload.opened.person, caseload.opened.sight.now
    by_step = {run.pk: _by_step(caseload.opened, run, allocations, to, reason) for run in caseload.runs}
    moved = {one.pk for some in by_step.values() for one in some}
    hand_over([one for one in allocations if one.pk not in moved], to, now)
    # Where a step moved them the run keeps its own account: a manager in a worker's place is not the worker.
    left = [pk for pk, some in by_step.items() if not some]
    follow(Run.objects.filter(pk__in=left, ended_at__isnull=True), leaving, to)


def _by_step(
    opened: OpenedPerson, run: Run, allocations: Sequence[Allocation], to: Practitioner, reason: str
) -> list[Allocation]:
    """What a step of this run moved: to the manager who holds in a worker's place, from them to a new worker, or from a
    partner's lead to the council's named person. The step moves all that one person holds of the run, or is not taken.
    """
    case = open_in_place_of(run, opened).case
    relation, found = _step_between(case, opened.person, to)
    held = _held_of_run(case, opened.person, relation)
    if found is None or not held or not held <= {one.pk for one in allocations}:
        return []
    chosen = to if relation == "responsible-manager" else None  # whoever takes on by office is not chosen
    is_recorded = record_in_place(opened, run, relation, found, reason, chosen=chosen)
    return [one for one in allocations if one.pk in held] if is_recorded else []


def _step_between(case: Case, leaving: Practitioner, to: Practitioner) -> tuple[str, tuple[Step, str] | None]:
    """What the leaving person is to the run, and the step by which what they hold passes to the other; often none."""
    people, pathway = case.people, case.pathway
    if to.pk == people.manager.pk != people.worker.pk == leaving.pk:
        return "responsible-worker", find_moving_step(pathway, "responsible-worker", "responsible-manager")
    if leaving.pk == people.manager.pk != people.worker.pk:
        return "responsible-manager", find_moving_step(pathway, "responsible-manager", "responsible-worker")
    if people.receiver == leaving and to.pk == people.stand_in.pk and is_partner(leaving):
        return "receiver", find_receiver_leaving_step(pathway)
    return "", None


def _held_of_run(case: Case, person: Practitioner, relation: str) -> set[int]:
    """The allocations that such a step would move; none where it would not move all of them from this person."""
    is_receiver = relation == "receiver"
    children = [child for child in case.children if is_receiver or child.row.ended_at is None]
    held = [
        one
        for child in children
        for kind, one in child.allocations.items()
        if (kind != case.pathway.origin if is_receiver else kind == case.pathway.origin)
    ]
    mine = {one.pk for one in held if one.practitioner_id == person.pk}
    return mine if is_receiver or len(mine) == len(children) else set()


def is_partner(who: Practitioner) -> bool:
    """Whether they work for another agency than the council. Their agency is loaded."""
    return who.agency.kind != Agency.Kind.COUNCIL


def record_in_place(
    opened: OpenedPerson,
    run: Run,
    relation: str,
    found: tuple[Step, str],
    reason: str,
    *,
    chosen: Practitioner | None = None,
) -> bool:
    """Records a step of a transfer for one of its people, within a larger act. False where it is refused."""
    transfer = open_in_place_of(run, opened, relation=relation)
    step, outcome = found
    behalf = None if opened.is_self else opened.person
    content = Content(opened.sight.now, practitioner=chosen, on_behalf_of=behalf)
    try:
        record_opened(transfer, "record", step.id, outcome, content, child_ref=None, reason=reason)
    except (StepRefused, NoSuchChoice):
        return False
    return True


def record_moved(done: Reallocated, reason: str, *, by: Practitioner, now: datetime) -> None:
    """The audit's entry: each child, each involvement, both practitioners."""
    refs = [ref for one in done.allocations for ref in (one.involvement.ref, one.involvement.child.ref)]
    record_event(
        "involvement.reallocated",
        by=by,
        now=now,
        subjects=[*refs, done.leaving.ref, done.to.ref],
        before={"accountable": done.leaving.ref},
        after={"accountable": done.to.ref, "reason": reason},
    )


def tell_both(done: Reallocated, *, by: Practitioner, now: datetime) -> None:
    """A message to who takes over and to who held it until now, but for who did it."""
    for template, practitioner in (("reallocated-to-you", done.to), ("reallocated-from-you", done.leaving)):
        if practitioner.pk != by.pk and practitioner.email and is_there(practitioner, now):
            put_in_outbox(template, to_address=practitioner.email, now=now, context={"path": "/work/families"})


def check_still_there(people: Iterable[Practitioner], now: datetime) -> None:
    """Raises NotAllowed where somebody left while this was done: whoever takes over is still there to hold.

    Asked last, under the lock that orders the audit: who leaves later finds what came to them (ADR 0010).
    """
    for one in Practitioner.objects.filter(pk__in=[each.pk for each in people]):
        if not is_there(one, now):
            raise NotAllowed(f"{practitioner_name(one)} has left. Choose somebody else.", field="to")


def reach(who: Practitioner) -> str:
    """`Dana Cole, 01632 960 001`"""
    return ", ".join(part for part in (practitioner_name(who), who.phone) if part)


def _since(allocation: Allocation) -> str:
    """`since 10:04 on 24 November`"""
    at = PLAIN.to_local(allocation.during.lower)
    return f"since {at:%H:%M} on {at.day} {at:%B}"


def _child(allocation: Allocation) -> str:
    return first_name(allocation.involvement.child)
