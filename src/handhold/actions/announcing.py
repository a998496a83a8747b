"""Who is told by e-mail that something waits for them or has happened: references and links, with the act itself."""

from collections.abc import Iterable
from datetime import datetime

from handhold.access.transfers import is_there
from handhold.casefiles.case import Case
from handhold.casefiles.concerns import holder_of, ids_about, load_receivers
from handhold.casefiles.protocols import current_protocol
from handhold.notifications.outbox import is_waiting, put_in_outbox
from handhold.protocol import effects as e
from handhold.protocol.definition import Step
from handhold.protocol.vocabulary import RELATIONS
from handhold.records.models import Concern, Practitioner, RoleHolding, StepRecord

MOVED_ON = "moved-on"


def announce(case: Case, record: StepRecord, effects: Iterable[e.Effect]) -> None:
    """Puts a message for each person whom this record concerns into the outbox, but for who did it."""
    told = {record.recorded_by_id}
    for template, practitioner in (*_messages(case, record, tuple(effects)), *_other_end(case, record)):
        if practitioner.pk not in told and practitioner.email and is_there(practitioner, case.now):
            told.add(practitioner.pk)
            if template != MOVED_ON or not is_waiting(template, practitioner.email, case.run):
                tell(case, template, practitioner)


def tell(case: Case, template: str, practitioner: Practitioner) -> None:
    """One message to one person about a run."""
    path = f"/transfers/{case.run.ref}"
    if template == "asked-to-lead":
        path = f"/transfers/{case.run.ref}/proposal"
    put_in_outbox(
        template, to_address=practitioner.email, now=case.now, context={"ref": case.run.ref, "path": path}, run=case.run
    )


def tell_receivers(concern: Concern, now: datetime) -> None:
    """Tells everybody who receives this concern, and who answers for it, that it was sent; nobody whom it is about."""
    for receiver in find_receivers(concern, now):
        tell_about_concern(concern, "concern-reported", receiver, now)


def find_receivers(concern: Concern, now: datetime) -> list[Practitioner]:
    """Everybody who is there and receives this concern now, who answers for it first (Y52)."""
    rule = current_protocol(concern.authority).file.concern
    found = [holder_of(concern), *load_receivers(concern.authority_id, rule, now).who_receive(ids_about(concern))]
    return list(dict.fromkeys(found))


def tell_sender(concern: Concern, template: str, now: datetime) -> None:
    """Tells who reported a concern that it was received or decided; not where it turned out to be about them."""
    sender = concern.reported_by
    if sender is not None and sender.pk not in ids_about(concern) and is_there(sender, now):
        tell_about_concern(concern, template, sender, now)


def tell_about_concern(concern: Concern, template: str, to: Practitioner, now: datetime) -> None:
    """One message to one person about a concern: its reference and a link."""
    if to.email:
        context = {"ref": concern.ref, "path": f"/concerns/{concern.ref}"}
        put_in_outbox(template, to_address=to.email, now=now, context=context)


def _messages(case: Case, record: StepRecord, effects: tuple[e.Effect, ...]) -> Iterable[tuple[str, Practitioner]]:
    step = case.pathway.steps[record.step]
    if record.act == StepRecord.Act.EXCEPTION_ASKED and step.exception:
        yield from (("decision-needed", one) for one in who_may(case, step.exception.decided_by))
        return
    if record.act == StepRecord.Act.EXCEPTION_DECIDED:
        yield "decided", case.worker_now
        return
    state = next((effect.state for effect in effects if isinstance(effect, e.ReceiverStands)), None)
    if state in ("asked", "accepted") and case.people.receiver:
        yield ("asked-to-lead" if state == "asked" else "allocated"), case.people.receiver
    if any(isinstance(effect, e.RunEnded | e.ChildEnded) for effect in effects):
        yield from (("transfer-ended", one) for one in (case.people.receiver, case.worker_now) if one)
    if step.kind == "acceptance" or any(isinstance(effect, e.Allocated) for effect in effects):
        yield "answered", case.worker_now
    if step.kind in ("decision", "allocation") and case.pathway.file.direction != "down":
        yield "answered", case.people.worker
    yield from (("something-waits", one) for one in _whose_move_next(case, step))


def _other_end(case: Case, record: StepRecord) -> Iterable[tuple[str, Practitioner]]:
    """Each end of a transfer hears that the other acted (Y5), from acceptance on; nobody hears so of a concern.

    One word for several acts: what still waits to be sent is not said again.
    """
    if record.act != StepRecord.Act.RECORDED or record.step in case.pathway.concern_steps():
        return
    if case.observed.facts.receiver == "accepted" and case.people.receiver:
        yield from ((MOVED_ON, one) for one in (case.people.receiver, case.worker_now))


def _whose_move_next(case: Case, done: Step) -> Iterable[Practitioner]:
    """Those who do the steps that come right after this one, where it is somebody else's move."""
    for step in case.pathway.steps.values():
        if done.id in step.after and step.kind != "closure" and step.who != done.who and len(step.after) <= 2:
            yield from who_may(case, step.who[:1])


def who_may(case: Case, who: Iterable[str]) -> list[Practitioner]:
    """The people behind relations and roles now: everybody who holds a role."""
    found: dict[int, Practitioner] = {}
    for word in who:
        if word in RELATIONS:
            people = [case.people.receiver if word == "receiver" else case.people.holder(word)]
        else:
            holdings = RoleHolding.objects.filter(
                role=word, during__contains=case.now, practitioner__agency__authority=case.run.authority_id
            ).select_related("practitioner__agency")
            people = [holding.practitioner for holding in holdings]
        found |= {one.pk: one for one in people if one is not None}
    return list(found.values())
