"""Which step of a pathway is meant, found by what it does and never by its name: so that another council's will do."""

from __future__ import annotations

from handhold.protocol.definition import Effect, Outcome, Step
from handhold.protocol.pathways import Pathway, Protocol


def find_acceptance_step(pathway: Pathway) -> Step | None:
    """The step by which a practitioner who was asked says whether they take it on."""
    return next((step for step in pathway.steps.values() if step.kind == "acceptance"), None)


def find_deciding_step(pathway: Pathway, series: str) -> Step | None:
    """The step by which a meeting answers what was put on it: the decision right after the request that puts it there.

    None where nothing of this pathway comes to that meeting.
    """
    asking = {
        step.id
        for step in pathway.steps.values()
        if step.kind != "decision" and any(effect.put_on_meeting == series for effect in effects_of(step))
    }
    deciding = (step for step in pathway.steps.values() if step.kind == "decision" and asking.intersection(step.after))
    return next(deciding, None)


def find_taking_step(pathway: Pathway, queue: str) -> Step | None:
    """The step that takes a run out of a queue: the one right after it was put there, for others take it back as well.

    None where nothing of this pathway lies in it.
    """
    steps = pathway.steps.values()
    putting = {step.id for step in steps if any(effect.put_in_queue == queue for effect in effects_of(step))}
    taking = (step for step in steps if any(effect.take_from_queue == queue for effect in effects_of(step)))
    return next((step for step in taking if putting.intersection(step.after)), None)


def find_plain_taking(pathway: Pathway, queue: str) -> tuple[Step, str] | None:
    """The step that takes a run out of a queue, with its outcome, where nothing has to be written or chosen for it."""
    step = find_taking_step(pathway, queue)
    if step is None or step.asks or len(step.outcomes) != 1:
        return None
    name, outcome = next(iter(step.outcomes.items()))
    return None if outcome.asks else (step, name)


def find_intake_step(pathway: Pathway) -> Step | None:
    """The step that writes down what came in: the section of a form with which a run begins that opens its origin."""
    first = next(pathway.file.steps())
    return first if pathway.opens_its_origin and first.kind == "form-section" and not first.after else None


def find_intakes(protocol: Protocol) -> dict[str, frozenset[str]]:
    """The pathways by which children are taken in from outside, each with the roles that may begin it."""
    return {
        name: frozenset(pathway.file.begins.who)
        for name, pathway in protocol.pathways.items()
        if pathway.file.begins and find_intake_step(pathway)
    }


def effects_of(step: Step) -> list[Effect]:
    """The effects of all outcomes of a step."""
    return [effect for outcome in step.outcomes.values() for effect in outcome.effects]


def is_only_possible(pathway: Pathway, step: Step) -> bool:
    """Whether a step can be done and is awaited of nobody: optional, or at any moment with no limit of its own."""
    return step.optional or (step.within is None and step.id in pathway.beside)


def opened_for_receiver(pathway: Pathway, destination: str) -> frozenset[str]:
    """The involvements that begin with whoever takes over, where the run leads to this destination."""
    outcomes = (outcome for step in pathway.steps.values() for outcome in step.outcomes.values())
    leading = (one for one in outcomes if one.when is None or destination in (one.when.destination or [destination]))
    effects = (effect for outcome in leading for effect in outcome.effects)
    return frozenset(effect.open for effect in effects if effect.open and effect.to == "receiver")


def receiver_after(outcome: Outcome) -> str:
    """How an outcome leaves the receiver: `none`, `asked` or `accepted`; empty where it changes nothing about them."""
    return next((effect.receiver for effect in outcome.effects if effect.receiver), "")


def find_moving_step(pathway: Pathway, leaving: str, to: str) -> tuple[Step, str] | None:
    """The step, with its outcome, by which all that one relation answers for passes to another, and nothing else.

    None for a pathway that has no such step.
    """
    for step in pathway.steps.values():
        for name, outcome in step.outcomes.items():
            moved = [(effect.reallocate_from, effect.to) for effect in outcome.effects]
            if moved == [(leaving, to)]:
                return step, name
    return None


def find_receiver_leaving_step(pathway: Pathway) -> tuple[Step, str] | None:
    """The step, with its outcome, that says that whoever was to take over cannot: what they hold passes on."""
    for step in pathway.steps.values():
        for name, outcome in step.outcomes.items():
            passes_on = any(effect.reallocate_from == "receiver" for effect in outcome.effects)
            if passes_on and receiver_after(outcome) == "none":
                return step, name
    return None
