"""What a manager does with an assessment beside a transfer's steps: reads its draft, so that nobody waits (Y21)."""

from datetime import datetime

from django.db import transaction

from handhold.access.families import Sighted, families_in_sight, sight_of
from handhold.access.transfers import NotHere
from handhold.actions.once import Submission, carry_out_once
from handhold.audit.recording import record_event
from handhold.records.constraints import check_constraints_now
from handhold.records.models import Allocation, Assessment, Practitioner


@transaction.atomic
def mark_draft_read(ref: str, *, by: Practitioner, now: datetime, submission: Submission | None = None) -> Assessment:
    """A manager has read the draft: a request can be put forward on it (Y21). Once read, it stays as first read.

    For who manages a worker of one of its children, or oversees all, and wrote nothing of it (H6).
    Raises NotHere, AlreadySubmitted.
    """
    carry_out_once(submission, now)
    assessment = _access_to_change(ref, by=by, now=now)
    if assessment.draft_read_at is None and assessment.authorised_at is None:
        Assessment.objects.filter(pk=assessment.pk).update(draft_read_at=now, draft_read_by=by)
        subjects = [assessment.ref, assessment.family.ref]
        record_event("assessment.draft-read", by=by, now=now, subjects=subjects)
    check_constraints_now()
    return assessment


def _access_to_change(ref: str, *, by: Practitioner, now: datetime) -> Assessment:
    """The assessment, locked, for somebody who may say that they have read the draft. Raises NotHere."""
    sight = sight_of(by, now)
    assessment = (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("family")
        .filter(ref=ref, family__in=families_in_sight(sight))
        .first()
    )
    if assessment is None or not may_read_draft(assessment, sight):
        raise NotHere
    return assessment


def may_read_draft(assessment: Assessment, sight: Sighted) -> bool:
    """Whether somebody manages a worker of one of its children, or oversees every family, and wrote nothing of it."""
    if assessment.sections.filter(written_by=sight.by).exists():
        return False
    return sight.sees_all or is_managed(assessment, sight)


def is_managed(assessment: Assessment, sight: Sighted) -> bool:
    """Whether the person stands in by office for somebody who answers for a child of the assessment."""
    held = Allocation.objects.filter(
        practitioner__in=sight.manages,
        during__contains=sight.now,
        involvement__child__in=assessment.assessment_children.values("child"),
    )
    return bool(sight.manages) and held.exists()
