"""Walks every state that a run can come to, through `decide` and `apply` themselves, and looks for what must not be.

Two questions: is there a state in which somebody is let go (an open involvement without an accountable person, an open
child without a main contact, early help without consent at its beginning), and is there a trap (a state from which
council staff alone cannot bring every child to an outcome other than by stopping the run)?

What is left out of a state, and why no violation is lost by that, is in `reducing`. The walk is a plain breadth-first
search, so that the first trace found is a shortest one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from handhold.protocol.applying import apply, first_facts
from handhold.protocol.conditions import applies, is_done
from handhold.protocol.deciding import COMPLETED, Allowed, decide, is_complete
from handhold.protocol.definition import Step
from handhold.protocol.effects import RunEnded
from handhold.protocol.facts import Act, ChildFacts, Facts, held
from handhold.protocol.pathways import Pathway
from handhold.protocol.reducing import NOT_COUNCIL_STAFF, Everything, Reduction

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Move:
    """One thing that can happen: an act that `decide` allows, or the passing of a step's limit."""

    words: str
    after: Facts
    by_council: bool
    stops_the_run: bool = False


@dataclass
class Exploration:
    """What the walk found. A violation is its words and the shortest way to it, as sentences."""

    pathway: str
    siblings: int
    states: int = 0
    violations: list[tuple[str, list[str]]] = field(default_factory=list)
    traps: list[list[str]] = field(default_factory=list)


def start_of(pathway: Pathway, siblings: int) -> Facts:
    """A run that has just begun: each child held by the responsible worker, who is their main contact."""
    child = ChildFacts(held((pathway.origin, "responsible-worker")), pathway.origin)
    return first_facts(pathway, (child,) * siblings)


def explore(
    pathway: Pathway,
    siblings: int = 1,
    progress: Progress | None = None,
    reduction: type[Reduction] | type[Everything] = Reduction,
) -> Exploration:
    """Every state of a run of this pathway with so many children, with what is wrong in any of them.

    `progress` is told the number of states now and then. `reduction` Everything leaves nothing out.
    """
    kept = reduction(pathway)
    first = kept.reduced(start_of(pathway, siblings))
    came_from: dict[Facts, tuple[Facts, str] | None] = {first: None}
    council_ways_into: dict[Facts, list[Facts]] = {}
    found = Exploration(pathway.id, siblings)
    ended_well: list[Facts] = []
    waiting = deque([first])
    while waiting:
        facts = waiting.popleft()
        for problem in find_broken_promises(facts):
            found.violations.append((problem, _trace(came_from, facts)))
        if facts.ended or all(child.outcome for child in facts.children):
            ended_well.append(facts)
        for move in moves_from(pathway, facts, kept):
            after = kept.reduced(move.after)
            if move.by_council and not move.stops_the_run:
                council_ways_into.setdefault(after, []).append(facts)
            if after not in came_from:
                came_from[after] = (facts, move.words)
                waiting.append(after)
        found.states += 1
        if progress and found.states % 1000 == 0:
            progress(found.states)
    found.traps = [_trace(came_from, facts) for facts in _find_traps(came_from, council_ways_into, ended_well)]
    return found


def find_broken_promises(facts: Facts) -> list[str]:
    """What is wrong in a state: H1 for each child, and H10 for a child without outcome whom nobody holds."""
    problems = []
    for number, child in enumerate(facts.children, start=1):
        kinds = [kind for kind, _ in child.accountable]
        if len(kinds) != len(set(kinds)):
            problems.append(f"Child {number}: an involvement has two accountable people.")
        if kinds and child.main_contact not in kinds:
            problems.append(f"Child {number} is open and has no main contact among the accountable people.")
        if child.outcome is None and not kinds:
            problems.append(f"Child {number} is held by nobody and has no outcome.")
    return problems


def moves_from(pathway: Pathway, facts: Facts, kept: Reduction | Everything) -> Iterator[Move]:
    """Everything that can happen in a state: each act by somebody who may do it, and each limit that can pass."""
    if facts.ended:
        return
    ready = kept.with_plain_steps_done(facts)
    for name, child in pathway.slots(len(facts.children)):
        if name in kept.plain_steps:
            continue
        step = pathway.steps[name]
        for act in _acts_on(pathway, ready, step, child):
            answer = decide(pathway, ready, act)
            if isinstance(answer, Allowed):
                yield from _moves_of(pathway, ready, step, act, answer)
        if name in kept.late_read and _can_become_late(pathway, facts, step, child):
            yield Move(f"The limit of '{step.title}' passes", _made_late(pathway, facts, name, child), by_council=True)
    if kept.plain_steps and is_complete(pathway, ready):
        yield Move("What is left is done", apply(pathway, ready, [RunEnded(COMPLETED)]), by_council=True)


def _made_late(pathway: Pathway, facts: Facts, name: str, child: int | None) -> Facts:
    slot = pathway.slots(len(facts.children))[name, child]
    late = facts.steps[slot]._replace(late=True)
    return facts._replace(steps=(*facts.steps[:slot], late, *facts.steps[slot + 1 :]))


def _acts_on(pathway: Pathway, facts: Facts, step: Step, child: int | None) -> Iterator[Act]:
    """Each outcome of a step, by somebody who may record it and with everything that it asks; each exception."""
    for outcome, rule in step.outcomes.items():
        by = frozenset(rule.who or step.who)
        words = frozenset((*step.asks, *rule.asks))
        yield Act("record", step.id, outcome, child, by, frozenset(), words, True)
    if step.exception and not is_done(pathway, facts, step, child):
        deciders = frozenset(step.exception.decided_by)
        yield Act("ask-exception", step.id, step.exception.kinds[0], child, frozenset(step.who), has_reason=True)
        for answer in ("granted", "refused"):
            yield Act("decide-exception", step.id, answer, child, deciders, has_reason=True)


def _moves_of(pathway: Pathway, facts: Facts, step: Step, act: Act, answer: Allowed) -> Iterator[Move]:
    """The move; and where it ends the run because nothing is left, also the move before the last of it was done."""
    effects = step.outcomes[act.outcome].effects if act.verb == "record" else []
    stops = any(effect.end_run for effect in effects)
    whose = f", child {act.child + 1}" if act.child is not None else ""
    words = f"{step.title}: {act.verb} {act.outcome}{whose}"
    by_council = not act.by <= NOT_COUNCIL_STAFF
    yield Move(words, apply(pathway, facts, answer.effects), by_council, stops)
    if RunEnded(COMPLETED) in answer.effects:
        without = [effect for effect in answer.effects if effect != RunEnded(COMPLETED)]
        yield Move(words, apply(pathway, facts, without), by_council, stops)


def _can_become_late(pathway: Pathway, facts: Facts, step: Step, child: int | None) -> bool:
    slot = pathway.slots(len(facts.children))[step.id, child]
    return (
        not facts.steps[slot].late
        and applies(pathway, facts, step, child)
        and not is_done(pathway, facts, step, child)
        and _has_started(pathway, facts, step)
    )


def _has_started(pathway: Pathway, facts: Facts, step: Step) -> bool:
    """Whether the event that starts the step's limit has happened."""
    if step.within is None or step.within.of == "start":
        return True
    slots = pathway.slots(len(facts.children))
    return any(
        facts.steps[slots[slot]].outcome or facts.steps[slots[slot]].round > 1
        for slot in pathway.slots_of(step.within.of, len(facts.children))
    )


def _find_traps(
    states: dict[Facts, tuple[Facts, str] | None], ways_into: dict[Facts, list[Facts]], ended_well: list[Facts]
) -> list[Facts]:
    """The states from which no way by council staff leads to every child's outcome; backwards from the good ends."""
    reachable = set(ended_well)
    waiting = deque(ended_well)
    while waiting:
        for before in ways_into.get(waiting.popleft(), ()):
            if before not in reachable:
                reachable.add(before)
                waiting.append(before)
    return [facts for facts in states if facts not in reachable]


def _trace(came_from: dict[Facts, tuple[Facts, str] | None], facts: Facts) -> list[str]:
    """The shortest way to a state, as sentences."""
    words = []
    while (step := came_from[facts]) is not None:
        facts, sentence = step
        words.append(sentence)
    return words[::-1]
