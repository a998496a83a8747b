"""What is said as time alone passes: reminders of limits, and that one goes up to somebody above. Each once.

What is owed is computed anew from the records each time; that it was said is written in the transaction that puts the
messages into the outbox. So a worker may die anywhere, and any number of them may run beside each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from handhold.access.concerns import find_bypass
from handhold.access.settling import find_settlers
from handhold.audit.chain import find_end
from handhold.audit.recording import record_event
from handhold.casefiles.case import Case, load_case
from handhold.notifications.models import Reminder, RunClock
from handhold.notifications.outbox import put_in_outbox
from handhold.protocol.reminding import Occasion, next_change, occasions_of
from handhold.queries.running_limits import Reach, RunningLimit, find_running_limits
from handhold.records.constraints import check_constraints_now
from handhold.records.models import Practitioner, Run

Said = tuple[str, int | None, int, datetime, datetime, str]
"""A word about a limit: step, child, round, since when, until when, occasion."""
Message = tuple[str, str, str]
"""A text, an address, and the page to which it leads."""


@transaction.atomic
def remind_of_limits(run_id: int, *, now: datetime) -> int:
    """Says what time has brought about in one run, each word once, and notes when time next brings something about.

    1 lock the run's clock, or leave it to who has it  2 how far the audit has come, before anything else is read
    3 the run as it stands  4 what is owed and was not said: the note, the messages, the audit  5 the clock
    Returns how many limits something was said of. Raises ProtocolChanged, NobodyHoldsThisRole.
    """
    clock = _lock_clock(run_id, now)
    if clock is None:
        return 0
    read_to = find_end().position
    case = load_case(_fetch(run_id), now)
    limits = [] if case.run.ended_at else find_running_limits(case)
    said = _say_what_is_owed(case, limits)
    clock.next_change_at = _next_change(case, limits)
    clock.next_due_at = min((one.deadline.due_at for one in limits if one.moves), default=None)
    clock.asks = sorted(find_settlers(case))
    clock.read_to, clock.read_at = read_to, now
    clock.save()
    check_constraints_now()
    return said


@transaction.atomic
def put_off(run_id: int, *, until: datetime, now: datetime) -> None:
    """Leaves a run alone until then, because it cannot be looked at: the others' time goes on."""
    clock = _lock_clock(run_id, now)
    if clock is not None:
        clock.next_change_at, clock.read_to, clock.read_at = until, find_end().position, now
        clock.save()


def forget_clocks() -> int:
    """Forgets when each run changes next: all are looked at again. What was said stays said. Returns how many."""
    return RunClock.objects.all().delete()[0]


def _lock_clock(run_id: int, now: datetime) -> RunClock | None:
    """The clock of a run, made where there is none; None while another worker looks at it."""
    RunClock.objects.bulk_create([RunClock(run_id=run_id, read_at=now)], ignore_conflicts=True)
    return RunClock.objects.select_for_update(skip_locked=True).filter(pk=run_id).first()


def _fetch(run_id: int) -> Run:
    ends = ("sender__agency", "sender__team", "receiver__agency", "receiver__team")
    return Run.objects.select_related(*ends, "family", "assessment", "authority").get(pk=run_id)


def _next_change(case: Case, limits: Iterable[RunningLimit]) -> datetime | None:
    if case.run.ended_at:
        return None
    deadlines = [one.deadline for one in limits]
    earliest = case.observed.earliest.values()
    return next_change(case.protocol, deadlines, case.calendar, case.now, earliest=earliest)


def _say_what_is_owed(case: Case, limits: Iterable[RunningLimit]) -> int:
    """Notes each word and who hears it; who would hear the same of several limits at once gets one message."""
    reach, before, said = Reach(case), _said_before(case.run), 0
    messages: dict[Message, None] = {}
    for limit in limits:
        for occasion in occasions_of(case.protocol, limit.deadline, case.calendar).owed(case.now):
            if _key(limit, occasion) not in before:
                people = _whom_to_tell(reach, limit, occasion)
                _note(case, limit, occasion, people)
                messages |= {(f"limit-{occasion}", one.email, _path_for(case, limit, one)): None for one in people}
                said += 1
    for template, address, path in messages:
        context = {"ref": case.run.ref, "path": path}
        put_in_outbox(template, to_address=address, now=case.now, context=context, run=case.run)
    return said


def _said_before(run: Run) -> set[Said]:
    rows = Reminder.objects.filter(run=run)
    return set(rows.values_list("step", "child", "round", "started_at", "due_at", "occasion"))


def _key(limit: RunningLimit, occasion: Occasion) -> Said:
    child = limit.child.pk if limit.child else None
    return limit.step, child, limit.round, limit.deadline.started_at, limit.deadline.due_at, occasion


def _whom_to_tell(reach: Reach, limit: RunningLimit, occasion: Occasion) -> list[Practitioner]:
    whose_move = reach.whose_move(limit)
    people = reach.above(whose_move) if occasion == "escalated" else whose_move
    if limit.step == reach.case.pathway.concern_steps()[1]:
        about, holders = find_bypass(reach.case)
        people = list(dict.fromkeys((*holders, *(one for one in people if one.pk not in about))))
    return [one for one in people if one.email]


def _note(case: Case, limit: RunningLimit, occasion: Occasion, people: list[Practitioner]) -> None:
    reminder = Reminder.objects.create(
        run=case.run,
        step=limit.step,
        child=limit.child,
        round=limit.round,
        started_at=limit.deadline.started_at,
        due_at=limit.deadline.due_at,
        occasion=occasion,
        told_at=case.now,
    )
    reminder.told.add(*people)
    told = {"step": limit.step, "due_at": limit.deadline.due_at, "told": [one.ref for one in people]}
    record_event(f"limit.{occasion}", by=None, now=case.now, subjects=[case.run.ref, case.run.family.ref], after=told)


def _path_for(case: Case, limit: RunningLimit, one: Practitioner) -> str:
    """The page on which they see what it is: a concern stands on the first page of whoever receives concerns."""
    if limit.step == case.pathway.concern_steps()[1]:
        return "/work"
    is_asked = case.run.receiver_id == one.pk and case.observed.facts.receiver == "asked"
    return f"/transfers/{case.run.ref}/proposal" if is_asked else f"/transfers/{case.run.ref}"
