"""Telling leads of the papers that they owe, and those who chase them of what is late: each once (Y31, Y41)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from handhold.access.transfers import is_there
from handhold.casefiles.protocols import calendar_of, current_protocol
from handhold.notifications.outbox import put_in_outbox
from handhold.protocol.deadlines import Deadline
from handhold.protocol.loading import papers_of
from handhold.protocol.pathways import Protocol
from handhold.protocol.reminding import occasions_of
from handhold.queries.papers_due import OwedPaper, find_owed
from handhold.records.models import Authority, PaperReminder, Practitioner, RoleHolding

# Which words are said on which occasion; the last goes to those who chase, and every other to the lead.
TEXTS = {"coming": "paper-due", "passed": "paper-due", "escalated": "paper-late"}


def remind_of_papers(now: datetime) -> int:
    """Says everything about owed papers that is to have been said by `now`; returns how many words were new.

    What a run of the family waits for is said by the limits of that run.

    Each in a transaction of its own with its record: a worker that dies says nothing twice and leaves nothing out.
    """
    said = 0
    for authority in Authority.objects.order_by("pk"):
        protocol = current_protocol(authority)
        for owed in (one for one in find_owed(authority, protocol, now) if not one.is_followed):
            said += sum(_say(owed, occasion, authority, protocol, now) for occasion in _owed_words(owed, protocol, now))
    return said


def _owed_words(owed: OwedPaper, protocol: Protocol, now: datetime) -> Iterable[str]:
    deadline = Deadline(owed.started_at, owed.due_at, owed.rule.due, now > owed.due_at, is_whole_run=False)
    return occasions_of(protocol, deadline, calendar_of(protocol)).owed(now)


@transaction.atomic
def _say(owed: OwedPaper, occasion: str, authority: Authority, protocol: Protocol, now: datetime) -> bool:
    """One word about one paper, unless it was said: two workers beside each other wait at the unique row."""
    slot = {"family": owed.family, "lead": owed.lead, "kind": owed.kind, "due_at": owed.due_at, "occasion": occasion}
    _, is_new = PaperReminder.objects.get_or_create(**slot, defaults={"told_at": now})
    if not is_new:
        return False
    chases = occasion == "escalated"
    path = "/papers/late" if chases else f"/families/{owed.family.ref}/papers/send"
    for practitioner in _chasers(authority, protocol, now) if chases else [owed.lead]:
        if practitioner.email and is_there(practitioner, now):
            put_in_outbox(TEXTS[occasion], to_address=practitioner.email, now=now, context={"path": path})
    return True


def _chasers(authority: Authority, protocol: Protocol, now: datetime) -> list[Practitioner]:
    rules = papers_of(protocol)
    held = RoleHolding.objects.filter(
        role__in=rules.chased_by if rules else (), during__contains=now, practitioner__agency__authority=authority
    ).select_related("practitioner")
    return list({one.practitioner_id: one.practitioner for one in held.order_by("pk")}.values())
