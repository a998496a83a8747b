"""How each step of a run stands for the people who look at it: what the task list and `before it can close` show.

Every line comes from `decide`'s own reasons, so that a page cannot promise what an act then refuses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from handhold.protocol.conditions import applies, fact_of, is_done
from handhold.protocol.deciding import Reason, hard_gates, missing_before
from handhold.protocol.definition import Outcome, Step
from handhold.protocol.effects import applicable_children
from handhold.protocol.facts import Child, Facts, StepFact
from handhold.protocol.pathways import Pathway

State = Literal["done", "excepted", "exception-asked", "ready", "held-back", "does-not-apply"]


@dataclass(frozen=True)
class Standing:
    """One step (for one child) as it stands: what it is, whose move, what holds it back."""

    step: Step
    child: Child | None
    state: State
    fact: StepFact
    waits_for: tuple[Reason, ...] = ()
    is_beside: bool = False

    @property
    def who(self) -> tuple[str, ...]:
        """Whose move it is: who may do the step, or who decides where an exception was asked."""
        if self.state == "exception-asked" and self.step.exception:
            return tuple(self.step.exception.decided_by)
        return tuple(self.step.who)


def find_standings(pathway: Pathway, facts: Facts) -> list[Standing]:
    """Every step of the run for every child that it is for, in the order of the protocol."""
    return [
        standing_of(pathway, facts, pathway.steps[name], child) for name, child in pathway.slots(len(facts.children))
    ]


def standing_of(pathway: Pathway, facts: Facts, step: Step, child: Child | None) -> Standing:
    """How one step stands."""
    fact = fact_of(pathway, facts, step.id, child)
    missing = tuple(missing_before(pathway, facts, step, child))
    return Standing(
        step, child, _state(pathway, facts, step, child, fact, missing), fact, missing, step.id in pathway.beside
    )


def _state(
    pathway: Pathway, facts: Facts, step: Step, child: Child | None, fact: StepFact, missing: tuple[Reason, ...]
) -> State:
    if fact.exception == "granted":
        return "excepted"
    if is_done(pathway, facts, step, child):
        return "done"
    if facts.ended or not applies(pathway, facts, step, child):
        return "does-not-apply"
    if fact.exception == "asked":
        return "exception-asked"
    return "held-back" if missing else "ready"


def find_closure_gaps(pathway: Pathway, facts: Facts) -> list[Reason]:
    """What still stops the closure of any child: steps first, then what is open, each once, in the protocol's order."""
    found: dict[Reason, None] = {}
    for step in pathway.steps.values():
        if step.kind != "closure":
            continue
        for child in applicable_children(pathway, facts, step):
            outcome = _outcome_on_offer(facts, step)
            for reason in (*missing_before(pathway, facts, step, child), *hard_gates(facts, step, outcome)):
                found[reason] = None
    return list(found)


def _outcome_on_offer(facts: Facts, step: Step) -> Outcome:
    """The outcome that fits the destination, or the first where none is chosen yet."""
    from_destination = [
        outcome
        for outcome in step.outcomes.values()
        if outcome.when and outcome.when.destination and facts.destination in outcome.when.destination
    ]
    return from_destination[0] if from_destination else next(iter(step.outcomes.values()))
