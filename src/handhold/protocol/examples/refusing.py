"""The engine's answers in words, as pages say them: what an example reads, and what a failed one says was answered."""

from __future__ import annotations

from handhold.protocol.deciding import Allowed, Decision, NeedsReason, Reason
from handhold.protocol.explaining import Names, sentence_of, sentence_of_needed_reason
from handhold.protocol.pathways import Pathway, Protocol


def words_of_answer(pathway: Pathway, protocol: Protocol, children: tuple[str, ...], answer: Decision) -> str:
    """The whole answer: each reason with who can supply it and its clauses."""
    match answer:
        case Allowed():
            return "It went through."
        case NeedsReason():
            return sentence_of_needed_reason(pathway, answer)
        case _:
            return " ".join(words_of_reason(pathway, protocol, children, reason) for reason in answer.reasons)


def words_of_reason(pathway: Pathway, protocol: Protocol, children: tuple[str, ...], reason: Reason) -> str:
    """One reason: what is missing, who can supply it, whether it can be excepted, under which clauses."""
    words = sentence_of(protocol, pathway, reason, Names(children))
    who = f"Who can supply it: {words.who_can_supply}." if words.who_can_supply else ""
    clauses = ", ".join(clause.id for clause in words.clauses)
    return " ".join(part for part in (words.what_is_missing, who, words.exception_hint, f"({clauses})") if part)
