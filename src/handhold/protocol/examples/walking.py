"""Does what has to come before a step: the one sentence that spares an example twenty lines that it is not about."""

from __future__ import annotations

from collections.abc import Iterator

from handhold.protocol.conditions import applies, holds, is_done
from handhold.protocol.deciding import Allowed
from handhold.protocol.definition import Step
from handhold.protocol.examples.faults import ExampleNotUnderstood
from handhold.protocol.examples.unfolding import Attempt
from handhold.protocol.examples.world import World
from handhold.protocol.facts import Act, Child
from handhold.protocol.pathways import Pathway


def do_everything_before(world: World, step: Step, lead: str, left: set[str]) -> None:
    """Does, in the protocol's order and until nothing more goes, each step that `step` waits for, except those `left`.

    Raises ExampleNotUnderstood where something is left that does not wait for what was excepted.
    """
    wanted = steps_before(world.run.pathway, step.id)
    steps = [world.run.pathway.steps[name] for name in wanted if name not in left]
    while sum(_do(world, one, lead) for one in steps):
        continue
    stuck = [name for name in wanted if name not in left and not left & set(steps_before(world.run.pathway, name))]
    missing = [world.run.pathway.steps[name].title for name in stuck if any(_waiting(world, name))]
    if missing:
        raise ExampleNotUnderstood(f"This could not be done by anybody in the example: {'; '.join(missing)}.")


def steps_before(pathway: Pathway, step: str) -> list[str]:
    """All steps that must come before a step, also by way of others, in the order of the protocol."""
    found: set[str] = set()
    waiting = [step]
    while waiting:
        for earlier in pathway.steps[waiting.pop()].after:
            if earlier not in found:
                found.add(earlier)
                waiting.append(earlier)
    return [name for name in pathway.steps if name in found]


def _waiting(world: World, name: str) -> Iterator[tuple[Step, Child | None]]:
    """For whom the step applies and is not done."""
    pathway, facts = world.run.pathway, world.observed().facts
    for step, child in pathway.slots_of(name, len(facts.children)):
        rule = pathway.steps[step]
        if applies(pathway, facts, rule, child) and not is_done(pathway, facts, rule, child):
            yield rule, child


def _do(world: World, step: Step, lead: str) -> int:
    """For how many of the children that the step is still to do for somebody could do it."""
    return sum(_do_for(world, step, child, lead) for _, child in list(_waiting(world, step.id)))


def _do_for(world: World, step: Step, child: Child | None, lead: str) -> bool:
    outcome = _first_offered(world, step, child)
    if outcome is None:
        return False
    rule = step.outcomes[outcome]
    words = frozenset((*step.asks, *rule.asks))
    chosen = lead if "practitioner-chosen" in words else ""
    if not lead:
        words -= {"practitioner-chosen"}
    act = Act("record", step.id, outcome, child, words=words)
    for person in world.cast.find(rule.who or step.who):
        attempt = Attempt(person, act, "as everybody agreed", chosen)
        if isinstance(world.run.attempt(attempt, world.today), Allowed):
            return True
    return False


def _first_offered(world: World, step: Step, child: Child | None) -> str | None:
    """The first outcome with which the step is done, of those that can be chosen as things stand."""
    pathway, facts = world.run.pathway, world.observed().facts
    offered = (name for name, rule in step.outcomes.items() if rule.done and not rule.forbidden)
    return next((name for name in offered if holds(step.outcomes[name].when, pathway, facts, child)), None)
