"""Beginning a transfer, and the messages that its two ends write to each other."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from handhold.access.beginnings import begins_for, is_in_the_way, may_begin
from handhold.access.families import access_family_to_read, access_family_to_take_in
from handhold.access.transfers import NotHere, access_transfer_to_change
from handhold.access.words import roles_of
from handhold.actions.announcing import tell
from handhold.actions.once import Submission, carry_out_once
from handhold.audit.recording import record_event
from handhold.casefiles.beginning import open_origin
from handhold.casefiles.bindings import find_unbound
from handhold.casefiles.joined import kept_for
from handhold.casefiles.offices import load_offices
from handhold.casefiles.protocols import current_protocol, live_revision
from handhold.protocol.pathways import Pathway, Protocol
from handhold.queries.naming import first_name, listed, person_name, practitioner_name
from handhold.records.constraints import check_constraints_now
from handhold.records.models import (
    Allocation,
    Assessment,
    Family,
    Involvement,
    Message,
    Person,
    Practitioner,
    Run,
    RunChild,
    StepRecord,
)


class CannotBegin(Exception):
    """A transfer cannot begin so; the words say why and what to do."""


@transaction.atomic
def start_transfer(
    family_ref: str,
    pathway: str,
    child_refs: list[str],
    *,
    assessment_ref: str | None = None,
    by: Practitioner,
    now: datetime,
    submission: Submission | None = None,
) -> Run:
    """Begins a run of a pathway for some children of a family. What the record has already is taken as done.

    Raises NotHere, CannotBegin, AlreadySubmitted.
    """
    carry_out_once(submission, now)
    protocol = current_protocol(by.agency.authority)
    rule = protocol.pathways.get(pathway)
    if rule is None or rule.file.begins is None:
        raise NotHere
    family = _open_family(rule, family_ref, by, now)
    _check_bound(protocol, family, now)
    children = _lock_children(family, child_refs)
    _check_nothing_moves(protocol, rule, children)
    holder = by if rule.opens_its_origin else _find_holder(protocol, rule, children, by, now)
    assessment = _find_assessment(family, assessment_ref)
    folder = f"{family.authority.protocol}/{protocol.version}"
    run = Run.objects.create(
        authority=family.authority,
        family=family,
        pathway=pathway,
        protocol_folder=folder,
        protocol_digest=protocol.digest,
        settings_revision=live_revision(family.authority_id, folder),
        assessment=assessment,
        started_at=now,
        started_by=by,
        sender=holder,
    )
    RunChild.objects.bulk_create(RunChild(run=run, child=child) for child in children)
    if rule.opens_its_origin:
        open_origin(run, rule.origin, children, now=now)
    _take_as_done(run, rule, assessment, now)
    subjects = [run.ref, family.ref, *(child.ref for child in children)]
    record_event("transfer.started", by=by, now=now, subjects=subjects, after={"pathway": pathway})
    check_constraints_now()
    return run


@transaction.atomic
def write_message(
    ref: str, text: str, *, by: Practitioner, now: datetime, submission: Submission | None = None
) -> Message:
    """A message on a transfer to its other end (Y5). Raises NotHere, AlreadySubmitted."""
    carry_out_once(submission, now)
    opened = access_transfer_to_change(ref, by=by, now=now)
    case = opened.case
    message = Message.objects.create(run=case.run, written_by=by, written_at=now, text=text)
    record_event("transfer.message-written", by=by, now=now, subjects=[case.run.ref])
    for other in {case.worker_now, case.people.receiver} - {by, None}:
        if other is not None:
            tell(case, "message-received", other)
    check_constraints_now()
    return message


def _lock_children(family: Family, refs: list[str]) -> list[Person]:
    """The children named, of this family, locked in the order of their ids. Raises NotHere for any other."""
    members = family.memberships.filter(role="child", during__upper_inf=True, person__ref__in=refs)
    locked = Person.objects.select_for_update(no_key=True).filter(pk__in=members.values("person"))
    found = list(locked.order_by("pk"))
    if not refs:
        raise CannotBegin("Choose at least one child.")
    if len(found) != len(set(refs)):
        raise NotHere
    for child in found:
        if child.is_joined:
            raise CannotBegin(
                f"{person_name(child)} is the same child as record {kept_for(child).ref}, which is worked with. "
                "Begin with that one, from the page of its family."
            )
    return found


def _check_bound(protocol: Protocol, family: Family, now: datetime) -> None:
    """Raises CannotBegin while a name of the procedure has nobody behind it: some wait would have no owner (H8)."""
    unbound = find_unbound(protocol, family.authority, now)
    if unbound:
        names = "; ".join(f"{one.name}: {one.mend}" for one in unbound)
        raise CannotBegin(f"The procedure names what nobody stands behind yet. Ask whoever sets Handhold up: {names}")


def _open_family(rule: Pathway, family_ref: str, by: Practitioner, now: datetime) -> Family:
    """The family, for whoever works with it; for a pathway that takes children in, for who does. Raises NotHere."""
    if not rule.opens_its_origin:
        return access_family_to_read(family_ref, by=by, now=now)[0]
    return access_family_to_take_in(family_ref, _who_begins(rule), by=by, now=now)


def _who_begins(rule: Pathway) -> frozenset[str]:
    return frozenset(rule.file.begins.who if rule.file.begins else ())


def _check_nothing_moves(protocol: Protocol, rule: Pathway, children: list[Person]) -> None:
    """Raises CannotBegin where another run moves one of the children the same way; step up and step down may cross."""
    moving = RunChild.objects.filter(child__in=children, run__ended_at__isnull=True, ended_at__isnull=True)
    if is_in_the_way(protocol, rule, moving.values_list("run__pathway", flat=True)):
        raise CannotBegin("A transfer of one of these children is already on its way. Open it from the family's page.")
    if rule.opens_its_origin and _involved(children, rule.origin).exists():
        raise CannotBegin("This is open already for one of these children. Open it from the family's page.")


def _involved(children: list[Person], kind: str) -> QuerySet[Involvement]:
    return Involvement.objects.filter(child__in=children, kind=kind, open_during__upper_inf=True)


def _find_holder(
    protocol: Protocol, rule: Pathway, children: list[Person], by: Practitioner, now: datetime
) -> Practitioner:
    """Who holds the children: one person, by the involvement from which the pathway comes.

    They begin it themself, or whoever oversees them or is of their team. Raises CannotBegin, NotHere.
    """
    held = Allocation.objects.filter(
        involvement__child__in=children, involvement__kind=rule.origin, during__contains=now
    ).select_related("practitioner__agency", "involvement__child")
    _check_held_alike(children, held)
    holder = held[0].practitioner
    offices = load_offices([holder], protocol.file.stand_ins.values(), now)
    roles = roles_of(by, now)
    answers = by.pk in {holder.pk, offices.stand_in_of(holder, protocol.file.stand_ins).pk}
    begins = begins_for(rule, by, roles, holder_id=holder.pk, team_id=holder.team_id)
    if not may_begin(rule, roles) or not (answers or begins):
        raise NotHere
    return holder


def _check_held_alike(children: Iterable[Person], held: Iterable[Allocation]) -> None:
    """Raises CannotBegin unless each child has the involvement, and one worker answers for all (ADR 0019)."""
    with_it = {one.involvement.child_id for one in held}
    without = [first_name(child) for child in children if child.pk not in with_it]
    if without:
        raise CannotBegin(
            f"Not every child chosen has this involvement open: {listed(without)} {_has(without)} not. "
            "Choose the others. The page says where each child of the family is, and how to go on for them."
        )
    of_worker: dict[Practitioner, list[str]] = {}
    for one in held:
        of_worker.setdefault(one.practitioner, []).append(first_name(one.involvement.child))
    if len(of_worker) > 1:
        who = listed(f"{practitioner_name(worker)} for {listed(names)}" for worker, names in of_worker.items())
        raise CannotBegin(
            f"These children have different responsible workers: {who}. One worker answers for one transfer. "
            "Begin with the children of one; the next page leads on to the others."
        )


def _has(names: list[str]) -> str:
    return "has" if len(names) == 1 else "have"


def _find_assessment(family: Family, ref: str | None) -> Assessment | None:
    if not ref:
        return None
    found = Assessment.objects.filter(family=family, ref=ref).first()
    if found is None:
        raise NotHere
    return found


def _take_as_done(run: Run, rule: Pathway, assessment: Assessment | None, now: datetime) -> None:
    """The step that the record has already (a completed assessment), dated when it happened."""
    begins = rule.file.begins
    step = begins.after_step_of_record if begins else None
    if step and assessment and assessment.authorised_at and assessment.authorised_by:
        StepRecord.objects.create(
            run=run,
            step=step,
            outcome=next(name for name, outcome in rule.steps[step].outcomes.items() if outcome.done),
            happened_at=assessment.authorised_at,
            recorded_at=now,
            recorded_by=assessment.authorised_by,
        )
