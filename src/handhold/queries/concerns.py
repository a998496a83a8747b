"""Safeguarding concerns for pages: the numbers to ring, lists, whom one can be about, until when one may wait.

One concern as it stands is in `concern_pages`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from handhold.access.concerns import concerns_sent_by, concerns_to_handle, receives_concerns
from handhold.access.families import Sighted, families_in_sight
from handhold.casefiles.concerns import load_receivers
from handhold.casefiles.offices import load_offices
from handhold.casefiles.protocols import calendar_of
from handhold.notifications.models import Reminder
from handhold.protocol.council import PhoneNumber, Procedures
from handhold.protocol.deadlines import period_of
from handhold.protocol.pathways import Protocol
from handhold.queries.naming import age_words, listed, person_name, practitioner_name
from handhold.records.models import (
    Allocation,
    Concern,
    ConcernHolding,
    Family,
    FamilyMember,
    Person,
    Practitioner,
    ProfessionalRelationship,
    Run,
)
from handhold.working_days import DueWords, council_date, due_words

FIRST_WORDS = 80
"""How much of what was written stands in a list."""


@dataclass(frozen=True)
class Number:
    """A telephone number to ring, and the address that a phone dials."""

    called: str
    number: str
    when: str
    dial: str


@dataclass(frozen=True)
class ConcernRow:
    """A concern in a list: what it begins with, when it was sent, how it stands, who answers for it."""

    ref: str
    about: str
    sent_at: datetime
    ring_at: datetime
    is_received: bool
    must_ring: bool
    received_by: str
    is_own: bool
    held_by: str
    """Empty for who only sent it."""
    due: DueWords
    gone_to: str = ""
    """To whom it has gone up, overdue as it is; empty for who only sent it."""


@dataclass(frozen=True)
class Subject:
    """Whom a new concern is about, where the person sees them: the references, and the words to begin with."""

    child_ref: str = ""
    family_ref: str = ""
    run_ref: str = ""
    words: str = ""
    children: tuple[int, ...] = ()
    """Ids of the children in sight."""


def numbers_of(protocol: Protocol) -> list[Number]:
    """The numbers that stand first, in the order of the procedure."""
    return [_number(one) for one in protocol.file.concern.numbers]


def _number(one: PhoneNumber) -> Number:
    return Number(one.called, one.number, one.when, f"tel:{''.join(sign for sign in one.number if sign.isdigit())}")


def ring_at(sent_at: datetime, protocol: Protocol) -> datetime:
    """When the sender is told to ring, unless somebody has said that they have it (Y52)."""
    return calendar_of(protocol).due_at(sent_at, period_of(protocol, protocol.file.concern.not_received_after))


def procedures_of(protocol: Protocol) -> Procedures | None:
    """The partnership's safeguarding procedures, where the council's procedure names them (L6)."""
    return protocol.file.concern.procedures


def decide_by(sent_at: datetime, protocol: Protocol) -> datetime | None:
    """By when a concern is decided: as the pathways say, also for a family of which no transfer is on its way."""
    setting = setting_of_decision(protocol)
    return calendar_of(protocol).due_at(sent_at, period_of(protocol, setting)) if setting else None


def setting_of_decision(protocol: Protocol) -> str | None:
    """The setting that says how long a decision on a concern may take; None where no pathway limits it."""
    limits = (pathway.steps[pathway.concern_steps()[1]].within for pathway in protocol.pathways.values())
    return next((limit.setting for limit in limits if limit), None)


def concerns_for(sight: Sighted) -> list[ConcernRow]:
    """The undecided concerns that this person handles, not received ones first, and those that they sent.

    None that is about them: no list, no count (Y52).
    """
    handled = concerns_to_handle(sight)
    mine = Q(pk__in=handled.values("pk")) | Q(pk__in=concerns_sent_by(sight).values("pk"))
    rows = Concern.objects.filter(mine, decided_at__isnull=True).select_related("acknowledged_by")
    rows = rows.order_by(F("acknowledged_at").asc(nulls_first=True), "sent_at")
    found = rows.annotate(gone_to=_names_gone_to(), held_by=_names_of_holders(handled))
    return [_row(one, sight, listed(one.held_by)) for one in found]


def _names_gone_to() -> ArraySubquery:
    """The names of those to whom each has gone up, as part of the statement that finds them."""
    rows = Reminder.objects.filter(concern=OuterRef("pk"), occasion=Reminder.Occasion.ESCALATED, told__isnull=False)
    return ArraySubquery(rows.values(name=Concat(F("told__given_name"), Value(" "), F("told__family_name"))))


def _names_of_holders(handled: QuerySet[Concern]) -> ArraySubquery:
    """Who answers for each of these that the reader handles, in the same statement; nobody of others."""
    rows = ConcernHolding.objects.filter(concern=OuterRef("pk"), during__upper_inf=True)
    rows = rows.filter(concern__in=handled.values("pk"))
    name = Concat(F("practitioner__given_name"), Value(" "), F("practitioner__family_name"))
    return ArraySubquery(rows.values(name=name))


def handles_concerns(sight: Sighted, rows: list[ConcernRow]) -> bool:
    """Whether a list is of concerns to handle: by role, or because one was handed to them or passed somebody by."""
    return receives_concerns(sight) or any(one.held_by for one in rows)


def _row(concern: Concern, sight: Sighted, held_by: str) -> ConcernRow:
    at = ring_at(concern.sent_at, sight.protocol)
    begins = " ".join((concern.who or concern.what or concern.where_now).split())
    return ConcernRow(
        ref=concern.ref,
        about=begins if len(begins) <= FIRST_WORDS else f"{begins[:FIRST_WORDS]}…",
        sent_at=concern.sent_at,
        ring_at=at,
        is_received=concern.acknowledged_at is not None,
        must_ring=concern.acknowledged_at is None and sight.now > at,
        received_by=practitioner_name(concern.acknowledged_by) if concern.acknowledged_by else "",
        is_own=concern.reported_by_id == sight.by.pk,
        held_by=held_by,
        due=due_words(sight.now, decide_by(concern.sent_at, sight.protocol), calendar_of(sight.protocol)),
        gone_to=listed(concern.gone_to) if held_by else "",  # type: ignore[attr-defined]
    )


def find_subject(sight: Sighted, *, child_ref: str, family_ref: str, run_ref: str = "") -> Subject:
    """Whom the page that was left is about, named where the person sees them.

    Somebody outside their sight is not named, and can be reported all the same: the reference goes with the concern.
    """
    unnamed = Subject(child_ref, family_ref, run_ref)
    if child_ref:
        found = _member_in_sight(sight, child_ref)
        words = _child_words(found.person, sight.now, found.family.name) if found else ""
        return replace(unnamed, words=words, children=(found.person_id,) if found else ())
    if not (family_ref or run_ref):
        return unnamed
    asked = Q(ref=family_ref) if family_ref else Q(pk__in=Run.objects.filter(ref=run_ref).values("family"))
    family = families_in_sight(sight).filter(asked).first()
    if family is None:
        return unnamed
    return replace(unnamed, words=f"The {family.name} family", children=_children_of(family, sight.now))


def _member_in_sight(sight: Sighted, child_ref: str) -> FamilyMember | None:
    members = FamilyMember.objects.filter(person__ref=child_ref, role="child", during__contains=sight.now)
    if not sight.sees_index:
        members = members.filter(family__in=families_in_sight(sight).values("pk"))
    own = members.filter(family__authority=sight.by.agency.authority_id)
    return own.select_related("person", "family").first()


def _children_of(family: Family, now: datetime) -> tuple[int, ...]:
    members = family.memberships.filter(role=FamilyMember.Role.CHILD, during__contains=now)
    return tuple(members.values_list("person_id", flat=True))


def find_whom_it_can_be_about(sight: Sighted, children: tuple[int, ...]) -> list[tuple[str, str]]:
    """Who can be ticked as somebody whom a concern is about, as reference and words, the nearest first.

    Those who work with these children and who manages them; then everybody who would receive it.
    """
    near = _who_works_with(children, sight.now)
    roles = sight.protocol.file.stand_ins
    offices = load_offices(near, roles.values(), sight.now) if near else None
    managers = [offices.stand_in_of(one, roles) for one in near] if offices else []
    receivers = load_receivers(sight.by.agency.authority_id, sight.protocol.file.concern, sight.now)
    found = dict.fromkeys((*near, *managers, *(one.practitioner for one in receivers.people)))
    return [(one.ref, _introduced(one)) for one in found if one.pk != sight.by.pk]


def _who_works_with(children: tuple[int, ...], now: datetime) -> list[Practitioner]:
    """Who answers for these children now, and who else is on record as working with them."""
    if not children:
        return []
    held = Allocation.objects.filter(involvement__child__in=children, during__contains=now).values("practitioner")
    others = ProfessionalRelationship.objects.filter(child__in=children, during__contains=now).values("practitioner")
    rows = Practitioner.objects.filter(Q(pk__in=held) | Q(pk__in=others)).select_related("agency", "team")
    return list(rows.order_by("family_name", "pk"))


def _introduced(one: Practitioner) -> str:
    job = one.job_title[:1].lower() + one.job_title[1:]
    return ", ".join(part for part in (practitioner_name(one), job) if part)


def _child_words(child: Person, now: datetime, family: str) -> str:
    age = age_words(child, council_date(now))
    return ", ".join(part for part in (person_name(child), age, f"{family} family") if part)


def find_last_own(by: Practitioner) -> str | None:
    """The reference of the concern that this person sent last; a second click on `Send` leads there."""
    own = Concern.objects.filter(reported_by=by).order_by("-sent_at", "-id")
    return own.values_list("ref", flat=True).first()
