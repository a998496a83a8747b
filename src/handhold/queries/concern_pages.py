"""One safeguarding concern as it stands, for who sent it and for who handles it; and what a child's page says of some.

Who sent it learns whether it was received and what was decided, not why, nor anything about the child (Y55).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from handhold.access.concerns import OpenedConcern, concerns_to_handle, may_receive_concerns
from handhold.access.families import Sighted
from handhold.casefiles.case import find_stopped_runs
from handhold.casefiles.concerns import load_receivers
from handhold.casefiles.joined import kept_of
from handhold.casefiles.protocols import calendar_of, pathway_for_concerns
from handhold.protocol.pathways import Protocol
from handhold.queries.concerns import Number, decide_by, numbers_of, ring_at
from handhold.queries.involved import Accountable, find_accountable_for
from handhold.queries.naming import listed, person_name, practitioner_name
from handhold.records.models import Concern, ConcernDiscussion, ConcernHolding, FamilyMember, Person, Practitioner, Run
from handhold.working_days import DueWords, due_words

DISCUSSED = {
    ConcernDiscussion.Outcome.DISCUSSED: "Yes, the family had been spoken with",
    ConcernDiscussion.Outcome.WOULD_RAISE_RISK: "No: it would have put a child at more risk",
    ConcernDiscussion.Outcome.NOT_REACHED: "No: they could not be reached",
    ConcernDiscussion.Outcome.DELAY_DANGEROUS: "No: waiting for it would have been dangerous",
    ConcernDiscussion.Outcome.POLICE_ADVISED: "No: the police advised against it",
}
"""Whether the family had been spoken with before it was sent, and why not, in words (Y55)."""
ONE_MINUTE = 60


@dataclass(frozen=True)
class Settled:
    """That somebody received it, decided it or released it."""

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
class DiscussionLine:
    """What somebody said of whether the family had been spoken with."""

    words: str
    on: date | None
    view: str
    by: str
    at: datetime


@dataclass(frozen=True)
class HeldBy:
    """Who answers for a concern, since when, and how to reach them."""

    name: str
    job: str
    phone: str
    since: datetime


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
    waited: str
    """How long ago it was sent: `12 minutes`."""
    numbers: list[Number]
    received: Settled | None
    decided: Settled | None
    """With the outcome in words; the reason is for those who handle it."""
    answer: str
    """What whoever decided wrote for who reported it."""
    released: Settled | None
    due: DueWords
    """By when it is to be decided."""
    held_by: HeldBy
    about: str
    """Who works with the child and is meant, by name; for those who handle it, and as its sender said it."""
    about_unmatched: str
    """Words that name nobody on record: whoever they mean is not kept from it before somebody says who it is."""
    discussed: DiscussionLine | None
    disagreements: list[Settled]
    family_name: str
    """As on record; for those who handle it, because whoever sends one need not see whom it is about."""
    child_name: str
    handles: bool
    is_sender: bool
    known: list[KnownChild]
    """For who handles it: the child on record, or the family's children, and whom to ring about each."""
    choices: list[tuple[str, str]]
    """What can be decided, as value and words; empty for those who may not."""
    stops: int
    """How many open transfers of the family do not close before it is decided."""


def concern_page(opened: OpenedConcern) -> ConcernPage:
    """A concern that `access_concern_to_read` opened, as it stands for who sent it or for who handles it."""
    concern, protocol, handles, now = opened.concern, opened.protocol, opened.handles, opened.now
    at = ring_at(concern.sent_at, protocol)
    going_on = find_stopped_runs(concern, now) if handles else []
    about = _about(opened)
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
        waited=how_long(concern.sent_at, now),
        numbers=numbers_of(protocol),
        received=_settled(concern.acknowledged_by, concern.acknowledged_at),
        decided=_decided(opened),
        answer=concern.answer,
        released=_settled(concern.released_by, concern.released_at, concern.released_words) if handles else None,
        due=due_words(now, decide_by(concern.sent_at, protocol), calendar_of(protocol)),
        held_by=_held_by(concern),
        about=listed(practitioner_name(one) for one in about if isinstance(one, Practitioner)),
        about_unmatched=listed(f"“{one}”" for one in about if isinstance(one, str)),
        discussed=_discussed(concern),
        disagreements=_disagreements(concern),
        family_name=f"{concern.family.name} family" if handles and concern.family else "",
        child_name=person_name(concern.child) if handles and concern.child else "",
        handles=handles,
        is_sender=opened.is_sender,
        known=_known(concern, protocol, now) if handles else [],
        choices=_choices(going_on, protocol) if handles and concern.decided_at is None else [],
        stops=len(going_on),
    )


def how_long(since: datetime, now: datetime) -> str:
    """`less than a minute`, `12 minutes`, `3 hours`, `2 days`"""
    minutes = int((now - since).total_seconds()) // ONE_MINUTE
    if minutes < 1:
        return "less than a minute"
    for size, unit in ((24 * ONE_MINUTE, "day"), (ONE_MINUTE, "hour"), (1, "minute")):
        if minutes >= size:
            count = minutes // size
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return ""


def _settled(by: Practitioner | None, at: datetime | None, words: str = "", reason: str = "") -> Settled | None:
    return Settled(practitioner_name(by), at, words, reason) if by and at else None


def _decided(opened: OpenedConcern) -> Settled | None:
    concern = opened.concern
    reason = concern.reason if opened.handles else ""
    return _settled(concern.decided_by, concern.decided_at, outcome_words(concern, opened.protocol), reason)


def outcome_words(concern: Concern, protocol: Protocol) -> str:
    """What was decided, as the procedure or the pathway of a transfer calls it; empty before."""
    if not concern.outcome:
        return ""
    called = dict(protocol.file.concern.decisions)
    if concern.outcome not in called:
        called |= _decisions_of(Run.objects.filter(family=concern.family_id).select_related("authority"))
    return called.get(concern.outcome, concern.outcome)


def _held_by(concern: Concern) -> HeldBy:
    rows = ConcernHolding.objects.filter(concern=concern, during__upper_inf=True)
    row = rows.select_related("practitioner__agency").get()
    who = row.practitioner
    return HeldBy(practitioner_name(who), who.job_title, who.phone or who.agency.phone, row.during.lower)


def _about(opened: OpenedConcern) -> list[Practitioner | str]:
    """Everybody for who handles it; for who sent it whom they named, as somebody else may have added to them."""
    rows = opened.concern.about.select_related("practitioner").order_by("pk")
    if not opened.handles:
        rows = rows.filter(said_by=opened.by)
    return list(dict.fromkeys(one.practitioner or one.named for one in rows))


def _discussed(concern: Concern) -> DiscussionLine | None:
    last = concern.discussions.select_related("said_by").order_by("-said_at", "-pk").first()
    if last is None:
        return None
    words = DISCUSSED[ConcernDiscussion.Outcome(last.outcome)]
    return DiscussionLine(words, last.discussed_date, last.view, practitioner_name(last.said_by), last.said_at)


def _disagreements(concern: Concern) -> list[Settled]:
    if concern.decided_at is None:
        return []
    rows = concern.disagreements.select_related("said_by").order_by("said_at")
    return [Settled(practitioner_name(row.said_by), row.said_at, row.why) for row in rows]


def _known(concern: Concern, protocol: Protocol, now: datetime) -> list[KnownChild]:
    children = [concern.child] if concern.child else []
    if concern.family and not children:
        members = concern.family.memberships.filter(
            role=FamilyMember.Role.CHILD, during__contains=now, person__is_joined=False
        )
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


def find_colleagues(opened: OpenedConcern) -> list[tuple[str, str]]:
    """To whom a concern can be handed on, as reference and words: whoever receives it, but for who has it."""
    concern = opened.concern
    about = set(concern.about.values_list("practitioner_id", flat=True))
    receivers = load_receivers(concern.authority_id, opened.protocol.file.concern, opened.now)
    held = set(ConcernHolding.objects.filter(concern=concern, during__upper_inf=True).values_list("practitioner_id"))
    others = [one for one in receivers.who_receive(about - {None}) if (one.pk,) not in held]
    return [(one.ref, f"{practitioner_name(one)}, {one.job_title}") for one in others]


@dataclass(frozen=True)
class ConcernOfChild:
    """A concern about a child or their family, on the child's page, for who handles it."""

    ref: str
    sent_at: datetime
    held_by: str
    state: str


def concerns_of_children(
    children: Iterable[Person], sight: Sighted, kept: Mapping[int, int] | None = None
) -> dict[int, list[ConcernOfChild]]:
    """By child (id): the undecided concerns about them or their family that the reader handles. None for others.

    By any record that is this child (`kept_of`, where it is known already). Who answers for one without such a role
    has it on their first page.
    """
    found: dict[int, list[ConcernOfChild]] = {child.pk: [] for child in children}
    if not may_receive_concerns(sight):
        return found
    kept = kept_of(found) if kept is None else kept
    members = FamilyMember.objects.filter(person__in={*found, *kept}, during__contains=sight.now)
    own = Q(child__in={*found, *kept}) | Q(child__isnull=True, family__in=members.values("family"))
    handled = concerns_to_handle(sight).filter(own, decided_at__isnull=True)
    rows = ConcernHolding.objects.filter(concern__in=handled, during__upper_inf=True)
    for row in rows.select_related("concern", "practitioner").order_by("concern__sent_at"):
        state = "received" if row.concern.acknowledged_at else "not received yet"
        line = ConcernOfChild(row.concern.ref, row.concern.sent_at, practitioner_name(row.practitioner), state)
        for child in dict.fromkeys(kept.get(one, one) for one in _whom_it_names(row.concern, members)):
            found.setdefault(child, []).append(line)
    return found


def _whom_it_names(concern: Concern, members: QuerySet[FamilyMember]) -> list[int]:
    """The child whom it is about; where it names only a family, each of those asked for who is of it."""
    if concern.child_id:
        return [concern.child_id]
    return list(members.filter(family=concern.family_id).values_list("person", flat=True))
