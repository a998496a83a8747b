"""A concern that nobody received in time: who sent it is told to ring, who answers for it is told that it waits.

Once for each concern: that it was said is written in the transaction that puts the messages into the outbox.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from handhold.access.transfers import is_there
from handhold.audit.recording import record_event
from handhold.casefiles.concerns import ids_about
from handhold.casefiles.protocols import calendar_of, current_protocol
from handhold.notifications.models import Reminder
from handhold.notifications.outbox import put_in_outbox
from handhold.protocol.pathways import Protocol
from handhold.queries.concerns import ring_at
from handhold.queries.unreceived import find_alerted, unreceived
from handhold.records.constraints import check_constraints_now
from handhold.records.models import Concern

NUMBERS_OF_THREE_DIGITS = 3
"""Emergency services stand in the text of the message already."""


@transaction.atomic
def say_not_received(concern_id: int, *, now: datetime) -> bool:
    """Tells the sender to ring and alerts who answers for concerns here (Y52), once; whether that was to be said.

    1 lock the concern, or leave it to who has it: it may be received at this moment  2 is it time, and was it not said
    3 the note of it  4 the messages  5 audit
    """
    waiting = unreceived().select_related("authority", "reported_by", "family", "child").filter(pk=concern_id)
    concern = waiting.select_for_update(of=("self",), skip_locked=True).first()
    said = Reminder.objects.filter(concern=concern_id, occasion=Reminder.Occasion.NOT_RECEIVED)
    if concern is None or said.exists():
        return False
    protocol = current_protocol(concern.authority)
    due_at = ring_at(concern.sent_at, protocol)
    if now <= due_at:
        return False
    reminder = Reminder.objects.create(
        concern=concern,
        started_at=concern.sent_at,
        due_at=due_at,
        occasion=Reminder.Occasion.NOT_RECEIVED,
        told_at=now,
    )
    _tell_to_ring(concern, protocol, reminder, now)
    _alert(concern, reminder, now)
    subjects = [concern.ref, *(one.ref for one in (concern.family, concern.child) if one)]
    record_event("concern.not-received", by=None, now=now, subjects=subjects)
    check_constraints_now()
    return True


def _tell_to_ring(concern: Concern, protocol: Protocol, reminder: Reminder, now: datetime) -> None:
    sender = concern.reported_by
    if sender is None or not sender.email or not is_there(sender, now) or sender.pk in ids_about(concern):
        return
    numbers = [one.number for one in protocol.file.concern.numbers if len(one.number) > NUMBERS_OF_THREE_DIGITS]
    sent = f"{calendar_of(protocol).to_local(concern.sent_at):%H:%M}"
    context = {**_context(concern), "time": sent, "phones": " or ".join(numbers)}
    reminder.told.add(sender)
    put_in_outbox("concern-not-received", to_address=sender.email, now=now, context=context)


def _alert(concern: Concern, reminder: Reminder, now: datetime) -> None:
    for one in find_alerted(concern, now):
        reminder.told.add(one)
        put_in_outbox("concern-waits", to_address=one.email, now=now, context=_context(concern))


def _context(concern: Concern) -> dict[str, str]:
    return {"ref": concern.ref, "path": f"/concerns/{concern.ref}"}
