"""Safeguarding concerns for pages: the numbers to ring, the list of who receives them, one concern as it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from handhold.access.families import Sighted, families_in_sight
from handhold.casefiles.case import find_stopped_runs
from handhold.casefiles.protocols import calendar_of, current_protocol, pathway_for_concerns
from handhold.protocol.council import PhoneNumber
from handhold.protocol.deadlines import period_of
from handhold.protocol.pathways import Protocol
from handhold.queries.involved import Accountable, find_accountable_for
from handhold.queries.naming import age_words, person_name, practitioner_name
from handhold.records.models import Concern, FamilyMember, Person, Practitioner, Run
from handhold.working_days import council_date

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
    """A concern in a list: what it begins with, when it was sent, how it stands."""

    ref: str
    about: str
    sent_at: datetime
    ring_at: datetime
    is_received: bool
    must_ring: bool
    received_by: str
    is_own: bool


@dataclass(frozen=True)
class Subject:
    """Whom a new concern is about, where the person sees them: the references, and the words to begin with."""

    child_ref: str = ""
    family_ref: str = ""
    words: str = ""


@dataclass(frozen=True)
class Settled:
    """That somebody received it, or decided it."""

    by: str
    at: datetime
    words: str = ""
    reason: str = ""


@dataclass(frozen=True)
class KnownChild:
    """A child on record whom a concern is about, and who answers for them."""

    name: str
    accountable: tuple[Accountable, ...]


@dataclass(frozen=True)
class ConcernPage:
    """One concern as it stands at `now`."""

    ref: str
    who: str
    what: str
    where_now: str
    sent_by: str
    sent_by_phone: str
    sent_at: datetime
    ring_at: datetime
    must_ring: bool
    numbers: list[Number]
    received: Settled | None
    decided: Settled | None
    family_name: str
    """As on record; for those who receive it, because whoever sends one need not see whom it is about."""
    child_name: str
    handles: bool
    known: list[KnownChild]
    """For who receives it: the child on record, or the family's children, and whom to ring about each."""
    choices: list[tuple[str, str]]
    """What can be decided, as value and words; empty for those who may not."""
    stops: int
    """How many open transfers of the family do not close before it is decided."""


def numbers_of(protocol: Protocol) -> list[Number]:
    """The numbers that stand first, in the order of the procedure."""
    return [_number(one) for one in protocol.file.concern.numbers]


def _number(one: PhoneNumber) -> Number:
    return Number(one.called, one.number, one.when, f"tel:{''.join(sign for sign in one.number if sign.isdigit())}")


def ring_at(sent_at: datetime, protocol: Protocol) -> datetime:
    """When the sender is told to ring, unless somebody has said that they have it (Y52)."""
    return calendar_of(protocol).due_at(sent_at, period_of(protocol, protocol.file.concern.not_received_after))


def concerns_for(sight: Sighted) -> list[ConcernRow]:
    """The undecided concerns that this person receives, not received ones first; for others, those that they sent."""
    waiting = Concern.objects.filter(authority=sight.by.agency.authority_id, decided_at__isnull=True)
    if not sight.roles.intersection(sight.protocol.file.concern.received_by):
        waiting = waiting.filter(reported_by=sight.by)
    rows = waiting.select_related("acknowledged_by").order_by(F("acknowledged_at").asc(nulls_first=True), "sent_at")
    return [_row(one, sight) for one in rows]


def _row(concern: Concern, sight: Sighted) -> ConcernRow:
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
    )


def find_subject(sight: Sighted, *, child_ref: str, family_ref: str) -> Subject:
    """Whom the page that was left is about, named where the person sees them.

    Somebody outside their sight is not named, and can be reported all the same: the reference goes with the concern.
    """
    if child_ref:
        members = FamilyMember.objects.filter(person__ref=child_ref, role="child", during__contains=sight.now)
        if not sight.sees_index:
            members = members.filter(family__in=families_in_sight(sight).values("pk"))
        found = (
            members.filter(family__authority=sight.by.agency.authority_id).select_related("person", "family").first()
        )
        words = _child_words(found.person, sight.now, found.family.name) if found else ""
        return Subject(child_ref=child_ref, family_ref=family_ref, words=words)
    if family_ref:
        family = families_in_sight(sight).filter(ref=family_ref).first()
        return Subject(family_ref=family_ref, words=f"The {family.name} family" if family else "")
    return Subject()


def _child_words(child: Person, now: datetime, family: str) -> str:
    age = age_words(child, council_date(now))
    return ", ".join(part for part in (person_name(child), age, f"{family} family") if part)


def concern_page(concern: Concern, *, by: Practitioner, handles: bool, now: datetime) -> ConcernPage:
    """A concern that `access_concern_to_read` opened, as it stands for who sent it or for who handles it."""
    protocol = current_protocol(by.agency.authority)
    at = ring_at(concern.sent_at, protocol)
    going_on = find_stopped_runs(concern, now)
    return ConcernPage(
        ref=concern.ref,
        who=concern.who,
        what=concern.what,
        where_now=concern.where_now,
        sent_by=concern.reported_name,
        sent_by_phone=concern.reported_by.phone if concern.reported_by else "",
        sent_at=concern.sent_at,
        ring_at=at,
        must_ring=concern.acknowledged_at is None and now > at,
        numbers=numbers_of(protocol),
        received=_settled(concern.acknowledged_by, concern.acknowledged_at),
        decided=_settled(concern.decided_by, concern.decided_at, _outcome_words(concern, protocol), concern.reason),
        family_name=f"{concern.family.name} family" if handles and concern.family else "",
        child_name=person_name(concern.child) if handles and concern.child else "",
        handles=handles,
        known=_known(concern, protocol, now) if handles else [],
        choices=_choices(going_on, protocol) if handles and concern.decided_at is None else [],
        stops=len(going_on),
    )


def _settled(by: Practitioner | None, at: datetime | None, words: str = "", reason: str = "") -> Settled | None:
    return Settled(practitioner_name(by), at, words, reason) if by and at else None


def _outcome_words(concern: Concern, protocol: Protocol) -> str:
    """What was decided, as the procedure or the pathway of a transfer calls it; empty before."""
    if not concern.outcome:
        return ""
    called = {
        **_decisions_of(Run.objects.filter(family=concern.family_id).select_related("authority")),
        **protocol.file.concern.decisions,
    }
    return called.get(concern.outcome, concern.outcome)


def _known(concern: Concern, protocol: Protocol, now: datetime) -> list[KnownChild]:
    children = [concern.child] if concern.child else []
    if concern.family and not children:
        members = concern.family.memberships.filter(role=FamilyMember.Role.CHILD, during__contains=now)
        children = [one.person for one in members.select_related("person").order_by("person_id")]
    held = find_accountable_for([child.pk for child in children], protocol, now) if children else []
    return [
        KnownChild(person_name(child), tuple(one for one in held if one.child_id == child.pk)) for child in children
    ]


def _choices(going_on: list[Run], protocol: Protocol) -> list[tuple[str, str]]:
    """What can be decided: as the open transfers' pathways say, or as the procedure says where there is none."""
    return list((_decisions_of(going_on) or protocol.file.concern.decisions).items())


def _decisions_of(runs: Iterable[Run]) -> dict[str, str]:
    """The outcomes of the step that decides a concern, in the pathways of some transfers."""
    found: dict[str, str] = {}
    for run in runs:
        pathway = pathway_for_concerns(run)
        outcomes = pathway.steps[pathway.concern_steps()[1]].outcomes
        found |= {name: outcome.called for name, outcome in outcomes.items()}
    return found


def find_last_own(by: Practitioner) -> str | None:
    """The reference of the concern that this person sent last; a second click on `Send` leads there."""
    own = Concern.objects.filter(reported_by=by).order_by("-sent_at", "-id")
    return own.values_list("ref", flat=True).first()
