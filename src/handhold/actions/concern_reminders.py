"""The time for the decision on a concern that no transfer keeps (Y52): reminders, then somebody above. Each word once.

So for a child who is not on record, and for a family of which nothing is on its way.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from handhold.audit.recording import record_event
from handhold.casefiles.protocols import current_protocol
from handhold.notifications.models import Reminder
from handhold.notifications.outbox import put_in_outbox
from handhold.protocol.reminding import Occasion
from handhold.queries.undecided import find_owed_words, find_whom_to_remind, limit_of_decision
from handhold.records.constraints import check_constraints_now
from handhold.records.models import Concern


@transaction.atomic
def remind_of_decision(concern_id: int, *, now: datetime) -> int:
    """Says what time has brought about for the decision on one concern; returns how many words were new.

    1 lock the concern, or leave it to who has it: it may be decided at this moment  2 what is owed and was not said
    3 for each word: the note, the messages, the audit
    """
    undecided = Concern.objects.filter(pk=concern_id, decided_at__isnull=True).select_related("authority")
    concern = undecided.select_for_update(of=("self",), skip_locked=True).first()
    if concern is None:
        return 0
    owed = find_owed_words(concern, now)
    for occasion in owed:
        _say(concern, occasion, now)
    check_constraints_now()
    return len(owed)


def _say(concern: Concern, occasion: Occasion, now: datetime) -> None:
    limit = limit_of_decision(concern, current_protocol(concern.authority), now)
    if limit is None:
        return
    people = find_whom_to_remind(concern, occasion, now)
    reminder = Reminder.objects.create(
        concern=concern, started_at=limit.started_at, due_at=limit.due_at, occasion=occasion, told_at=now
    )
    reminder.told.add(*people)
    context = {"ref": concern.ref, "path": f"/concerns/{concern.ref}"}
    for one in people:
        put_in_outbox(f"limit-{occasion}", to_address=one.email, now=now, context=context)
    told = {"due_at": limit.due_at, "told": [one.ref for one in people]}
    record_event(f"concern.decision-{occasion}", by=None, now=now, subjects=[concern.ref], after=told)
