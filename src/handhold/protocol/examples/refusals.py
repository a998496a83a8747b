"""Sentences about the last act where it did not go through: that it was refused, for what, and who can put it right."""

from __future__ import annotations

from handhold.protocol.deciding import NeedsReason, Reason
from handhold.protocol.examples.expectations import expect
from handhold.protocol.examples.faults import ExpectationNotMet
from handhold.protocol.examples.refusing import words_of_reason
from handhold.protocol.examples.sentences import Said, names_in, phrases_in, sentence
from handhold.protocol.examples.world import World


@sentence("it is refused")
def it_is_refused(world: World, said: Said) -> None:  # noqa: ARG001 - every sentence is spoken alike
    """The last act was refused. Without this, or another sentence about its refusal, an example fails on it."""
    world.reasons()


@sentence("the refusal says {words:quoted}")
def refusal_says(world: World, said: Said) -> None:
    """These words stand in one of the refusal's reasons, as a page says it: what is missing, who can supply it."""
    for words in phrases_in(said["words"]):
        found = [reason for reason in world.reasons() if words.casefold() in _words(world, reason).casefold()]
        _keep(world, found, f'The words "{words}" are not in it')


@sentence("the refusal cites {clauses}")
def refusal_cites(world: World, said: Said) -> None:
    """The refusal names each of these clauses as where its rule comes from."""
    for clause in names_in(said["clauses"]):
        _keep(world, [reason for reason in world.reasons() if clause in reason.clauses], f"{clause} is not cited")


@sentence("the refusal quotes {clause}, {words:quoted}")
def refusal_quotes(world: World, said: Said) -> None:
    """The refusal cites the clause, whose own words, shown beside it, are these."""
    clause, words = said["clause"], phrases_in(said["words"])[0]
    _keep(world, [reason for reason in world.reasons() if clause in reason.clauses], f"{clause} is not cited")
    quotation = world.protocol.clauses[clause].quotation
    if words not in quotation:
        raise ExpectationNotMet(f"{clause} says: {quotation}")


@sentence("{person} can put it right")
def can_put_it_right(world: World, said: Said) -> None:
    """The refusal names this person, by role or relation, as one who can supply what is missing."""
    people = {person for reason in world.reasons() for person in world.cast.find(reason.who)}
    if world.cast.known(said["person"]) not in people:
        raise ExpectationNotMet(f"Those who can are: {', '.join(sorted(people)) or 'nobody'}.")


@sentence("nothing else stands in the way")
def nothing_else(world: World, said: Said) -> None:  # noqa: ARG001 - every sentence is spoken alike
    """Every reason of the refusal has been named by a sentence before this one."""
    left = [_words(world, reason) for reason in world.reasons() if reason not in world.matched]
    expect(found=" ".join(left), wanted="", what="What else stands in the way")


@sentence("a reason is asked for")
def a_reason_is_asked(world: World, said: Said) -> None:  # noqa: ARG001 - every sentence is spoken alike
    """Nothing stands in the way of the last act but that its reason has not been written."""
    if not isinstance(world.expect_refusal(), NeedsReason):
        raise ExpectationNotMet(f"It is not for want of a reason: {world.answer_words()}")


def _words(world: World, reason: Reason) -> str:
    return words_of_reason(world.run.pathway, world.protocol, world.run.children, reason)


def _keep(world: World, found: list[Reason], otherwise: str) -> None:
    if not found:
        raise ExpectationNotMet(f"{otherwise}. It says: {world.answer_words()}")
    world.matched |= set(found)
