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
    if is_done(pathway, facts, step, child) and not (step.every and applies(pathway, facts, step, child)):
        return "done"
    if facts.ended or not applies(pathway, facts, step, child):
        return "does-not-apply"
    if fact.exception == "asked":
        return "exception-asked"
    return "held-back" if missing else "ready"


def find_closure_gaps(pathway: Pathway, facts: Facts) -> list[Reason]:
    """What still stops the closure of any child: steps first, then what is open, each once, in the protocol's order.

    A hard gate that a listed step will open (consent, a receiver) is told by that step and not a second time.
    """
    found: dict[Reason, None] = {}
    for step in pathway.steps.values():
        if step.kind != "closure":
            continue
        for child in applicable_children(pathway, facts, step):
            missing = list(missing_before(pathway, facts, step, child))
            found |= dict.fromkeys(missing)
            told = {_GATES[effect] for reason in missing for effect in _effects_of(pathway, reason.step)}
            gates = hard_gates(facts, step, _outcome_on_offer(facts, step))
            found |= dict.fromkeys(reason for reason in gates if reason.problem not in told)
    return list(found)


_GATES = {"consent": "no-consent", "receiver": "no-receiver"}
"""The effect of a step, and the hard gate that it opens."""


def _effects_of(pathway: Pathway, step: str) -> set[str]:
    """Which of the effects that open a hard gate a step can bring about."""
    outcomes = pathway.steps[step].outcomes.values()
    return {effect.word() for outcome in outcomes for effect in outcome.effects} & set(_GATES)


def _outcome_on_offer(facts: Facts, step: Step) -> Outcome:
    """The outcome that fits the destination; where none is chosen yet, the one that opens least."""
    fitting = [
        outcome
        for outcome in step.outcomes.values()
        if outcome.when is None or outcome.when.destination is None or facts.destination in outcome.when.destination
    ]
    if fitting:
        return fitting[0]
    return min(step.outcomes.values(), key=lambda outcome: sum(effect.open is not None for effect in outcome.effects))
