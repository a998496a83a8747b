"""Concerns that nobody has received in time, and who is to hear of it: whoever sent each, and who answers for it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from handhold.access.transfers import is_there
from handhold.access.words import find_away
from handhold.casefiles.protocols import current_protocol
from handhold.notifications.models import Reminder
from handhold.queries.concerns import ring_at
from handhold.records.models import Authority, Concern, PostHolding, Practitioner, RoleHolding


def find_unreceived(now: datetime) -> list[int]:
    """The ids of the concerns for which the time to say `received` has passed, and nobody has been told of that."""
    told = Reminder.objects.filter(concern=OuterRef("pk"))
    waiting = unreceived().exclude(Exists(told)).select_related("authority").order_by("sent_at", "pk")
    return [one.pk for one in waiting if now > ring_at(one.sent_at, current_protocol(one.authority))]


def unreceived() -> QuerySet[Concern]:
    """Those that nobody has received or decided."""
    return Concern.objects.filter(acknowledged_at__isnull=True, decided_at__isnull=True)


def find_alerted(authority: Authority, now: datetime) -> list[Practitioner]:
    """Who answers for a concern from its arrival (Y52), those who are there; without one, the post of last resort."""
    role = current_protocol(authority).file.concern.accountable
    holdings = RoleHolding.objects.filter(role=role, during__contains=now, practitioner__agency__authority=authority)
    held = {one.practitioner_id: one.practitioner for one in holdings.select_related("practitioner")}
    away = find_away(held, now)
    here = [one for one in held.values() if one.pk not in away and _can_be_told(one, now)]
    return here or _last_resort(authority, now) or [one for one in held.values() if _can_be_told(one, now)]


def _last_resort(authority: Authority, now: datetime) -> list[Practitioner]:
    posts = PostHolding.objects.filter(
        post__authority=authority, post__must_be_held_during__isnull=False, during__contains=now
    )
    people = {one.practitioner_id: one.practitioner for one in posts.select_related("practitioner")}
    return [one for one in people.values() if _can_be_told(one, now)]


def _can_be_told(one: Practitioner, now: datetime) -> bool:
    return bool(one.email) and is_there(one, now)
