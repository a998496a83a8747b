"""What the first page says of papers: what a lead owes, what waits to be registered, what is late, what came back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from handhold.access.families import Sighted
from handhold.access.partner_papers import receives_papers
from handhold.protocol.loading import papers_of
from handhold.queries.held import Held
from handhold.queries.papers_due import OwedLine, owed_by
from handhold.queries.partner_papers import count_waiting
from handhold.queries.undelivered import Undelivered, undelivered_for
from handhold.records.models import Agency


@dataclass(frozen=True)
class PaperWork:
    """Papers and messages of whoever is looking."""

    owed: list[OwedLine]
    to_match: int
    to_register: int
    chases: bool
    """Whether they ask leads for what has not come in time."""
    undelivered: list[Undelivered]
    sends: bool
    """Whether they are of another agency, so that they may have sent papers in."""


def find_paper_work(sight: Sighted, held: Iterable[Held], *, some_undelivered: bool) -> PaperWork:
    """All of it. No statement for most; a few for who sends or receives papers, and where a mail came back.

    `held`: what they answer for; `some_undelivered`: whether any message waits to be told in another way.
    """
    to_match, to_register = count_waiting(sight.by.agency.authority_id) if receives_papers(sight) else (0, 0)
    return PaperWork(
        owed=owed_by(sight, held),
        to_match=to_match,
        to_register=to_register,
        chases=_chases(sight),
        undelivered=undelivered_for(sight) if some_undelivered else [],
        sends=sight.by.agency.kind != Agency.Kind.COUNCIL and papers_of(sight.protocol) is not None,
    )


def _chases(sight: Sighted) -> bool:
    rules = papers_of(sight.protocol)
    return rules is not None and bool(sight.roles.intersection(rules.chased_by))
