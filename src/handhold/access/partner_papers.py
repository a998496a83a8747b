"""The doors to papers that partners sent in: for who receives them, who sent one, and the family's council side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from handhold.access.families import Sighted, families_in_sight, families_with_papers, sight_of
from handhold.access.papers import Reading, reading_of
from handhold.access.transfers import NotHere
from handhold.protocol.loading import papers_of
from handhold.protocol.partner_papers import PapersFile
from handhold.records.locks import wait_for_turn
from handhold.records.models import Agency, Family, PaperFiling, PaperRegistration, PartnerPaper, Practitioner


@dataclass(frozen=True)
class OpenedPaper:
    """A paper, opened by somebody who may see it; `receives` for who matches and registers papers here."""

    paper: PartnerPaper
    filing: PaperFiling | None
    """The filing that stands."""
    sight: Sighted
    rules: PapersFile
    receives: bool

    @property
    def is_own(self) -> bool:
        """Whether they sent it themselves."""
        return self.paper.sender_id == self.sight.by.pk


def rules_of(sight: Sighted) -> PapersFile:
    """What the council's procedure says of partners' papers. Raises NotHere where it receives none."""
    rules = papers_of(sight.protocol)
    if rules is None:
        raise NotHere
    return rules


def receives_papers(sight: Sighted) -> bool:
    """Whether this person matches and registers what partners send in."""
    rules = papers_of(sight.protocol)
    return rules is not None and bool(sight.roles.intersection(rules.received_by))


def access_papers_to_handle(*, by: Practitioner, now: datetime) -> tuple[Sighted, PapersFile]:
    """The lists of papers, for who receives them. Raises NotHere."""
    sight = sight_of(by, now)
    if not receives_papers(sight):
        raise NotHere
    return sight, rules_of(sight)


def access_paper_to_read(ref: str, *, by: Practitioner, now: datetime) -> OpenedPaper:
    """A paper, for who receives papers, who sent it, or who has the family from the council's side. Raises NotHere."""
    return _open(ref, by, now, for_change=False)


def access_paper_to_handle(ref: str, *, by: Practitioner, now: datetime) -> OpenedPaper:
    """A paper, for who matches and registers; whoever else handles it is waited for. Raises NotHere."""
    opened = _open(ref, by, now, for_change=True)
    if not opened.receives:
        raise NotHere
    return opened


def access_family_to_send(ref: str, *, by: Practitioner, now: datetime) -> tuple[Family, Sighted, PapersFile]:
    """A family about which somebody can send a paper in: one that they work with, not heard of. Raises NotHere."""
    sight = sight_of(by, now)
    rules = rules_of(sight)
    families = families_in_sight(sight)
    if not sight.sees_all:
        families = families.filter(pk__in=families_with_papers(sight))
    family = families.filter(ref=ref).first()
    if family is None:
        raise NotHere
    return family, sight, rules


def families_to_file_with(sight: Sighted) -> QuerySet[Family]:
    """The families among which a paper is matched: for who receives papers, those of whom the index tells them."""
    if receives_papers(sight) and sight.sees_index:
        return Family.objects.filter(authority=sight.by.agency.authority_id)
    return families_in_sight(sight)


def papers_filed_with(family: Family, sight: Sighted, reading: Reading) -> QuerySet[PaperFiling]:
    """The filings that stand of a family's papers that somebody may open, each with its paper, by what they read.

    All for the council's side; for others, of what they sent themselves. One statement.
    """
    later = PaperFiling.objects.filter(paper=OuterRef("paper"), pk__gt=OuterRef("pk"))
    filed = PaperFiling.objects.filter(~Exists(later), family=family)
    filed = filed.select_related("family", "registration", "paper__sender__agency", "paper__proposed_family")
    return filed if receives_papers(sight) or reading.whole else filed.filter(paper__sender=sight.by)


def with_filing(papers: QuerySet[PartnerPaper]) -> QuerySet[Any]:
    """Papers with the filing that stands: `filing_id`, `filed_family` and `is_registered`."""
    last = PaperFiling.objects.filter(paper=OuterRef("pk")).order_by("-id")
    registered = PaperRegistration.objects.filter(filing=OuterRef("filing_id"))
    return papers.annotate(
        filing_id=Subquery(last.values("pk")[:1]), filed_family=Subquery(last.values("family")[:1])
    ).annotate(is_registered=Exists(registered))


def _open(ref: str, by: Practitioner, now: datetime, *, for_change: bool) -> OpenedPaper:
    sight = sight_of(by, now)
    rules = rules_of(sight)
    if for_change:
        wait_for_turn(f"partner-paper {ref}")
    papers = PartnerPaper.objects.filter(ref=ref, authority=by.agency.authority_id)
    paper = papers.select_related("sender__agency", "proposed_family").first()
    if paper is None:
        raise NotHere
    filings = PaperFiling.objects.filter(paper=paper).select_related(
        "family", "filed_by", "registration__registered_by"
    )
    filing = filings.order_by("-id").first()
    opened = OpenedPaper(paper, filing, sight, rules, receives_papers(sight))
    if not (opened.receives or opened.is_own or _has_family(opened)):
        raise NotHere
    return opened


def _has_family(opened: OpenedPaper) -> bool:
    """Whether they have the family with which it is filed from the council's side."""
    filing, sight = opened.filing, opened.sight
    if filing is None or filing.family is None or sight.by.agency.kind != Agency.Kind.COUNCIL:
        return False
    in_sight = Q(pk=filing.family_id) & (Q() if sight.sees_all else Q(pk__in=families_with_papers(sight)))
    return families_in_sight(sight).filter(in_sight).exists() and reading_of(sight, filing.family).whole
