"""Concerns that nobody has received in time, and who is to hear of it: whoever sent each, and who answers for it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from handhold.access.transfers import is_there
from handhold.access.words import find_away
from handhold.casefiles.concerns import holder_of, ids_about, load_receivers
from handhold.casefiles.protocols import current_protocol
from handhold.notifications.models import Reminder
from handhold.queries.concerns import ring_at
from handhold.records.models import Concern, Practitioner


def find_unreceived(now: datetime) -> list[int]:
    """The ids of the concerns for which the time to say `received` has passed, and nobody has been told of that."""
    told = Reminder.objects.filter(concern=OuterRef("pk"), occasion=Reminder.Occasion.NOT_RECEIVED)
    waiting = unreceived().exclude(Exists(told)).select_related("authority").order_by("sent_at", "pk")
    return [one.pk for one in waiting if now > ring_at(one.sent_at, current_protocol(one.authority))]


def unreceived() -> QuerySet[Concern]:
    """Those that nobody has received or decided."""
    return Concern.objects.filter(acknowledged_at__isnull=True, decided_at__isnull=True)


def find_alerted(concern: Concern, now: datetime) -> list[Practitioner]:
    """Who is to hear that a concern waits: who answers for it (Y52) and, where they are away, who would by office now.

    Nobody whom it is about.
    """
    about, holder = ids_about(concern), holder_of(concern)
    receivers = load_receivers(concern.authority_id, current_protocol(concern.authority).file.concern, now)
    first = [] if holder.pk in about or find_away({holder.pk}, now) else [holder]
    by_office = receivers.who_answers(about)
    people = first or ([by_office] if by_office else [])
    return [one for one in people if one.email and is_there(one, now)]
