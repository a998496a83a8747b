"""Statements of the sources, made ready to stand beside what follows from them."""

from collections.abc import Iterable

from handhold.protocol.pathways import Protocol
from handhold.web.components import ClauseWords

HOUSE = "The promises of this service"
LAW = "The law"


def words_of_clauses(protocol: Protocol, ids: Iterable[str]) -> list[ClauseWords]:
    """The clauses named that the protocol has, in the order named, each once."""
    return [words_of_clause(protocol, one) for one in dict.fromkeys(ids) if one in protocol.clauses]


def words_of_clause(protocol: Protocol, clause_id: str) -> ClauseWords:
    """One clause with where it comes from. Raises KeyError for one that the protocol does not know."""
    clause = protocol.clauses[clause_id]
    is_council = clause_id in protocol.council_clauses
    is_law = not is_council and clause_id.startswith("LAW")
    return ClauseWords(
        id=clause.id,
        origin="council" if is_council else "law" if is_law else "house",
        source=protocol.file.source.title if is_council else LAW if is_law else HOUSE,
        section=clause.section,
        quotation=clause.quotation,
        means=clause.means,
        doubt=clause.doubt,
    )
