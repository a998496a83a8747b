"""Reporting a safeguarding concern, saying that it was received, deciding it. Nothing stands before the first of these.

From receipt a concern has its own accountable person; until it is decided no child of the household closes (Y52, H3).
"""

from datetime import datetime

from django.db import transaction

from handhold.access.families import sight_of
from handhold.access.transfers import NotHere, Opened, access_transfer_to_settle
from handhold.actions.announcing import tell_receivers
from handhold.actions.once import Submission, carry_out_once
from handhold.actions.refusals import NoSuchChoice
from handhold.actions.steps import record_opened
from handhold.actions.unreadable import tell_unreadable
from handhold.audit.recording import record_event
from handhold.casefiles.case import find_matters, find_stopped_runs
from handhold.casefiles.contents import Content
from handhold.casefiles.protocols import current_protocol, part_readable, pathway_for_concerns
from handhold.notifications.outbox import put_in_outbox
from handhold.protocol.pathways import Pathway
from handhold.records.constraints import check_constraints_now
from handhold.records.models import Concern, Family, FamilyMember, Person, Practitioner


@transaction.atomic
def report_concern(
    *,
    who: str,
    what: str,
    where_now: str = "",
    child_ref: str = "",
    family_ref: str = "",
    by: Practitioner,
    now: datetime,
    submission: Submission | None = None,
) -> Concern:
    """Sends a concern to whoever receives it here. `child_ref` and `family_ref` may name anybody, or nobody on record.

    Raises only AlreadySubmitted: no consent, form, sight or open transfer stands before it.
    """
    carry_out_once(submission, now)
    child = _child_of(child_ref, by) if child_ref else None
    family = _family_of(child, family_ref, by, now)
    concern = Concern.objects.create(
        authority=by.agency.authority,
        family=family,
        child=child,
        who=who,
        what=what,
        where_now=where_now,
        reported_by=by,
        reported_name=f"{by.given_name} {by.family_name}",
        sent_at=now,
    )
    tell_receivers(concern, by, now)
    record_event("concern.reported", by=by, now=now, subjects=_subjects(concern))
    check_constraints_now()
    return concern


@transaction.atomic
def acknowledge_concern(ref: str, *, by: Practitioner, now: datetime, submission: Submission | None = None) -> Concern:
    """A person says that they have it: from here on it counts as received. Raises NotHere, AlreadySubmitted."""
    carry_out_once(submission, now)
    concern = access_concern_to_handle(ref, by=by, now=now)
    if concern.acknowledged_at is None:
        Concern.objects.filter(pk=concern.pk).update(acknowledged_at=now, acknowledged_by=by)
        record_event("concern.acknowledged", by=by, now=now, subjects=_subjects(concern))
        if concern.reported_by and concern.reported_by.email:
            context = {"ref": concern.ref, "path": f"/concerns/{concern.ref}"}
            put_in_outbox("concern-received", to_address=concern.reported_by.email, now=now, context=context)
    check_constraints_now()
    return concern


@transaction.atomic
def decide_concern(
    ref: str, outcome: str, reason: str, *, by: Practitioner, now: datetime, submission: Submission | None = None
) -> Concern:
    """Decides a concern; every open transfer of the family hears of it, and stops where the decision says so.

    `outcome` is one of those that the protocol names for the decision.
    Raises NotHere, NoSuchChoice, StepRefused, ReasonNeeded, AlreadySubmitted.
    """
    carry_out_once(submission, now)
    concern = access_concern_to_handle(ref, by=by, now=now)
    if concern.decided_at is not None:
        return concern
    readable, unreadable = part_readable(find_stopped_runs(concern, now))
    opened = [access_transfer_to_settle(run.ref, by=by, now=now) for run in readable]
    opened = [one for one in opened if one.case.run.ended_at is None]  # it may have ended while we waited for its lock
    pathways = [*(one.case.pathway for one in opened), *(pathway_for_concerns(run) for run in unreadable)]
    _check_outcome(outcome, pathways, by)
    received = {} if concern.acknowledged_at else {"acknowledged_at": now, "acknowledged_by": by}
    Concern.objects.filter(pk=concern.pk).update(
        decided_at=now, decided_by=by, outcome=outcome, reason=reason, **received
    )
    for one in opened:
        _tell_transfer(one, outcome, reason)
    for run in unreadable:
        tell_unreadable(run, outcome, reason, by=by, now=now)
    record_event("concern.decided", by=by, now=now, subjects=_subjects(concern), after={"outcome": outcome})
    check_constraints_now()
    return concern


def _check_outcome(outcome: str, pathways: list[Pathway], by: Practitioner) -> None:
    """Raises NoSuchChoice for an outcome that the protocol does not name here."""
    if pathways:
        known = {name for pathway in pathways for name in pathway.steps[pathway.concern_steps()[1]].outcomes}
    else:
        known = set(current_protocol(by.agency.authority).file.concern.decisions)
    if outcome not in known:
        raise NoSuchChoice


def _tell_transfer(opened: Opened, outcome: str, reason: str) -> None:
    """Records the decision on a transfer; one that settles nothing yet, because another concern waits, is left out."""
    pathway = opened.case.pathway
    decided = pathway.concern_steps()[1]
    ends = any(effect.end_run for effect in pathway.steps[decided].outcomes[outcome].effects)
    if ends or "concern-undecided" not in find_matters(opened.case):
        record_opened(opened, "record", decided, outcome, Content(opened.case.now), child_ref=None, reason=reason)


def access_concern_to_handle(ref: str, *, by: Practitioner, now: datetime) -> Concern:
    """A concern, locked, for those who receive concerns here. Raises NotHere."""
    sight = sight_of(by, now)
    concern = (
        Concern.objects.select_for_update(of=("self",))
        .select_related("reported_by", "family", "child")
        .filter(ref=ref, authority=by.agency.authority_id)
        .first()
    )
    if concern is None or not sight.roles.intersection(sight.protocol.file.concern.received_by):
        raise NotHere
    return concern


def access_concern_to_read(ref: str, *, by: Practitioner, now: datetime) -> tuple[Concern, bool]:
    """A concern, for who sent it or receives concerns here; and whether they may handle it. Raises NotHere."""
    sight = sight_of(by, now)
    concern = (
        Concern.objects.select_related("reported_by", "acknowledged_by", "decided_by", "family", "child")
        .filter(ref=ref, authority=by.agency.authority_id)
        .first()
    )
    handles = bool(sight.roles.intersection(sight.protocol.file.concern.received_by))
    if concern is None or not (handles or concern.reported_by_id == by.pk):
        raise NotHere
    return concern, handles


def _child_of(child_ref: str, by: Practitioner) -> Person | None:
    """The child of this council who is named."""
    return Person.objects.filter(ref=child_ref, families__authority=by.agency.authority_id).first()


def _family_of(child: Person | None, family_ref: str, by: Practitioner, now: datetime) -> Family | None:
    """The family that the concern stops: the one named, or the one of which the child is a child now."""
    families = Family.objects.filter(authority=by.agency.authority_id)
    if family_ref:
        return families.filter(ref=family_ref).first()
    if child is None:
        return None
    memberships = FamilyMember.objects.filter(person=child, role=FamilyMember.Role.CHILD, during__contains=now)
    return families.filter(pk__in=memberships.values("family")).order_by("pk").first()


def _subjects(concern: Concern) -> list[str]:
    return [
        concern.ref,
        *([concern.family.ref] if concern.family else []),
        *([concern.child.ref] if concern.child else []),
    ]
