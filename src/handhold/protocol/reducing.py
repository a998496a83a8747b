"""What the explorer may leave out of a state without losing a violation or a trap: the reductions, joined.

They are argued in docs/adr/0009 and held against the walk of everything on small pathways by a test:

- What no condition reads is dropped: see `reductions.unread`. No decision can tell such states apart.
- *Plain* steps only open gates, and council staff can do them: see `reductions.plain`. What can happen at all is
  decided as if every plain step were done (the most); what council staff surely can do, as if only those were done that
  can be done from nothing, through `decide` itself (the least). Whatever a real state holds lies between the two.
- What interrupts a run and goes by again without moving it is left out: see `reductions.interruptions`.
- Once every child has an outcome, only what holds them is kept, and anything that an outcome brings about may follow.
- Siblings are alike: of states that differ by an exchange of children, one is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from handhold.protocol.conditions import is_waited_for
from handhold.protocol.facts import ChildFacts, Facts, StepFact, is_over
from handhold.protocol.moves import Bounds, Moves
from handhold.protocol.pathways import Pathway
from handhold.protocol.reductions.interruptions import Interruptions
from handhold.protocol.reductions.plain import PlainSteps
from handhold.protocol.reductions.unread import ENDED, Unread


class Everything:
    """Leaves nothing out: the reference that the reductions are held against."""

    def __init__(self, moves: Moves) -> None:
        self.pathway = moves.pathway
        self.moves = moves

    def reduced(self, facts: Facts) -> Facts:
        """The same facts, but that a step which waits no longer is not late."""
        return late_only_while_waiting(self.pathway, facts, self.moves.late_read)

    def bounds(self, facts: Facts) -> Bounds:
        """The facts as they are: every step is walked by itself."""
        return Bounds(facts, facts, facts)

    def interrupted(self, _: Bounds) -> Iterator[Bounds]:
        """No state stands for others."""
        yield from ()


class Reduction:
    """The reductions for one pathway."""

    def __init__(self, moves: Moves) -> None:
        self.pathway = moves.pathway
        self.moves = moves
        self.unread = Unread(moves.pathway, moves.late_read)
        self.plain = PlainSteps(moves, self.unread)
        self.interruptions = Interruptions(moves, self.unread)
        self._kept: dict[int, list[dict[StepFact, StepFact]]] = {}

    def reduced(self, facts: Facts) -> Facts:
        """The state without what no later decision can read, and with like siblings in one order."""
        children = tuple([self.unread.child(child) for child in facts.children])
        if facts.ended or is_over(facts):
            held = Facts((StepFact(),) * len(facts.steps), children, ended=ENDED if facts.ended else None)
            return _siblings_sorted(self.pathway, held)
        facts = late_only_while_waiting(self.pathway, facts, self.moves.late_read)
        kept = self._kept_of(len(children))
        steps = tuple([known[fact] for known, fact in zip(kept, facts.steps, strict=True)])
        matters = facts.matters - self.interruptions.passing
        facts = facts._replace(steps=steps, children=children, matters=matters, queues=frozenset())
        return _siblings_sorted(self.pathway, facts)

    def bounds(self, facts: Facts) -> Bounds:
        """The most and the least that can have been done in a state from which steps are left out."""
        left_out = (self.plain.names, self.interruptions.idle, self.unread.repeated)
        if is_over(facts):
            return Bounds(facts, facts, facts, *left_out, over=True)
        return Bounds(facts, self.plain.most_of(facts), self.plain.least_of(facts), *left_out)

    def interrupted(self, state: Bounds) -> Iterator[Bounds]:
        """The state with passing matters open, for which it stands too; only what these touch is tried in it."""
        if state.over or state.facts.ended:
            return
        for matters in self.interruptions.open_in(state.facts):
            facts, most, least = (one._replace(matters=matters) for one in state[:3])
            yield state._replace(facts=facts, most=most, least=least, only=self.interruptions.touched)

    def _kept_of(self, children: int) -> list[dict[StepFact, StepFact]]:
        """For each slot what each fact of it is kept as, remembered."""
        if children not in self._kept:
            reducers = {name: self._reducer(name) for name in self.pathway.steps}
            self._kept[children] = [_Remembered(reducers[name]) for name, _ in self.pathway.slots(children)]
        return self._kept[children]

    def _reducer(self, step: str) -> Callable[[StepFact], StepFact]:
        if step in self.plain.names | self.interruptions.idle:
            return lambda _: StepFact()
        return self.unread.reducer(self.pathway.steps[step])


class _Remembered(dict[StepFact, StepFact]):
    """What each fact of a slot is kept as, worked out once."""

    def __init__(self, reduce: Callable[[StepFact], StepFact]) -> None:
        super().__init__()
        self._reduce = reduce

    def __missing__(self, fact: StepFact) -> StepFact:
        self[fact] = kept = self._reduce(fact)
        return kept


def late_only_while_waiting(pathway: Pathway, facts: Facts, late_read: frozenset[str]) -> Facts:
    """The facts in which a step that nobody waits for any more is not late."""
    for name in late_read:
        for slot in pathway.slots_of(name, len(facts.children)):
            position = pathway.slots(len(facts.children))[slot]
            fact, step = facts.steps[position], pathway.steps[name]
            if fact.late and not is_waited_for(pathway, facts, step, slot[1]):
                waits_no_more = fact._replace(late=False)
                facts = facts._replace(steps=(*facts.steps[:position], waits_no_more, *facts.steps[position + 1 :]))
    return facts


def _siblings_sorted(pathway: Pathway, facts: Facts) -> Facts:
    """The facts with like siblings in one order."""
    count = len(facts.children)
    if count == 1:
        return facts
    own = _own_positions(pathway, count)
    stand = [(facts.children[child], *[facts.steps[position] for position in own[child]]) for child in range(count)]
    order = sorted(range(count), key=lambda child: _place_among_siblings(stand[child]))
    if order == list(range(count)):
        return facts
    steps = list(facts.steps)
    for new, old in enumerate(order):
        for to, position in zip(own[new], own[old], strict=True):
            steps[to] = facts.steps[position]
    return facts._replace(steps=tuple(steps), children=tuple(facts.children[old] for old in order))


@cache
def _own_positions(pathway: Pathway, count: int) -> tuple[tuple[int, ...], ...]:
    """For each child where the facts of their own steps stand."""
    slots = pathway.slots(count)
    own = [name for name, step in pathway.steps.items() if step.per == "child"]
    return tuple(tuple(slots[name, child] for name in own) for child in range(count))


@cache
def _place_among_siblings(stands: tuple[ChildFacts | StepFact, ...]) -> str:
    """Any order will do, as long as it is one."""
    return repr(stands)
