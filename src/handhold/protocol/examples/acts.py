"""Sentences in which somebody does something: it goes through, or the next sentences say that it does not."""

from __future__ import annotations

from collections.abc import Iterator

from handhold.protocol.conditions import applies, holds
from handhold.protocol.definition import Outcome, Step
from handhold.protocol.examples.faults import ExampleNotUnderstood
from handhold.protocol.examples.phrases import EXCEPTIONS, WORDS, resolve, resolve_one
from handhold.protocol.examples.sentences import Said, names_in, phrases_in, sentence
from handhold.protocol.examples.unfolding import Attempt
from handhold.protocol.examples.world import World
from handhold.protocol.facts import Act
from handhold.protocol.standing import find_standings


@sentence(
    "{person} records {outcome:quoted}[ under {step:quoted}][ for {children}][, choosing {chosen:person}]"
    "[, without {missing:quoted}][, because {reason:quoted}]"
)
def somebody_records(world: World, said: Said) -> None:
    """Somebody records an outcome by the words on its button, with all that the step asks for but what is left out."""
    step, outcome = _outcome(world, phrases_in(said["outcome"])[0], said["step"])
    rule = step.outcomes[outcome]
    words = {*step.asks, *rule.asks} - {"practitioner-chosen"}
    if said["chosen"]:
        words.add("practitioner-chosen")
    if said["missing"]:
        words -= {resolve_one(missing, WORDS, "word of completeness") for missing in phrases_in(said["missing"])}
    chosen = _chosen(world, said["chosen"], rule) if said["chosen"] else ""
    _attempt(world, said, Act("record", step.id, outcome, words=frozenset(words)), chosen)


def _chosen(world: World, person: str, outcome: Outcome) -> str:
    """The person, who holds a role that the outcome allocates: pages offer nobody else. Raises ExampleNotUnderstood."""
    held = world.cast.roles[world.cast.known(person)]
    if outcome.allocates and held.isdisjoint(outcome.allocates):
        roles = " or ".join(world.protocol.file.roles[role].called for role in outcome.allocates)
        raise ExampleNotUnderstood(
            f'{person} cannot be chosen: "{outcome.called}" chooses a {roles}. Choose one, or say that {person} is one.'
        )
    return person


@sentence("{person} asks to go on without {step:quoted}[ for {children}] as {kind:words}[, because {reason:quoted}]")
def somebody_asks_for_an_exception(world: World, said: Said) -> None:
    """Somebody asks that a gate be excepted, for one of the kinds that the guide lists."""
    step = world.step(phrases_in(said["step"])[0])
    _attempt(world, said, Act("ask-exception", step.id, resolve_one(said["kind"], EXCEPTIONS, "kind of exception")))


@sentence("{person} {answer:grants|refuses} the exception to {step:quoted}[ for {children}][, because {reason:quoted}]")
def somebody_decides_an_exception(world: World, said: Said) -> None:
    """Somebody decides on the exception that was asked for."""
    step = world.step(phrases_in(said["step"])[0])
    _attempt(world, said, Act("decide-exception", step.id, {"grants": "granted", "refuses": "refused"}[said["answer"]]))


def bring_about(world: World) -> None:
    """As time passes: each outcome that the procedure marks `by_itself` and that may be recorded now."""
    while world.unfolding and world.cast.worker and (found := next(_by_itself(world), None)):
        world.attempt([Attempt(world.cast.worker, found)])


def _by_itself(world: World) -> Iterator[Act]:
    pathway, facts = world.run.pathway, world.observed().facts
    for standing in find_standings(pathway, facts):
        step = standing.step
        for name, outcome in step.outcomes.items() if standing.state == "ready" and not step.every else ():
            if outcome.by_itself and holds(outcome.when, pathway, facts, standing.child):
                words = frozenset((*step.asks, *outcome.asks))
                yield Act("record", step.id, name, standing.child, words=words)


@sentence("{person} corrects {step:quoted}[ for {children}] to {outcome:quoted}[, because {reason:quoted}]")
def somebody_corrects(world: World, said: Said) -> None:
    """The last record of a step is corrected in how it came out, with all that this outcome asks for (H9)."""
    step, outcome = _outcome(world, phrases_in(said["outcome"])[0], said["step"])
    words = frozenset({*step.asks, *step.outcomes[outcome].asks})
    world.correct(_attempts(world, said, Act("record", step.id, outcome, words=words)))


@sentence("{person} takes back the record of {step:quoted}[ for {children}]")
def somebody_takes_back(world: World, said: Said) -> None:
    """Nothing of the last record of a step was so: it is left out of what stands (H9)."""
    step = world.step(phrases_in(said["step"])[0])
    act = Act("record", step.id, words=frozenset(step.asks))
    world.correct(_attempts(world, {"reason": "", **said}, act), taken_back=True)


def _attempt(world: World, said: Said, act: Act, chosen: str = "") -> None:
    world.attempt(_attempts(world, said, act, chosen))


def _attempts(world: World, said: Said, act: Act, chosen: str = "") -> list[Attempt]:
    """The act for each of the children who are meant."""
    step = world.run.pathway.steps[act.step]
    person, reason = world.cast.known(said["person"]), said["reason"].strip('"')
    children = world.positions(step, names_in(said["children"]))
    return [Attempt(person, act._replace(child=child), reason, chosen) for child in children]


def _outcome(world: World, phrase: str, under: str) -> tuple[Step, str]:
    """The step and outcome of these words. Where several have them, the one on offer now."""
    steps = [world.step(phrases_in(under)[0])] if under else list(world.run.pathway.steps.values())
    called = [(outcome.called, (step, name)) for step in steps for name, outcome in step.outcomes.items()]
    found = resolve(phrase, called, "outcome")
    if len(found) > 1:
        found = [one for one in found if _is_offered(world, *one)] or found
        found = found[:1] if len({step.id for step, _ in found}) == 1 else found
    if len(found) > 1:
        titles = ", ".join(f'"{step.title}"' for step, _ in found)
        raise ExampleNotUnderstood(f'"{phrase}" is an outcome of several steps. Add one of: under {titles}.')
    return found[0]


def _is_offered(world: World, step: Step, outcome: str) -> bool:
    """Whether the step applies now, and the outcome is one of those that can be chosen as things stand."""
    pathway, facts = world.run.pathway, world.observed().facts
    return applies(pathway, facts, step, None) and holds(step.outcomes[outcome].when, pathway, facts, None)
