"""Answering a request to lead (Y16, H10): by who was asked, or by who spoke to them on the telephone."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from handhold.access.transfers import NotHere, Opened, access_transfer_to_change
from handhold.actions.once import Submission, carry_out_once
from handhold.actions.steps import record_opened
from handhold.casefiles.contents import Content
from handhold.casefiles.steps_by_meaning import find_acceptance_step
from handhold.records.models import Practitioner


@transaction.atomic
def answer_proposal(
    ref: str,
    answer: str,
    *,
    from_date: date | None = None,
    words: str = "",
    by: Practitioner,
    now: datetime,
    submission: Submission | None = None,
) -> Opened:
    """Records the answer to a request to lead.

    `answer` is an outcome of the pathway's acceptance step; `words` what was asked, what stands in the way, or what was
    said about the first meeting. Raises NotHere, NoSuchChoice, StepRefused, ReasonNeeded, AlreadySubmitted.
    """
    carry_out_once(submission, now)
    opened = access_transfer_to_change(ref, by=by, now=now)
    step, receiver = find_acceptance_step(opened.case.pathway), opened.case.people.receiver
    if step is None or receiver is None:
        raise NotHere
    for_another = None if receiver.pk == by.pk else receiver
    content = Content(now, agreed_date=from_date, on_behalf_of=for_another)
    record_opened(opened, "record", step.id, answer, content, child_ref=None, reason=words)
    return opened
