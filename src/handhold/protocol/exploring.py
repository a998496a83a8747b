"""Walks every state that a run can come to, through `decide` and `apply` themselves, and looks for what must not be.

Two questions: is there a state or an act in which a promise is broken (see `promises`), and is there a trap: a state
from which council staff alone cannot bring every child to an outcome other than by leaving things as they are?

What is left out of a state, and why neither a violation nor a trap is lost by that, is in `reducing`. The walk is a
plain breadth-first search, so that the first trace found is a shortest one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from handhold.protocol.applying import first_facts
from handhold.protocol.deciding import Problem
from handhold.protocol.facts import ChildFacts, Facts, held, is_over
from handhold.protocol.moves import Bounds, Move, Moves
from handhold.protocol.pathways import Pathway
from handhold.protocol.promises import OwnWork, find_broken_by_move, find_broken_promises
from handhold.protocol.reaching import Reached
from handhold.protocol.reading import situations_read
from handhold.protocol.reducing import Everything, Reduction
from handhold.protocol.standing import find_closure_gaps

__all__ = ["Exploration", "Move", "explore", "find_broken_promises", "moves_from", "start_of", "starts_of"]

NOWHERE = -1
"""Where a walk comes from before its first state."""

Progress = Callable[[int], None]


class Trap(NamedTuple):
    """A state with no way on for council staff: the shortest way to it, and what its closures wait for."""

    trace: list[str]
    waits_for: list[str]


@dataclass
class Exploration:
    """What the walk found. A violation is its words and the shortest way to it, as sentences."""

    pathway: str
    siblings: int
    states: int = 0
    violations: list[tuple[str, list[str]]] = field(default_factory=list)
    traps: list[Trap] = field(default_factory=list)
    never_done: list[str] = field(default_factory=list)
    """Steps that no state allows to be done."""


def start_of(pathway: Pathway, siblings: int, known: frozenset[str] = frozenset()) -> Facts:
    """A run that has just begun: each child held by the responsible worker, who is their main contact."""
    child = ChildFacts(held((pathway.origin, "responsible-worker")), pathway.origin)
    open_at_start = frozenset({"protection-plan"} if pathway.origin == "child-protection" else ())
    return first_facts(pathway, (child,) * siblings, known)._replace(matters=open_at_start)


def starts_of(pathway: Pathway, siblings: int) -> Iterator[Facts]:
    """A run that has just begun, with everything that the records may say of the children and a condition reads."""
    read = sorted(situations_read(pathway))
    for number in range(len(read) + 1):
        for known in combinations(read, number):
            yield start_of(pathway, siblings, frozenset(known))


def moves_from(pathway: Pathway, facts: Facts) -> Iterator[Move]:
    """Everything that can happen in a state, nothing left out."""
    return Moves(pathway).from_state(Bounds(facts, facts, facts))


def explore(
    pathway: Pathway,
    siblings: int = 1,
    progress: Progress | None = None,
    reduction: type[Reduction] | type[Everything] = Reduction,
    *,
    without: Problem | None = None,
    only_first: bool = False,
) -> Exploration:
    """Every state of a run of this pathway with so many children, with what is wrong in any of them.

    `progress` is told the number of states now and then. `reduction` Everything leaves nothing out. `without` takes one
    guard of `decide` away, and `only_first` stops at the first violation: both for the proof that each guard matters.
    """
    walk = _Walk(pathway, siblings, reduction, without)
    for states in walk.states_one_by_one():
        if progress and states % 1000 == 0:
            progress(states)
        if only_first and walk.found.violations:
            return walk.found
    walk.find_traps()
    return walk.found


class _Walk:
    """One walk. States are numbered in the order in which they were found."""

    def __init__(
        self, pathway: Pathway, siblings: int, reduction: type[Reduction] | type[Everything], without: Problem | None
    ) -> None:
        self.pathway = pathway
        self.moves = Moves(pathway, without)
        self.kept = reduction(self.moves)
        self.own_work = OwnWork(pathway, without)
        self.found = Exploration(pathway.id, siblings)
        self.states: list[Facts] = []
        self.numbers: dict[Facts, int] = {}
        self.came_from: list[tuple[int, str]] = []
        self.council_ways_into: list[list[int]] = []
        self.ended_well: list[int] = []
        self.reached = Reached(pathway)
        for start in starts_of(pathway, siblings):
            self._find(self.kept.reduced(start), NOWHERE, ", ".join(sorted(start.known)))

    def states_one_by_one(self) -> Iterator[int]:
        """Walks on by one state at a time; yields how many were walked."""
        number = 0
        while number < len(self.states):
            self._walk_from(number, self.states[number])
            number += 1
            self.found.states = number
            yield number
        self.found.never_done = self.reached.find_never_done()

    def _walk_from(self, number: int, facts: Facts) -> None:
        self._blame(number, find_broken_promises(facts))
        if is_over(facts):
            self.ended_well.append(number)
        state = self.kept.bounds(facts)
        if not state.over:
            self._blame(number, self.own_work.find_approved(state.most))
        self.reached.note_state(state)
        for one in (state, *self.kept.interrupted(state)):
            for move in self.moves.from_state(one):
                self.reached.note_move(one, move)
                self._blame(number, find_broken_by_move(self.pathway, one, move), move.words)
                self._take(number, move)

    def _take(self, number: int, move: Move) -> None:
        known = self._find(self.kept.reduced(move.after), number, move.words)
        if move.by_council and known != number:
            self.council_ways_into[known].append(number)

    def _find(self, facts: Facts, before: int, words: str) -> int:
        """The number of a state, which is new where nobody came to it yet."""
        known = self.numbers.get(facts)
        if known is None:
            known = self.numbers[facts] = len(self.states)
            self.states.append(facts)
            self.came_from.append((before, words))
            self.council_ways_into.append([])
        return known

    def _blame(self, number: int, problems: Iterable[str], *last: str) -> None:
        """Keeps each problem once, with the shortest way to it."""
        for problem in problems:
            if all(problem != words for words, _ in self.found.violations):
                self.found.violations.append((problem, [*self._trace(number), *last]))

    def find_traps(self) -> None:
        """The states from which no way by council staff leads to every child's outcome; backwards from the good ends.

        Of those that follow each other the first one on the way is kept.
        """
        free = set(self.ended_well)
        waiting = deque(self.ended_well)
        while waiting:
            for before in self.council_ways_into[waiting.popleft()]:
                if before not in free:
                    free.add(before)
                    waiting.append(before)
        for number in range(len(self.states)):
            before = self.came_from[number][0]
            if number not in free and (before == NOWHERE or before in free):
                self.found.traps.append(Trap(self._trace(number), self._waits_for(self.states[number])))

    def _waits_for(self, facts: Facts) -> list[str]:
        """What the closures still wait for once council staff have done all that they can: each step, and why."""
        gaps = find_closure_gaps(self.pathway, self.kept.bounds(facts).least)
        said = ((self.pathway.steps[one.step].title, one.problem.replace("-", " ")) for one in gaps)
        return list(dict.fromkeys(f"{title} ({problem})" for title, problem in said))

    def _trace(self, number: int) -> list[str]:
        """The shortest way to a state, as sentences."""
        words = []
        while number != NOWHERE:
            number, sentence = self.came_from[number]
            words.append(sentence)
        return [sentence for sentence in words[::-1] if sentence]
