"""Saying that two records are one child, and that they are not after all. No row of either is touched (ADR 0016).

Only one of the two may have work: somebody is accountable for a child once, and not on each of two records.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from handhold.access.joining import access_joining_to_undo, access_records_to_join, who_hears_of
from handhold.access.transfers import is_there
from handhold.actions.once import Submission, carry_out_once
from handhold.actions.refusals import NotAllowed
from handhold.audit.recording import record_event
from handhold.casefiles.joined import join as write_join
from handhold.casefiles.joined import joined_to, kept_for, open_work_of
from handhold.casefiles.joined import part as write_part
from handhold.notifications.outbox import put_in_outbox
from handhold.queries.naming import person_name
from handhold.records.constraints import check_constraints_now
from handhold.records.models import JoinedRecord, Person, Practitioner

ONCE = ("H1",)


class BothHaveWork(NotAllowed):
    """Something is open on each of the two records."""


@transaction.atomic
def join_records(
    kept_ref: str,
    other_ref: str,
    reason: str,
    *,
    by: Practitioner,
    now: datetime,
    submission: Submission | None = None,
) -> JoinedRecord:
    """Joins the other record to the one that is kept: from now on they are one child.

    1 once  2 access, locks  3 what is in the way  4 the joining  5 audit  6 outbox  7 constraints. Raises NotHere,
    NotAllowed (`BothHaveWork` where neither could be kept), AlreadySubmitted.
    """
    carry_out_once(submission, now)
    (kept, other), sight = access_records_to_join((kept_ref, other_ref), by=by, now=now)
    check_may_join(kept, other)
    joining = write_join(kept, other, reason, by=by, now=now)
    subjects = [joining.ref, kept.ref, other.ref]
    record_event("child.records-joined", by=by, now=now, subjects=subjects, after={"reason": reason})
    _tell("records-joined", joining, who_hears_of(kept, sight), by=by, now=now)
    check_constraints_now()
    return joining


@transaction.atomic
def part_records(
    ref: str, reason: str, *, by: Practitioner, now: datetime, submission: Submission | None = None
) -> JoinedRecord:
    """Says that the two records are not one child: all is as it was before they were joined.

    What was written meanwhile stays on the record for which it was written. Raises NotHere, NotAllowed where that was
    said already, AlreadySubmitted.
    """
    carry_out_once(submission, now)
    opened = access_joining_to_undo(ref, by=by, now=now)
    joining = opened.joining
    if joining.undone_at is not None:
        raise NotAllowed("These records were taken apart already.")
    write_part(joining, reason, by=by, now=now)
    subjects = [joining.ref, joining.kept.ref, joining.other.ref]
    record_event("child.records-parted", by=by, now=now, subjects=subjects, after={"reason": reason})
    told = [*who_hears_of(joining.kept, opened.sight), joining.joined_by]
    _tell("records-parted", joining, told, by=by, now=now)
    check_constraints_now()
    return joining


def check_may_join(kept: Person, other: Person) -> None:
    """Raises NotAllowed where two records, which the caller has locked, cannot become one so: with what would do."""
    if kept.pk == other.pk:
        raise NotAllowed("This is the same record. Enter the reference of the other one.", field="other")
    for one in (kept, other):
        if one.is_joined:
            to = kept_for(one)
            raise NotAllowed(
                f"Record {one.ref} was joined to record {to.ref}, {person_name(to)}. Join the two with that one.",
                field="other",
            )
    own = joined_to([other.pk]).first()
    if own is not None:
        raise NotAllowed(
            f"Record {own.other.ref} was joined to record {other.ref}. Keep that one, or take those two apart first.",
            field="other",
        )
    _check_work(kept, other)


def _check_work(kept: Person, other: Person) -> None:
    busy = {one.involvement.child_id for one in open_work_of([kept.pk, other.pk])[0]}
    busy |= {one.child_id for one in open_work_of([kept.pk, other.pk])[1]}
    if {kept.pk, other.pk} <= busy:
        raise BothHaveWork(
            "Something is open on both records. End it on one of them first.", field="other", clauses=ONCE
        )
    if other.pk in busy:
        raise NotAllowed(
            f"Something is open on record {other.ref} now, so that is the one to keep. Look at both again.",
            field="other",
            clauses=ONCE,
        )


def _tell(template: str, joining: JoinedRecord, to: list[Practitioner], *, by: Practitioner, now: datetime) -> None:
    """A message to each of these people, but for who did it: a reference and a link, and nobody's name."""
    context = {"ref": joining.kept.ref, "path": f"/children/joined/{joining.ref}"}
    for one in {one.pk: one for one in to}.values():
        if one.pk != by.pk and one.email and is_there(one, now):
            put_in_outbox(template, to_address=one.email, now=now, context=context)
