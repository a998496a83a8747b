"""Effects into records: what an allowed act changes. The other direction of `case`; nothing here decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import singledispatch

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from handhold.casefiles.beginning import begin_run
from handhold.casefiles.case import Case
from handhold.casefiles.children import HeldChild
from handhold.casefiles.concerns import open_concern
from handhold.casefiles.ending_runs import TAKEN_BACK, end_elsewhere, end_run, take_off_agendas
from handhold.casefiles.sittings import sitting_after
from handhold.casefiles.steps_by_meaning import effects_of
from handhold.protocol import effects as e
from handhold.protocol.facts import weightiest
from handhold.records.models import (
    Allocation,
    Form,
    Involvement,
    MainContact,
    Meeting,
    MeetingItem,
    MeetingSeries,
    Person,
    Practitioner,
    Queue,
    QueueItem,
    Run,
    RunChild,
)

DIED = "died"
"""A child's outcome that every page, letter and reminder knows, whatever the procedure."""


def carry_out(case: Case, effects: Iterable[e.Effect], *, by: Practitioner) -> None:
    """Writes what the effects change, all at `case.now`. The caller's transaction holds them together."""
    for effect in effects:
        write_effect(effect, case, by)
    for child in case.children:
        _pass_contact_on(case, child)


@singledispatch
def write_effect(effect: e.Effect, case: Case, by: Practitioner) -> None:
    """Writes one effect. Those that live in the step records alone (done, voided, excepted) write nothing here."""


@write_effect.register
def _(effect: e.StepVoided, case: Case, by: Practitioner) -> None:
    """A request that is taken back leaves the agenda; the void itself lives in the step records."""
    asked = [one.put_on_meeting for one in effects_of(case.pathway.steps[effect.step]) if one.put_on_meeting]
    if asked and case.pathway.steps[effect.step].kind != "decision":
        take_off_agendas(case.run, asked)


@write_effect.register
def _(effect: e.InvolvementOpened, case: Case, by: Practitioner) -> None:
    child, holder = case.children[effect.child], case.people.holder(effect.holder)
    involvement = Involvement.objects.create(
        child=child.person,
        kind=effect.kind,
        open_during=DateTimeTZRange(case.now, None),
        agency=holder.agency,
        team=holder.team,
        opened_by_run=case.run,
    )
    child.involvements[effect.kind] = involvement
    child.allocations[effect.kind] = _allocate(case, involvement, effect.holder)


@write_effect.register
def _(effect: e.InvolvementClosed, case: Case, by: Practitioner) -> None:
    child = case.children[effect.child]
    involvement = child.involvements.pop(effect.kind)
    _close_allocation(child.allocations.pop(effect.kind), case.now)
    Involvement.objects.filter(pk=involvement.pk).update(
        open_during=DateTimeTZRange(involvement.open_during.lower, case.now), closing_reason=case.run.pathway
    )
    if child.main_contact and child.main_contact.involvement_id == involvement.pk:
        _close_main_contact(child.main_contact, case.now)
        child.main_contact = None
    end_elsewhere(child.person, effect.kind, beside=case.run, by=by, now=case.now)


@write_effect.register
def _(effect: e.Allocated, case: Case, by: Practitioner) -> None:
    child, holder = case.children[effect.child], case.people.holder(effect.holder)
    old = child.allocations[effect.kind]
    if old.practitioner_id == holder.pk and old.held_as == _office_of(case, effect.holder):
        return
    _close_allocation(old, case.now)
    child.allocations[effect.kind] = _allocate(case, old.involvement, effect.holder)
    if child.main_contact and child.main_contact.involvement_id == old.involvement_id:
        _close_main_contact(child.main_contact, case.now)
        child.main_contact = _begin_main_contact(case, child, effect.kind)


@write_effect.register
def _(effect: e.MainContactChanged, case: Case, by: Practitioner) -> None:
    child = case.children[effect.child]
    if child.main_contact:
        _close_main_contact(child.main_contact, case.now)
    child.main_contact = _begin_main_contact(case, child, effect.kind)


@write_effect.register
def _(effect: e.ReceiverStands, case: Case, by: Practitioner) -> None:
    """Who was chosen is set before the effects (`set_receiver`); how far they have come is written here."""
    if effect.state == "none":
        set_receiver(case, None)
    Run.objects.filter(pk=case.run.pk).update(receiver_state=effect.state)


@write_effect.register
def _(effect: e.QueueJoined, case: Case, by: Practitioner) -> None:
    queue = Queue.objects.get(authority=case.run.authority_id, code=effect.queue)
    QueueItem.objects.get_or_create(queue=queue, run=case.run, taken_at=None, defaults={"put_at": case.now})
    Form.objects.filter(run=case.run).update(assigned_queue=queue)


@write_effect.register
def _(effect: e.QueueLeft, case: Case, by: Practitioner) -> None:
    waiting = QueueItem.objects.filter(queue__code=effect.queue, run=case.run, taken_at__isnull=True)
    waiting.update(taken_at=case.now, taken_by=by)


@write_effect.register
def _(effect: e.PutOnMeeting, case: Case, by: Practitioner) -> None:
    series = MeetingSeries.objects.get(authority=case.run.authority_id, code=effect.series)
    earlier = MeetingItem.objects.filter(run=case.run, meeting__series=series).exclude(outcome=TAKEN_BACK)
    last = earlier.select_related("meeting").order_by("-meeting__planned_at").first()
    after = max(case.now, last.meeting.planned_at) if last else case.now
    meeting = find_next_meeting(case, series, after)
    MeetingItem.objects.create(meeting=meeting, run=case.run, position=meeting.items.count() + 1, put_on_at=case.now)
    if last and last.moved_to_id is None:
        MeetingItem.objects.filter(pk=last.pk).update(moved_to=meeting)


@write_effect.register
def _(effect: e.FormOpened, case: Case, by: Practitioner) -> None:
    Form.objects.get_or_create(run=case.run, code=effect.form, defaults={"opened_at": case.now})


@write_effect.register
def _(effect: e.RunStarted, case: Case, by: Practitioner) -> None:
    begin_run(case, effect.pathway, [case.children[child] for child in effect.children], by=by)


@write_effect.register
def _(effect: e.MatterSettled, case: Case, by: Practitioner) -> None:
    """A concern is decided by its own action, which writes who decided what; nothing is left to write here."""


@write_effect.register
def _(effect: e.MatterOpened, case: Case, by: Practitioner) -> None:
    if effect.matter == "concern-undecided":
        names = ", ".join(f"{one.person.given_name} {one.person.family_name}".strip() for one in case.children)
        open_concern(
            by.agency.authority,
            by=by,
            now=case.now,
            family_id=case.run.family_id,
            who=f"Children of this transfer: {names}",
            what=f"{case.records[-1].reason} (raised from transfer {case.run.ref})",
        )


@write_effect.register
def _(effect: e.ChildEnded, case: Case, by: Practitioner) -> None:
    if effect.outcome == DIED:
        _keep_death(case, case.children[effect.child].person)
    _end_child(case, case.children[effect.child].row, effect.outcome)


@write_effect.register
def _(effect: e.RunEnded, case: Case, by: Practitioner) -> None:
    for child in case.children:
        if not child.row.outcome:
            child.row.outcome, child.row.ended_at = effect.ending, case.now
    end_run(case.run, effect.ending, by=by, now=case.now)


def set_worker(case: Case, practitioner: Practitioner) -> None:
    """Names another worker for the run's children; who holds them changes with the allocation that follows."""
    Run.objects.filter(pk=case.run.pk).update(sender=practitioner)
    case.run.sender = practitioner
    case.people = replace(case.people, worker=practitioner)


def set_receiver(case: Case, practitioner: Practitioner | None) -> None:
    """Names who takes over at the end of the run, or nobody. Moves no child by itself (H10)."""
    Run.objects.filter(pk=case.run.pk).update(receiver=practitioner)
    case.run.receiver = practitioner
    case.people = replace(case.people, receiver=practitioner)


def find_next_meeting(case: Case, series: MeetingSeries, after: datetime) -> Meeting:
    """The next sitting of a series after an instant that is not finished, made when nobody has yet; locked.

    A meeting can be finished ahead of its time: what came onto it afterwards would be heard by nobody.
    """
    while True:
        after = sitting_after(case.calendar, series, after)
        Meeting.objects.get_or_create(series=series, planned_at=after, defaults={"kind": series.code})
        meeting = Meeting.objects.select_for_update(of=("self",), no_key=True).get(series=series, planned_at=after)
        if meeting.held_at is None:
            return meeting


def _keep_death(case: Case, child: Person) -> None:
    """The day on which a child died, as the first record of it says: from now on no letter and no reminder goes out."""
    told = (one.happened_at for one in case.records if one.child_id == child.pk and one.outcome == DIED)
    child.died_date = case.calendar.local_date(next(told, case.now))
    Person.objects.filter(pk=child.pk, died_date__isnull=True).update(died_date=child.died_date)


def _end_child(case: Case, row: RunChild, outcome: str) -> None:
    RunChild.objects.filter(pk=row.pk).update(outcome=outcome, ended_at=case.now)
    row.outcome, row.ended_at = outcome, case.now


def _allocate(case: Case, involvement: Involvement, holder: str) -> Allocation:
    return Allocation.objects.create(
        involvement=involvement,
        practitioner=case.people.holder(holder),
        during=DateTimeTZRange(case.now, None),
        run=case.run,
        held_as=_office_of(case, holder),
    )


def _office_of(case: Case, holder: str) -> str:
    """The role by which somebody holds who is no person of the run; empty for its people."""
    return holder if holder in case.pathway.offices else ""


def _close_allocation(allocation: Allocation, now: datetime) -> None:
    Allocation.objects.filter(pk=allocation.pk).update(during=DateTimeTZRange(allocation.during.lower, now))


def _close_main_contact(contact: MainContact, now: datetime) -> None:
    MainContact.objects.filter(pk=contact.pk).update(during=DateTimeTZRange(contact.during.lower, now))


def _pass_contact_on(case: Case, child: HeldChild) -> None:
    """A child whose main contact has gone with the act, and whom others still hold, rings the first of those."""
    kind = weightiest(child.involvements)
    if child.main_contact is None and kind:
        child.main_contact = _begin_main_contact(case, child, kind)


def _begin_main_contact(case: Case, child: HeldChild, kind: str) -> MainContact:
    """Who is accountable for this involvement of the child is their main contact from now."""
    return MainContact.objects.create(
        child=child.person,
        involvement=child.involvements[kind],
        practitioner=child.allocations[kind].practitioner,
        during=DateTimeTZRange(case.now, None),
    )
