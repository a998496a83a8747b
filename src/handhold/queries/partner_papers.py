"""Papers of partners for pages: the lists of who receives them, those that somebody sent, one paper, a family's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.db.models import Q, QuerySet

from handhold.access.families import Sighted
from handhold.access.papers import Reading
from handhold.access.partner_papers import (
    OpenedPaper,
    families_to_file_with,
    papers_filed_with,
    with_filing,
)
from handhold.casefiles.protocols import calendar_of
from handhold.protocol.loading import papers_of
from handhold.protocol.partner_papers import PapersFile
from handhold.queries.families import families_matching
from handhold.queries.naming import age_words, person_name, practitioner_name, with_ages
from handhold.records.models import (
    Family,
    FamilyMember,
    PaperAttachment,
    PaperFiling,
    PaperRegistration,
    PartnerPaper,
    ReceivedMail,
)

Shown = Literal["to-match", "to-register", "registered", "set-aside"]
SHOWN: dict[Shown, str] = {
    "to-match": "To match",
    "to-register": "To register",
    "registered": "Registered",
    "set-aside": "Set aside",
}
FLAGS = {
    "automatic": "No person wrote it",
    "bad-attachment": "A file may not open",
    "encrypted": "Needs a password",
    "not-readable": "Cannot be read",
    "stranger": "Sender not known",
    "too-large": "Too large to be fetched",
}
FAULTS = {
    "empty": "The file is empty. Ask the sender for it again.",
    "encrypted": "The file asks for a password. Ring the sender, or ask for it without one.",
    "mismatch": "The file is not what its name says. It may be damaged: ask the sender for it again.",
    "program": "The file can run as a program or a page. Do not open it before you have spoken with the sender.",
    "winmail": "The files are packed so that only Outlook opens them. Ask the sender to send them as PDF.",
    "damaged": "The file is damaged. Ask the sender for it again.",
}
FEWEST_LETTERS = 2


@dataclass(frozen=True)
class PaperLine:
    """A paper in a list. `family` is empty while it is filed with none; `proposed` names one that is proposed."""

    ref: str
    called: str
    sender: str
    subject: str
    received_at: datetime
    paper_date: date | None
    flags: tuple[str, ...]
    family: str
    proposed: str
    is_registered: bool
    is_set_aside: bool


@dataclass(frozen=True)
class FileLine:
    """A file of a paper: under which number, what it is called and is, how large, what may be wrong with it."""

    position: int
    file_name: str
    media_type: str
    kilobytes: int
    sha256: str
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Settling:
    """Who filed or registered it, when; `by` is empty where this service did."""

    by: str
    at: datetime


@dataclass(frozen=True)
class PaperPage:
    """One paper, whole. What only those need who receive papers is empty for others."""

    ref: str
    called: str
    kind: str
    sender: str
    address: str
    phone: str
    subject: str
    text: str
    paper_date: date | None
    received_at: datetime
    came_by: str
    flags: tuple[tuple[str, str], ...]
    files: tuple[FileLine, ...]
    family_ref: str
    family: str
    children: str
    filed: Settling | None
    set_aside_because: str
    registered: Settling | None
    registered_as: str
    registered_date: date | None
    proposed_ref: str
    proposed: str
    proposed_by: str
    receives: bool
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class AutomaticMail:
    """A mail that no person wrote and that answers a message of ours: an absence, a delay."""

    sender: str
    subject: str
    received_at: datetime


@dataclass(frozen=True)
class ChildChoice:
    """A child of a family who can be chosen."""

    ref: str
    name: str
    age: str


def papers_to_handle(sight: Sighted, shown: Shown) -> QuerySet[Any]:
    """The papers of a council in one of its lists; what waits stands oldest first, what is done newest first."""
    of_council = PartnerPaper.objects.filter(authority=sight.by.agency.authority_id)
    papers = with_filing(of_council.select_related("sender__agency", "proposed_family"))
    wanted = {
        "to-match": Q(filing_id__isnull=True),
        "to-register": Q(filed_family__isnull=False, is_registered=False),
        "registered": Q(is_registered=True),
        "set-aside": Q(filing_id__isnull=False, filed_family__isnull=True),
    }[shown]
    waits = shown in {"to-match", "to-register"}
    return papers.filter(wanted).order_by("received_at" if waits else "-received_at", "id")


def count_waiting(authority_id: int) -> tuple[int, int]:
    """How many papers of a council wait to be matched, and to be registered. One statement."""
    waiting = with_filing(PartnerPaper.objects.filter(authority=authority_id)).filter(is_registered=False)
    states = list(waiting.values_list("filing_id", "filed_family"))
    return sum(filing is None for filing, _ in states), sum(family is not None for _, family in states)


def papers_sent_by(sight: Sighted) -> QuerySet[Any]:
    """What this person sent in, newest first."""
    own = PartnerPaper.objects.filter(sender=sight.by).select_related("sender__agency", "proposed_family")
    return with_filing(own).order_by("-received_at", "-id")


def paper_lines(papers: Iterable[Any], sight: Sighted) -> list[PaperLine]:
    """Rows of papers that carry their filing. Two statements, one where none is filed."""
    found, rules = list(papers), papers_of(sight.protocol)
    ids = [one.filing_id for one in found if one.filing_id]
    filings = PaperFiling.objects.select_related("family", "registration").in_bulk(ids) if ids else {}
    return [_line(one, filings.get(one.filing_id), rules) for one in found]


def _line(paper: PartnerPaper, filing: PaperFiling | None, rules: PapersFile | None) -> PaperLine:
    registration: PaperRegistration | None = getattr(filing, "registration", None)
    family = filing.family if filing else None
    return PaperLine(
        ref=paper.ref,
        called=called(registration.kind if registration else paper.kind, rules),
        sender=sender_words(paper),
        subject=paper.subject,
        received_at=paper.received_at,
        paper_date=registration.paper_date if registration else paper.paper_date,
        flags=tuple(FLAGS[flag] for flag in paper.flags),
        family=f"{family.name} family" if family else "",
        proposed=f"{paper.proposed_family.name} family" if paper.proposed_family else "",
        is_registered=registration is not None,
        is_set_aside=filing is not None and family is None,
    )


def called(kind: str, rules: PapersFile | None) -> str:
    """What the procedure calls a sort of paper; `Paper` for one that nobody has said yet."""
    rule = rules.kinds.get(kind) if rules else None  # type: ignore[call-overload]
    return rule.called if rule else "Paper"


def sender_words(paper: PartnerPaper) -> str:
    """`Grace Adeyemi, Oak Lane Primary School`; the address of a stranger."""
    if paper.sender is None:
        return paper.from_address or "Nobody is named as sender"
    return f"{practitioner_name(paper.sender)}, {paper.sender.agency.name}"


def family_paper_lines(family: Family, sight: Sighted, reading: Reading) -> list[PaperLine]:
    """The papers that are filed with a family and that somebody may open by what they read, newest first."""
    rules = papers_of(sight.protocol)
    filed = papers_filed_with(family, sight, reading).order_by("-paper__received_at", "-paper_id")
    return [_line(one.paper, one, rules) for one in filed]


def paper_page(opened: OpenedPaper) -> PaperPage:
    """A paper that `access_paper_to_read` opened."""
    paper, filing, rules = opened.paper, opened.filing, opened.rules
    registration: PaperRegistration | None = getattr(filing, "registration", None)
    family = filing.family if filing else None
    handles = opened.receives
    proposed = paper.proposed_family if handles and filing is None else None
    return PaperPage(
        ref=paper.ref,
        called=called(registration.kind if registration else paper.kind, rules),
        kind=paper.kind,
        sender=sender_words(paper),
        address=paper.from_address,
        phone=paper.sender.phone if paper.sender else "",
        subject=paper.subject,
        text=paper.text,
        paper_date=paper.paper_date,
        received_at=paper.received_at,
        came_by="by e-mail" if paper.mail_id else "on these pages",
        flags=tuple((flag, FLAGS[flag]) for flag in paper.flags),
        files=_files(paper),
        family_ref=family.ref if family else "",
        family=f"{family.name} family" if family else "",
        children=_children_words(filing, opened.sight) if filing and family else "",
        filed=_filed(filing) if filing and family else None,
        set_aside_because=filing.reason if filing and family is None else "",
        registered=_registered(registration),
        registered_as=called(registration.kind, rules) if registration else "",
        registered_date=registration.paper_date if registration else None,
        proposed_ref=proposed.ref if proposed else "",
        proposed=f"{proposed.name} family" if proposed else "",
        proposed_by=paper.proposed_by if proposed else "",
        receives=handles,
        clauses=tuple(rules.clauses),
    )


def _files(paper: PartnerPaper) -> tuple[FileLine, ...]:
    rows = PaperAttachment.objects.filter(paper=paper).defer("content").order_by("position")
    return tuple(
        FileLine(
            position=row.position,
            file_name=row.file_name or f"File {row.position}",
            media_type=row.media_type,
            kilobytes=-(-row.size // 1024),
            sha256=row.sha256,
            faults=tuple(FAULTS[fault] for fault in row.faults),
        )
        for row in rows
    )


def _children_words(filing: PaperFiling, sight: Sighted) -> str:
    today = calendar_of(sight.protocol).local_date(sight.now)
    return with_ages(filing.children.order_by("pk"), today)


def _filed(filing: PaperFiling) -> Settling:
    return Settling(practitioner_name(filing.filed_by) if filing.filed_by else "", filing.filed_at)


def _registered(registration: PaperRegistration | None) -> Settling | None:
    if registration is None:
        return None
    return Settling(practitioner_name(registration.registered_by), registration.registered_at)


def find_who_receives_papers(sight: Sighted) -> str:
    """What those are called to whom papers are sent in; empty where the council receives none. No statement."""
    rules = papers_of(sight.protocol)
    return sight.protocol.file.queues[rules.queue].called if rules else ""


def families_for_paper(sight: Sighted, words: str) -> QuerySet[Family]:
    """The families among which a paper is matched, by part of a name. None without words."""
    if not any(len(word) >= FEWEST_LETTERS for word in words.split()):
        return Family.objects.none()
    return families_matching(sight, words, among=families_to_file_with(sight))


def child_choices(family: Family, sight: Sighted) -> list[ChildChoice]:
    """The children of a family now, the eldest first."""
    today = calendar_of(sight.protocol).local_date(sight.now)
    members = family.memberships.filter(
        role=FamilyMember.Role.CHILD, during__contains=sight.now, person__is_joined=False
    )
    rows = members.select_related("person").order_by("person__birth_date", "person_id")
    return [ChildChoice(one.person.ref, person_name(one.person), age_words(one.person, today)) for one in rows]


def automatic_mails(sight: Sighted) -> QuerySet[ReceivedMail]:
    """What machines answered to messages of ours, newest first; kept and answered by nobody."""
    mails = ReceivedMail.objects.filter(authority=sight.by.agency.authority_id, sort=ReceivedMail.Sort.AUTOMATIC).defer(
        "content"
    )
    return mails.order_by("-received_at", "-id")


def automatic_lines(mails: Iterable[ReceivedMail]) -> list[AutomaticMail]:
    """Rows of them."""
    return [AutomaticMail(one.from_address, one.subject, one.received_at) for one in mails]
