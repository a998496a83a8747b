"""Messages of ours that could not be delivered: who is to be rung, about what, for who stands on the sending side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Lower

from handhold.access.families import Sighted
from handhold.access.partner_papers import receives_papers
from handhold.access.transfers import NotHere
from handhold.notifications.models import OutboxMessage
from handhold.notifications.wording import word_message
from handhold.queries.naming import practitioner_name
from handhold.records.models import Concern, PartnerPaper, Practitioner

FAILED = Q(given_up_at__isnull=False) | Q(bounced_at__isnull=False)


@dataclass(frozen=True)
class Undelivered:
    """A message that did not arrive: to whom, how to reach them otherwise, what it would have told, where that is."""

    ref: str
    to_name: str
    to_agency: str
    phone: str
    address: str
    told: str
    """The subject of the message."""
    path: str
    failed_at: datetime
    came_back: bool
    """Whether it was sent and came back; else it could not be sent at all."""


def all_undelivered() -> QuerySet[OutboxMessage]:
    """Every message that did not arrive and of which nobody was told in another way, whoever answers for it."""
    return OutboxMessage.objects.filter(FAILED, told_at__isnull=True)


def undelivered_for(sight: Sighted) -> list[Undelivered]:
    """What did not arrive and nobody has told in another way, oldest first. Two statements, one where there is none."""
    messages = list(undelivered_in_sight(sight).order_by("created_at", "id"))
    people = _people_of(messages, sight) if messages else {}
    return [_line(one, people.get(one.to_address.lower())) for one in messages]


def find_undelivered(ref: str, sight: Sighted) -> Undelivered:
    """One of them. Raises NotHere."""
    message = undelivered_in_sight(sight).filter(ref=ref).first()
    if message is None:
        raise NotHere
    return _line(message, _people_of([message], sight).get(message.to_address.lower()))


def undelivered_in_sight(sight: Sighted) -> QuerySet[OutboxMessage]:
    """The messages for whose delivery this person answers.

    Of a transfer: its sender, where it went to anybody else; who manages the sender, and an accepted receiver, where it
    went to the sender. Of a concern or a paper: who receives those. Of anything else: who oversees.
    """
    own, mine = sight.by.email.lower(), Q()
    to_sender = Q(to_lower=Lower(F("run__sender__email")))
    mine |= Q(run__sender=sight.by) & ~Q(to_lower=own)
    mine |= Q(run__sender__in=sight.manages) & to_sender
    mine |= Q(run__receiver=sight.by, run__receiver_state="accepted") & to_sender
    if sight.roles.intersection(sight.protocol.file.concern.received_by):
        mine |= Q(is_concern=True, run__isnull=True) & ~Q(to_lower=own)
    if receives_papers(sight):
        mine |= Q(is_paper=True)
    if sight.sees_all:
        mine |= Q(run__isnull=True, is_concern=False, is_paper=False, is_known=True)
    return _with_subject(sight).filter(FAILED, mine, told_at__isnull=True)


def _with_subject(sight: Sighted) -> QuerySet[OutboxMessage]:
    """Messages of this council, with what they are about."""
    authority, about = (
        sight.by.agency.authority_id,
        {"ref": OuterRef("about_ref"), "authority": sight.by.agency.authority_id},
    )
    known = Practitioner.objects.filter(email__iexact=OuterRef("to_address"), agency__authority=authority)
    return (
        OutboxMessage.objects.annotate(about_ref=KeyTextTransform("ref", "context"), to_lower=Lower("to_address"))
        .annotate(
            is_concern=Exists(Concern.objects.filter(**about)),
            is_paper=Exists(PartnerPaper.objects.filter(**about)),
            is_known=Exists(known),
        )
        .filter(Q(run__isnull=True) | Q(run__authority=authority))
    )


def _people_of(messages: list[OutboxMessage], sight: Sighted) -> dict[str, Practitioner]:
    """The practitioners whose addresses these are."""
    addresses = {one.to_address.lower() for one in messages}
    known = Practitioner.objects.filter(agency__authority=sight.by.agency.authority_id).annotate(address=Lower("email"))
    return {one.email.lower(): one for one in known.filter(address__in=addresses).select_related("agency")}


def _line(message: OutboxMessage, person: Practitioner | None) -> Undelivered:
    subject = word_message(message.template, message.context, site="").subject
    failed_at = message.bounced_at or message.given_up_at or message.created_at
    return Undelivered(
        ref=message.ref,
        to_name=practitioner_name(person) if person else message.to_address,
        to_agency=person.agency.name if person else "",
        phone=person.phone or person.agency.phone if person else "",
        address=message.to_address,
        told=subject.removeprefix("Handhold: "),
        path=message.context.get("path", ""),
        failed_at=failed_at,
        came_back=message.bounced_at is not None,
    )
