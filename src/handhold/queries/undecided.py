"""Concerns that nobody has decided and of which no transfer keeps the time: what is owed about each, and to whom."""

from __future__ import annotations

from datetime import datetime

from handhold.access.transfers import is_there
from handhold.access.words import find_away
from handhold.casefiles.case import find_stopped_runs
from handhold.casefiles.concerns import ids_about, load_receivers
from handhold.casefiles.protocols import calendar_of, current_protocol, part_readable
from handhold.notifications.models import Reminder
from handhold.protocol.deadlines import Deadline
from handhold.protocol.pathways import Protocol
from handhold.protocol.reminding import Occasion, occasions_of
from handhold.queries.concerns import decide_by, setting_of_decision
from handhold.queries.unreceived import find_alerted
from handhold.records.models import Concern, Practitioner, RoleHolding


def find_undecided(now: datetime) -> list[int]:
    """The ids of the undecided concerns about whose decision something is owed that was not said of them."""
    waiting = Concern.objects.filter(decided_at__isnull=True).select_related("authority").order_by("sent_at", "pk")
    return [one.pk for one in waiting if find_owed_words(one, now)]


def find_owed_words(concern: Concern, now: datetime) -> list[Occasion]:
    """What is to have been said by `now` about the decision and was not; nothing where an open transfer says it.

    The limit of a transfer begins with the first concern that nobody decided; that of a concern with the concern.
    """
    protocol = current_protocol(concern.authority)
    limit = limit_of_decision(concern, protocol, now)
    owed = occasions_of(protocol, limit, calendar_of(protocol)).owed(now) if limit else []
    if not owed:
        return []
    said = set(Reminder.objects.filter(concern=concern).values_list("occasion", flat=True))
    unsaid = [one for one in owed if one not in said]
    return unsaid if unsaid and not part_readable(find_stopped_runs(concern, now))[0] else []


def limit_of_decision(concern: Concern, protocol: Protocol, now: datetime) -> Deadline | None:
    """By when it is to be decided, from when it was sent."""
    setting, due_at = setting_of_decision(protocol), decide_by(concern.sent_at, protocol)
    return Deadline(concern.sent_at, due_at, setting, now > due_at, is_whole_run=False) if setting and due_at else None


def find_whom_to_remind(concern: Concern, occasion: Occasion, now: datetime) -> list[Practitioner]:
    """Who hears it: ahead, who answers for it; when it passes, all who receive it too; then somebody above by name.

    Nobody whom it is about.
    """
    about = ids_about(concern)
    receivers = load_receivers(concern.authority_id, current_protocol(concern.authority).file.concern, now)
    answers = find_alerted(concern, now)
    if occasion == "coming":
        return answers
    theirs = list(dict.fromkeys((*answers, *receivers.who_receive(about))))
    people = theirs if occasion == "passed" else _above(concern, {one.pk for one in theirs} | about, now)
    if not people:  # nobody is above: rather somebody who knows of it already than nobody
        last = (one.practitioner for one in receivers.people if one.is_last_resort)
        people = [one for one in last if one.pk not in about]
    return [one for one in people or theirs if one.email and is_there(one, now)]


def _above(concern: Concern, others_than: set[int], now: datetime) -> list[Practitioner]:
    """Everybody of the first role that the council tells of what has passed, where somebody of it is there."""
    file = current_protocol(concern.authority).file
    for role in file.reminders.then_to if file.reminders else file.concern.if_about_them:
        held = RoleHolding.objects.filter(
            role=role, during__contains=now, practitioner__agency__authority=concern.authority_id
        ).exclude(practitioner__in=others_than)
        found = {row.practitioner_id: row.practitioner for row in held.select_related("practitioner__agency")}
        away = find_away(found, now)
        there = [one for pk, one in found.items() if pk not in away and is_there(one, now)]
        if there:
            return there
    return []
