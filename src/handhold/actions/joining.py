"""Saying that two records are one child, and that they are not after all. No row of either is touched (ADR 0016).

Only one of the two may have work: somebody is accountable for a child once, and not on each of two records.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from handhold.access.joining import (
    access_joining_to_undo,
    access_records_to_join,
    check_may_join,
    who_hears_of,
    with_work,
)
from handhold.access.transfers import is_there
from handhold.actions.once import Submission, carry_out_once
from handhold.actions.refusals import NotAllowed
from handhold.audit.recording import record_event
from handhold.casefiles.joined import join as write_join
from handhold.casefiles.joined import part as write_part
from handhold.notifications.outbox import put_in_outbox
from handhold.records.constraints import check_constraints_now
from handhold.records.models import JoinedRecord, Practitioner


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
    check_may_join(kept, other, with_work([kept.pk, other.pk]))
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


def _tell(template: str, joining: JoinedRecord, to: list[Practitioner], *, by: Practitioner, now: datetime) -> None:
    """A message to each of these people, but for who did it: a reference and a link, and nobody's name."""
    context = {"ref": joining.kept.ref, "path": f"/children/joined/{joining.ref}"}
    for one in {one.pk: one for one in to}.values():
        if one.pk != by.pk and one.email and is_there(one, now):
            put_in_outbox(template, to_address=one.email, now=now, context=context)
