"""Saying that somebody was told in another way what a message of ours could not tell them."""

from datetime import datetime

from django.db import transaction

from handhold.access.families import sight_of
from handhold.access.transfers import NotHere
from handhold.actions.once import Submission, carry_out_once
from handhold.audit.recording import record_event
from handhold.notifications.models import OutboxMessage
from handhold.queries.undelivered import undelivered_in_sight
from handhold.records.constraints import check_constraints_now
from handhold.records.models import Practitioner


@transaction.atomic
def settle_undelivered(
    ref: str, *, by: Practitioner, now: datetime, submission: Submission | None = None
) -> OutboxMessage:
    """The addressee was told in another way; the task is done. Raises NotHere, AlreadySubmitted."""
    carry_out_once(submission, now)
    in_sight = undelivered_in_sight(sight_of(by, now)).filter(ref=ref)
    message = OutboxMessage.objects.select_for_update().filter(pk__in=in_sight.values("pk")).first()
    if message is None:
        raise NotHere
    message.told_at, message.told_by = now, by
    message.save(update_fields=["told_at", "told_by"])
    record_event("message.told-otherwise", by=by, now=now, subjects=[message.ref])
    check_constraints_now()
    return message
