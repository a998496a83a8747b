"""Reporting a safeguarding concern, saying that it was received, deciding it. Nothing stands before the first of these.

From receipt a concern has its own accountable person; until it is decided no child of the household closes (Y52, H3).
What is said and done afterwards is in `concerns_afterwards`.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from handhold.access.concerns import access_concern_to_handle
from handhold.access.transfers import Opened, access_transfer_to_settle
from handhold.actions.announcing import tell_receivers, tell_sender
from handhold.actions.once import Submission, carry_out_once
from handhold.actions.refusals import NoSuchChoice
from handhold.actions.steps import record_opened
from handhold.actions.unreadable import tell_unreadable
from handhold.audit.recording import record_event
from handhold.casefiles.case import find_matters, find_stopped_runs
from handhold.casefiles.concerns import AboutSomebody, find_named, load_receivers, open_concern
from handhold.casefiles.contents import Content
from handhold.casefiles.joined import kept_for
from handhold.casefiles.protocols import current_protocol, part_readable, pathway_for_concerns
from handhold.protocol.pathways import Pathway
from handhold.records.constraints import check_constraints_now
from handhold.records.models import Concern, Family, FamilyMember, Person, Practitioner, Run


@transaction.atomic
def report_concern(
    *,
    who: str,
    what: str,
    where_now: str = "",
    child_ref: str = "",
    family_ref: str = "",
    run_ref: str = "",
    about_refs: Iterable[str] = (),
    about_named: str = "",
    by: Practitioner,
    now: datetime,
    submission: Submission | None = None,
) -> Concern:
    """Sends a concern to whoever receives it here, but to nobody whom it is about (`about_refs`, or as named).

    `child_ref`, `family_ref` and `run_ref` may name anybody, or nobody on record. Raises only AlreadySubmitted: no
    consent, form, sight or open transfer stands before it.
    """
    carry_out_once(submission, now)
    child = _child_of(child_ref, by) if child_ref else None
    family = _family_of(child, family_ref, run_ref, by, now)
    concern = open_concern(
        by.agency.authority,
        by=by,
        now=now,
        about=find_about(about_refs, about_named, by=by, now=now),
        family=family,
        child=child,
        who=who,
        what=what,
        where_now=where_now,
    )
    tell_receivers(concern, now)
    record_event("concern.reported", by=by, now=now, subjects=subjects_of(concern))
    check_constraints_now()
    return concern


def find_about(refs: Iterable[str], named: str, *, by: Practitioner, now: datetime) -> list[AboutSomebody]:
    """Whom a concern is about, of those chosen and those named; never who says so, who has to see what they sent."""
    authority = by.agency.authority
    wanted = [ref for ref in refs if ref]
    chosen = Practitioner.objects.filter(ref__in=wanted, agency__authority=authority) if wanted else ()
    found = [AboutSomebody(one) for one in chosen]
    if named.strip():
        receivers = load_receivers(authority.pk, current_protocol(authority).file.concern, now)
        found += find_named(authority.pk, named.strip(), receivers, now)
    return [one for one in found if one.practitioner != by]


@transaction.atomic
def acknowledge_concern(ref: str, *, by: Practitioner, now: datetime, submission: Submission | None = None) -> Concern:
    """A person says that they have it: from here on it counts as received. Raises NotHere, AlreadySubmitted."""
    carry_out_once(submission, now)
    concern = access_concern_to_handle(ref, by=by, now=now).concern
    if concern.acknowledged_at is None:
        Concern.objects.filter(pk=concern.pk).update(acknowledged_at=now, acknowledged_by=by)
        record_event("concern.acknowledged", by=by, now=now, subjects=subjects_of(concern))
        tell_sender(concern, "concern-received", now)
    check_constraints_now()
    return concern


@transaction.atomic
def decide_concern(
    ref: str,
    outcome: str,
    reason: str,
    *,
    answer: str = "",
    by: Practitioner,
    now: datetime,
    submission: Submission | None = None,
) -> Concern:
    """Decides a concern; every open transfer of the family hears of it, and stops where the decision says so.

    `outcome` is one of those that the protocol names for the decision; `answer` is for who reported it, who is told
    the outcome and sees that and no more. Raises NotHere, NoSuchChoice, StepRefused, ReasonNeeded, AlreadySubmitted.
    """
    carry_out_once(submission, now)
    concern = access_concern_to_handle(ref, by=by, now=now).concern
    if concern.decided_at is not None:
        return concern
    readable, unreadable = part_readable(find_stopped_runs(concern, now))
    opened = [access_transfer_to_settle(run.ref, by=by, now=now) for run in readable]
    opened = [one for one in opened if one.case.run.ended_at is None]  # it may have ended while we waited for its lock
    pathways = [*(one.case.pathway for one in opened), *(pathway_for_concerns(run) for run in unreadable)]
    _check_outcome(outcome, pathways, by)
    received = {} if concern.acknowledged_at else {"acknowledged_at": now, "acknowledged_by": by}
    Concern.objects.filter(pk=concern.pk).update(
        decided_at=now, decided_by=by, outcome=outcome, reason=reason, answer=answer, **received
    )
    for one in opened:
        _tell_transfer(one, outcome, reason)
    for run in unreadable:
        tell_unreadable(run, outcome, reason, by=by, now=now)
    record_event("concern.decided", by=by, now=now, subjects=subjects_of(concern), after={"outcome": outcome})
    tell_sender(concern, "concern-decided", now)
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


def _child_of(child_ref: str, by: Practitioner) -> Person | None:
    """The child of this council who is named; of two records that are one child, the one that is kept."""
    found = Person.objects.filter(ref=child_ref, families__authority=by.agency.authority_id).first()
    return kept_for(found) if found else None


def _family_of(child: Person | None, family_ref: str, run_ref: str, by: Practitioner, now: datetime) -> Family | None:
    """The family that the concern stops: the one named, that of a transfer, or the one of which the child is now."""
    families = Family.objects.filter(authority=by.agency.authority_id)
    named = families.filter(ref=family_ref).first() if family_ref else None
    if named is None and run_ref:
        named = families.filter(pk__in=Run.objects.filter(ref=run_ref).values("family")).first()
    return named or (family_of_child(child, by, now) if child else None)


def family_of_child(child: Person, by: Practitioner, now: datetime) -> Family | None:
    """The family of this council of which somebody is a child now."""
    memberships = FamilyMember.objects.filter(person=child, role=FamilyMember.Role.CHILD, during__contains=now)
    families = Family.objects.filter(authority=by.agency.authority_id, pk__in=memberships.values("family"))
    return families.order_by("pk").first()


def subjects_of(concern: Concern) -> list[str]:
    """The references under which the audit keeps what is done with a concern."""
    about = (concern.family, concern.child)
    return [concern.ref, *(one.ref for one in about if one)]
