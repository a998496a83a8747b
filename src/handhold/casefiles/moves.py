"""Whose move it is now in a transfer, as `decide` has it: what waits for a person.

A waiting step belongs to the first of its people who is there and may do it; once its own limit has passed, to the next
as well. What can be done at any moment waits for nobody unless a limit runs for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from handhold.casefiles.case import Case
from handhold.casefiles.steps_by_meaning import is_only_possible
from handhold.protocol.deadlines import Deadline
from handhold.protocol.deciding import Allowed, decide
from handhold.protocol.facts import Act, Child
from handhold.protocol.standing import Standing, find_standings
from handhold.protocol.vocabulary import RELATIONS
from handhold.records.models import Practitioner


@dataclass(frozen=True)
class Move:
    """One waiting step of one transfer: for which children, whose move it is by which words, and its limit."""

    case: Case
    standing: Standing
    children: tuple[Child, ...]
    words: tuple[str, ...]
    deadline: Deadline | None

    @property
    def people(self) -> list[Practitioner]:
        """The people behind those of the words that are relations to the transfer."""
        return [one for one in (person_behind(self.case, word) for word in self.words) if one is not None]


def find_moves(case: Case) -> list[Move]:
    """The waiting steps of a transfer. A step that waits for several children alike is one move."""
    decided = case.pathway.concern_steps()[1]
    found: dict[tuple[str, str], Move] = {}
    for standing in find_standings(case.pathway, case.observed.facts):
        if standing.step.id == decided or not _is_expected(case, standing):
            continue
        slot = (standing.step.id, standing.child)
        deadline = case.observed.deadlines.get(slot)
        words = tuple(_whose(case, standing, deadline))
        if not words:
            continue
        key = (standing.step.id, standing.state)
        earlier = found.get(key)
        children = (*(earlier.children if earlier else ()), *(() if standing.child is None else (standing.child,)))
        found[key] = Move(case, earlier.standing if earlier else standing, children, words, deadline)
    return list(found.values())


def is_move_of(move: Move, by: Practitioner, words: frozenset[str]) -> bool:
    """Whether it is this person's move: theirs by word, and allowed to them once everything that it asks is there."""
    return bool(words.intersection(move.words)) and _may_do(move.case, move.standing, by, words)


def _is_expected(case: Case, standing: Standing) -> bool:
    """Whether somebody is waited for: ready or asked about, and not only possible."""
    if standing.state == "exception-asked":
        return True
    return standing.state == "ready" and not is_only_possible(case.pathway, standing.step)


def _whose(case: Case, standing: Standing, deadline: Deadline | None) -> Iterator[str]:
    """The first of its people who is there and may do it; the next too, once its own limit has passed."""
    able = sorted((word for word in standing.who if is_able(case, standing, word)), key=_nearness(case, standing))
    escalates = deadline is not None and deadline.has_passed and not deadline.is_whole_run
    return iter(able[: 2 if escalates else 1])


def _nearness(case: Case, standing: Standing) -> Callable[[str], int]:
    """The order of several roles: of who answers for a child now, then of who stands behind them, then as written.

    Relations keep their place, and so does what its author may not do: who is nearest may have written it.
    """
    step, people = standing.step, case.people
    if step.not_by_author_of or not {*RELATIONS}.isdisjoint(standing.who):
        return lambda _word: 0
    holders = {one.practitioner_id for child in case.children for one in child.allocations.values()}
    of_holders = {role for pk in holders for role in people.roles.get(pk, ())}
    behind = people.roles.get(people.stand_in.pk, ())
    return lambda word: 0 if word in of_holders else 1 if word in behind else 2


def is_able(case: Case, standing: Standing, word: str) -> bool:
    """Whether somebody answers to this word and may do it. A role is taken to be held: the protocol binds it."""
    if word not in RELATIONS:
        return _may_do(case, standing, None, frozenset({word}))
    person = person_behind(case, word)
    return person is not None and _may_do(case, standing, person, frozenset({word}))


def person_behind(case: Case, word: str) -> Practitioner | None:
    """Who answers to a relation now; None for a role, and for a receiver who is not there."""
    if word not in RELATIONS or (word == "receiver" and case.people.receiver is None):
        return None
    return case.people.holder(word)


def _may_do(case: Case, standing: Standing, by: Practitioner | None, words: frozenset[str]) -> bool:
    """Whether `decide` allows any way of doing it, with everything written that it asks."""
    own = case.observed.own(str(by.pk)) if by else frozenset()
    return any(
        isinstance(decide(case.pathway, case.observed.facts, act), Allowed) for act in _ways(standing, words, own)
    )


def _ways(standing: Standing, words: frozenset[str], own: frozenset[str]) -> Iterator[Act]:
    step, child = standing.step, standing.child
    if standing.state == "exception-asked":
        yield Act("decide-exception", step.id, "granted", child, words, own, has_reason=True)
        return
    for name, outcome in step.outcomes.items():
        complete = frozenset((*step.asks, *outcome.asks))
        yield Act("record", step.id, name, child, words, own, complete, has_reason=True)
