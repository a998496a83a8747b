"""Everything that can happen in a state: each act that `decide` allows, and the passing of each limit that is read.

A move says whether council staff alone can bring it about whatever else is left out of the state: nobody of the family,
no receiver and no other agency needs to do, say or come to anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from handhold.protocol.applying import apply
from handhold.protocol.conditions import applies, fact_of, is_waited_for
from handhold.protocol.deciding import ANYBODY, COMPLETED, EARLY_HELP, Allowed, Decision, Problem, is_complete
from handhold.protocol.definition import Outcome, Step
from handhold.protocol.effects import Effect, HeldElsewhere, RunEnded, of_outcome
from handhold.protocol.facts import Act, Child, Facts
from handhold.protocol.pathways import Pathway, Slot
from handhold.protocol.reading import conditions_of, situations_read
from handhold.protocol.remembering import Remembered
from handhold.protocol.vocabulary import ANSWERED_BY_OTHERS, WORDS

THE_END = RunEnded(COMPLETED)
ELSEWHERE = "went-on-elsewhere"
"""A child's outcome in a run whose involvement another run has closed."""
AGES = frozenset({"turned-18", "turned-21", "turned-25"})
"""The situations that come about by time alone."""


class Move(NamedTuple):
    """One thing that can happen: in words, with its effects and the facts after it; `act` where somebody does it.

    by_council: council staff alone can bring it about, and it is a way on.
    """

    words: str
    after: Facts
    effects: tuple[Effect, ...]
    by_council: bool
    act: Act | None = None


class Bounds(NamedTuple):
    """A state from which some steps are left out, and what it stands for: the most and the least done in it.

    left_out: the steps that only open gates. idle: those that change nothing which is read.
    repeated: outcomes, by step, for which a like one is tried.
    over: every child has an outcome, and of the rest nothing is known.
    only: where an interruption stands beside another state, the steps that it touches; council staff let it pass first.
    """

    facts: Facts
    most: Facts
    least: Facts
    left_out: frozenset[str] = frozenset()
    idle: frozenset[str] = frozenset()
    repeated: frozenset[tuple[str, str]] = frozenset()
    over: bool = False
    only: frozenset[str] | None = None

    def shows(self, step: str) -> bool:
        """Whether the step is tried in this state."""
        return step not in self.left_out and step not in self.idle and (self.only is None or step in self.only)


class Attempt(NamedTuple):
    """An act as the explorer tries it, and whether council staff alone can do it where it may be done.

    gives_up: it ends things by leaving them as they are, or by what nobody can bring about (a death): no way on.
    asked: of an exception that is granted, how it is asked.
    """

    act: Act
    words: str
    by_council: bool
    gives_up: bool = False
    asked: Act | None = None


class Moves:
    """The moves of one pathway. `without` leaves one guard of `decide` out, for the proof that it matters."""

    def __init__(self, pathway: Pathway, without: Problem | None = None) -> None:
        self.pathway = pathway
        self.answers = Remembered(pathway, without)
        self._attempts: dict[Slot, tuple[Attempt, ...]] = {}

    @cached_property
    def late_read(self) -> frozenset[str]:
        """The steps whose lateness a condition reads."""
        steps = self.pathway.steps.values()
        return frozenset(name for step in steps for c in conditions_of(step) for name in c.late or ())

    def from_state(self, state: Bounds) -> Iterator[Move]:
        """All moves of a state: what can happen is decided on the most, what council staff surely can on the least."""
        if state.facts.ended:
            return
        if state.over:
            yield from self._whatever_can_follow(state.facts)
            return
        for slot in self.pathway.slots(len(state.facts.children)):
            if state.shows(slot[0]):
                yield from self._of_step(slot, state)
        if state.only is None:
            yield from self._of_itself(state)

    def _of_itself(self, state: Bounds) -> Iterator[Move]:
        """What happens without an act on a step that the state shows."""
        yield from self._of_time(state.facts)
        yield from self._of_another_run(state.facts)
        if state.left_out and is_complete(self.pathway, state.most):
            surely = is_complete(self.pathway, state.least)
            after = apply(self.pathway, state.facts, (THE_END,))
            yield Move("What is left is done", after, (THE_END,), surely)

    def _whatever_can_follow(self, facts: Facts) -> Iterator[Move]:
        """Once every child has an outcome: whatever any outcome brings about, in any order."""
        for step in self.pathway.steps.values():
            for name, outcome in step.outcomes.items() if step.per == "run" else ():
                effects = of_outcome(self.pathway, facts, step, name, None)
                after = apply(self.pathway, facts, effects)
                yield Move(f"{step.title}: {outcome.called}", after, effects, by_council=False)

    def _of_time(self, facts: Facts) -> Iterator[Move]:
        """A least time that passes, and an age that is reached."""
        for age in sorted((situations_read(self.pathway) & AGES) - facts.known):
            yield Move(f"A child has {age}", facts._replace(known=facts.known | {age}), (), by_council=True)
        for step in self.pathway.steps.values():
            if step.not_before and step.id not in facts.elapsed and self._has_begun(facts, step.not_before.of):
                after = facts._replace(elapsed=facts.elapsed | {step.id})
                yield Move(f"The least time of '{step.title}' passes", after, (), by_council=True)

    def _has_begun(self, facts: Facts, starter: str) -> bool:
        """Whether the event from which a least time runs stands."""
        if starter == "start":
            return True
        count = len(facts.children)
        slots = self.pathway.slots(count)
        return any(facts.steps[slots[slot]].outcome for slot in self.pathway.slots_of(starter, count))

    def _of_another_run(self, facts: Facts) -> Iterator[Move]:
        """A step up and a step down cross: another run closes what this one comes from, or the early help it led to."""
        for number, child in enumerate(facts.children):
            ends = {self.pathway.origin: ELSEWHERE} if child.outcome is None else dict.fromkeys(EARLY_HELP)
            for kind, outcome in ends.items():
                if child.holder_of(kind):
                    effects = (HeldElsewhere(number, kind, outcome),)
                    after = apply(self.pathway, facts, effects)
                    words = f"Another transfer ends '{kind}' of child {number + 1}"
                    yield Move(words, after, effects, by_council=False)

    def _of_step(self, slot: Slot, state: Bounds) -> Iterator[Move]:
        step, child = self.pathway.steps[slot[0]], slot[1]
        if not applies(self.pathway, state.most, step, child):
            return
        if step.repeats or not self._is_recorded(state.most, step, child):
            for attempt in self.attempts(slot):
                if (attempt.act.step, attempt.act.outcome) not in state.repeated:
                    yield from self._of_attempt(attempt, state)
        waited_for = slot[0] in self.late_read and is_waited_for(self.pathway, state.most, step, child)
        if waited_for and self._may_become_late(state.most, step, child):
            late = _with_lateness(self.pathway, state.facts, slot)
            yield Move(f"The limit of '{step.title}' passes", late, (), by_council=True)

    def _of_attempt(self, attempt: Attempt, state: Bounds) -> Iterator[Move]:
        """The move; and where it ends the run because nothing is left, also the move before the last of it was done."""
        answer = self._decide(state.most, attempt)
        if not isinstance(answer, Allowed):
            return
        surely = self._surely(attempt, answer, state)
        ways = [answer.effects]
        if state.left_out and THE_END in answer.effects:
            ways.append(tuple(effect for effect in answer.effects if effect != THE_END))
        for effects in ways:
            after = apply(self.pathway, state.facts, effects)
            yield Move(attempt.words, after, effects, effects == surely, attempt.act)

    def _decide(self, facts: Facts, attempt: Attempt) -> Decision:
        """The answer to an attempt; an exception that is granted is asked in the same breath where nobody asked it."""
        act = attempt.act
        if attempt.asked is None or fact_of(self.pathway, facts, act.step, act.child).exception:
            return self.answers.decide(facts, act)
        asked = self.answers.decide(facts, attempt.asked)
        if not isinstance(asked, Allowed):
            return asked
        answer = self.answers.decide(apply(self.pathway, facts, asked.effects), act)
        return Allowed((*asked.effects, *answer.effects)) if isinstance(answer, Allowed) else answer

    def _surely(self, attempt: Attempt, answer: Allowed, state: Bounds) -> tuple[Effect, ...] | None:
        """What the act brings about when council staff alone do it; None where they cannot for certain, or give up."""
        if not attempt.by_council or attempt.gives_up or state.only is not None:
            return None
        waits_for_left_out = not state.left_out.isdisjoint(self.pathway.steps[attempt.act.step].after)
        if not waits_for_left_out and THE_END not in answer.effects:
            return answer.effects
        surely = self._decide(state.least, attempt)
        if not isinstance(surely, Allowed):
            return None
        ends = THE_END in surely.effects
        return tuple(effect for effect in answer.effects if ends or effect != THE_END)

    def attempts(self, slot: Slot) -> tuple[Attempt, ...]:
        """What can be tried on a step (for a child): each outcome, and each turn of its exception."""
        if slot not in self._attempts:
            self._attempts[slot] = tuple(_attempts_on(self.pathway, self.pathway.steps[slot[0]], slot[1]))
        return self._attempts[slot]

    def _is_recorded(self, facts: Facts, step: Step, child: Child | None) -> bool:
        """Whether it stands at an outcome that counts; one that was excepted can still be done after all."""
        outcome = fact_of(self.pathway, facts, step.id, child).outcome
        return outcome is not None and step.outcomes[outcome].done

    def _may_become_late(self, facts: Facts, step: Step, child: Child | None) -> bool:
        """Whether its limit runs and has not passed: the event that starts it has happened."""
        slots = self.pathway.slots(len(facts.children))
        if facts.steps[slots[step.id, child]].late or step.within is None:
            return False
        if step.within.of == "start":
            return True
        starters = (facts.steps[slots[slot]] for slot in self.pathway.slots_of(step.within.of, len(facts.children)))
        return any(fact.outcome or fact.round > 1 for fact in starters)


def _attempts_on(pathway: Pathway, step: Step, child: Child | None) -> Iterator[Attempt]:
    outside = pathway.outside_council | {"receiver", ANYBODY}
    whose = f", child {child + 1}" if child is not None else ""
    for name, outcome in step.outcomes.items():
        words = frozenset((*step.asks, *outcome.asks))
        act = Act("record", step.id, name, child, frozenset(outcome.who or step.who), frozenset(), words, True)
        at_any_moment = step.id in pathway.beside
        gives_up = (at_any_moment and outcome.no_choice) or (
            _leaves_things_as_they_are(outcome) and (pathway.file.direction == "down" or at_any_moment)
        )
        alone = step.kind not in ANSWERED_BY_OTHERS and all(WORDS[word].in_council_hands for word in words)
        yield Attempt(act, f"{step.title}: {outcome.called}{whose}", alone and not act.by <= outside, gives_up)
    if step.exception:
        deciders = frozenset(step.exception.decided_by)
        asked = Act("ask-exception", step.id, step.exception.kinds[0], child, frozenset(step.who), has_reason=True)
        can_ask, can_decide = not asked.by <= outside, not deciders <= outside
        yield Attempt(asked, f"{step.title}: an exception is asked{whose}", can_ask)
        granted = Act("decide-exception", step.id, "granted", child, deciders, has_reason=True)
        by_council = can_ask and can_decide
        yield Attempt(granted, f"{step.title}: the exception is granted{whose}", by_council, asked=asked)
        refused = granted._replace(outcome="refused")
        yield Attempt(refused, f"{step.title}: the exception is refused{whose}", can_decide)


def _leaves_things_as_they_are(outcome: Outcome) -> bool:
    """Whether the outcome ends the run, or a child's part in it, without closing what the child came from."""
    ends = any(effect.end_run or effect.end_child for effect in outcome.effects)
    return ends and not any(effect.close for effect in outcome.effects)


def _with_lateness(pathway: Pathway, facts: Facts, slot: Slot) -> Facts:
    position = pathway.slots(len(facts.children))[slot]
    late = facts.steps[position]._replace(late=True)
    return facts._replace(steps=(*facts.steps[:position], late, *facts.steps[position + 1 :]))
