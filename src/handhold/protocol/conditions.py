"""Whether a condition of the protocol holds, and whether a step counts as settled, given the facts.

The words are those of `definition.Condition`; each is a line here, and every key that is given must hold.
"""

from __future__ import annotations

from handhold.protocol.definition import Condition, Step
from handhold.protocol.facts import Child, Facts, StepFact
from handhold.protocol.pathways import Pathway


def fact_of(pathway: Pathway, facts: Facts, step: str, child: Child | None) -> StepFact:
    """How the step stands; a step for each child is asked for the child, one for the run without."""
    per_child = pathway.steps[step].per == "child"
    return facts.steps[pathway.slots(len(facts.children))[step, child if per_child else None]]


def facts_seen(pathway: Pathway, facts: Facts, step: str, child: Child | None) -> list[StepFact]:
    """The facts of a step as seen from a place: of the same child, or of every child where the place has none."""
    if child is None or pathway.steps[step].per == "run":
        slots = pathway.slots(len(facts.children))
        return [facts.steps[slots[slot]] for slot in pathway.slots_of(step, len(facts.children))]
    return [fact_of(pathway, facts, step, child)]


def holds(condition: Condition | None, pathway: Pathway, facts: Facts, child: Child | None) -> bool:
    """Whether the condition holds for the run (child None) or for one child of it. No condition always holds."""
    if condition is None:
        return True

    def stands_at(step: str, outcomes: list[str]) -> bool:
        return any(fact.outcome in outcomes for fact in facts_seen(pathway, facts, step, child))

    def seen(step: str) -> list[StepFact]:
        return facts_seen(pathway, facts, step, child)

    c = condition
    return (
        (c.destination is None or facts.destination in c.destination)
        and (c.receiver is None or facts.receiver in c.receiver)
        and (c.matter is None or c.matter in facts.matters)
        and (c.outcome is None or all(stands_at(step, outcomes) for step, outcomes in c.outcome.items()))
        and (c.not_outcome is None or not any(stands_at(step, outcomes) for step, outcomes in c.not_outcome.items()))
        and (c.excepted is None or all(any(f.exception == "granted" for f in seen(step)) for step in c.excepted))
        and (c.late is None or all(any(f.late for f in seen(step)) for step in c.late))
        and (
            c.round_at_least is None
            or all(any(f.round >= least for f in seen(step)) for step, least in c.round_at_least.items())
        )
        and (c.any_of is None or any(holds(one, pathway, facts, child) for one in c.any_of))
    )


def applies(pathway: Pathway, facts: Facts, step: Step, child: Child | None) -> bool:
    """Whether the step applies at all: its `when` holds, and a child that it is for has no outcome yet."""
    if child is not None and step.per == "child" and facts.children[child].outcome is not None:
        return False
    return holds(step.when, pathway, facts, child)


def is_done(pathway: Pathway, facts: Facts, step: Step, child: Child | None) -> bool:
    """Whether the step was done (its outcome counts) or excepted."""
    fact = fact_of(pathway, facts, step.id, child)
    return fact.exception == "granted" or (fact.outcome is not None and step.outcomes[fact.outcome].done)


def is_settled(pathway: Pathway, facts: Facts, step: Step, child: Child | None) -> bool:
    """Whether the step holds nothing back: done, excepted, or not applicable."""
    return is_done(pathway, facts, step, child) or not applies(pathway, facts, step, child)


def unsettled(pathway: Pathway, facts: Facts, step: str, child: Child | None) -> list[Child | None]:
    """For which children (None: for the run) a step named in `after` still holds back, seen from a step of `child`."""
    asked = pathway.steps[step]
    whose: list[Child | None] = [None]
    if asked.per == "child":
        whose = [child] if child is not None else list(range(len(facts.children)))
    return [one for one in whose if not is_settled(pathway, facts, asked, one)]
