"""What is written down when papers are shared and received, agencies told and letters sent; the words of each."""

from __future__ import annotations

from dataclasses import dataclass

from handhold.casefiles.around import find_agencies_around, find_agencies_to_write_to, find_carers
from handhold.casefiles.case import Case
from handhold.casefiles.contents import Content
from handhold.casefiles.papers import find_papers_shared, find_papers_to_share
from handhold.records.models import Agency, Person


@dataclass(frozen=True)
class PaperMade:
    """One paper as it was printed for whoever takes over; `left_out` are the sections taken out of it."""

    code: str
    title: str
    pdf: bytes
    is_redacted: bool = False
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class SharedPapersContent(Content):
    """The papers that go into the pack."""

    papers: tuple[PaperMade, ...] = ()

    def words(self, case: Case) -> frozenset[str]:
        missing = set(find_papers_to_share(case)) - {one.code for one in self.papers if one.pdf}
        found = super().words(case)
        return found if missing else found | {"documents-in-pack"}


@dataclass(frozen=True)
class ReceivedPapersContent(Content):
    """Which of the papers the receiver says that they have, by their codes."""

    received: tuple[str, ...] = ()

    def words(self, case: Case) -> frozenset[str]:
        shared = {one.code for one in find_papers_shared(case)}
        found = super().words(case)
        return found | {"documents-acknowledged"} if shared and shared.issubset(self.received) else found


@dataclass(frozen=True)
class AgenciesToldContent(Content):
    """Which agencies were told, and how."""

    told: tuple[Agency, ...] = ()
    how: str = ""

    def words(self, case: Case) -> frozenset[str]:
        missing = {one.pk for one in find_agencies_around(case)} - {one.pk for one in self.told}
        found = super().words(case)
        return found if missing else found | {"agencies-told"}


@dataclass(frozen=True)
class LetterMade:
    """One letter as it was printed and read: to a carer, or to an agency."""

    title: str
    recipient: str
    address: str
    pdf: bytes
    carer: Person | None = None
    agency: Agency | None = None


@dataclass(frozen=True)
class LettersContent(Content):
    """Letters of one step, each to somebody of their own."""

    letters: tuple[LetterMade, ...] = ()

    def words(self, case: Case) -> frozenset[str]:
        found = set(super().words(case))
        if self.letters:
            found.add("letter-kept")
        if {one.pk for one in find_carers(case)} <= {one.carer.pk for one in self.letters if one.carer}:
            found.add("letter-to-each-carer")
        if {one.pk for one in find_agencies_to_write_to(case)} <= {one.agency.pk for one in self.letters if one.agency}:
            found.add("letter-to-each-agency")
        return frozenset(found)
