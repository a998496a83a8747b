"""Taking something up out of a queue, where one press does it: the step of the transfer that takes it on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from handhold.access.families import sight_of
from handhold.access.transfers import NotHere, access_transfer_to_read
from handhold.actions.once import Submission
from handhold.actions.refusals import StepRefused
from handhold.actions.steps import record_step
from handhold.casefiles.contents import Content
from handhold.casefiles.steps_by_meaning import find_plain_taking
from handhold.queries.to_take import Taken, find_taken, queues_of
from handhold.records.models import Practitioner, QueueItem


class TakenMeanwhile(Exception):
    """Somebody took it up first: `taken` says who and when."""

    def __init__(self, taken: Taken) -> None:
        super().__init__(f"{taken.name} took it up.")
        self.taken = taken


def take_up(queue: str, run_ref: str, *, by: Practitioner, now: datetime, submission: Submission | None = None) -> None:
    """Records the step that takes a transfer out of a queue, for somebody whose role looks after it.

    Raises NotHere for who does not look after it, where it does not wait there and never did, or where more is to be
    written; TakenMeanwhile for the loser of a race; StepRefused where the procedure does not allow it to this person.
    """
    sight = sight_of(by, now)
    if queue not in queues_of(sight):
        raise NotHere
    found = find_plain_taking(access_transfer_to_read(run_ref, by=by, now=now).case.pathway, queue)
    if found is None:
        raise NotHere
    step, outcome = found
    try:
        with transaction.atomic():
            record_step(run_ref, step.id, outcome, Content(now), by=by, now=now, submission=submission)
    except StepRefused:
        taken = find_taken(run_ref, queue, sight)
        waits = QueueItem.objects.filter(run__ref=run_ref, queue__code=queue, taken_at__isnull=True)
        if taken is None or waits.exists():
            raise
        raise TakenMeanwhile(taken) from None
