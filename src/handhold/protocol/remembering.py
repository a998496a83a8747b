"""Answers of `decide`, remembered by all that an act reads: equal questions are asked once. For the explorer alone."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter
from typing import Any

from handhold.protocol.deciding import Decision, Problem, Refused, decide
from handhold.protocol.definition import Step
from handhold.protocol.facts import Act, Facts
from handhold.protocol.pathways import Pathway
from handhold.protocol.reading import all_within, conditions_of, steps_named

Read = Callable[[tuple[Any, ...]], Any]
"""Picks of all step facts those that an act on one step reads."""


class Remembered:
    """`decide` for one pathway, with one guard taken away or none."""

    def __init__(self, pathway: Pathway, without: Problem | None = None) -> None:
        self.pathway = pathway
        self.without = without
        self._answers: dict[tuple[Any, ...], Decision] = {}
        self._reads: dict[tuple[str, int], Read] = {}
        self._ends = {name for name, step in pathway.steps.items() if _can_end(step)}

    def decide(self, facts: Facts, act: Act) -> Decision:
        """The answer of `decide` to this act.

        An act that ends a child's part is remembered where it was refused alone: whether it ends the run too depends on
        every step.
        """
        key = (act[:4], self._read_by(act.step, len(facts.children))(facts.steps), facts[1:])
        answer = self._answers.get(key)
        if answer is None:
            answer = decide(self.pathway, facts, act, without=self.without)
            if act.step not in self._ends or isinstance(answer, Refused):
                self._answers[key] = answer
        return answer

    def _read_by(self, name: str, children: int) -> Read:
        if (name, children) not in self._reads:
            slots, read = self.pathway.slots(children), _steps_read(self.pathway, self.pathway.steps[name])
            picks = itemgetter(*(position for (one, _), position in slots.items() if one in read))
            self._reads[name, children] = picks
        return self._reads[name, children]


def _can_end(step: Step) -> bool:
    return any(effect.end_child for outcome in step.outcomes.values() for effect in outcome.effects)


def _steps_read(pathway: Pathway, step: Step) -> set[str]:
    """The step itself, what it waits for, what makes that apply, what it voids, and what its conditions name."""
    earlier = [pathway.steps[name] for name in step.after]
    whens = [part for one in earlier if one.when for part in all_within(one.when)]
    named = {name for part in (*conditions_of(step), *whens) for name in steps_named(part)}
    voided = {name for outcome in step.outcomes.values() for name in outcome.voids}
    return {step.id, *step.after, *voided, *named}
