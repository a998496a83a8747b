"""What acts bring about, as plain values: the only language between a decision, the facts and the records.

`of_outcome` spells out the effects of an outcome of the protocol for the run's children.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from handhold.protocol import definition
from handhold.protocol.conditions import applies
from handhold.protocol.definition import Step
from handhold.protocol.facts import Child, Facts
from handhold.protocol.pathways import Pathway


class StepRecorded(NamedTuple):
    """The step now stands at this outcome."""

    step: str
    child: Child | None
    outcome: str


class StepVoided(NamedTuple):
    """The step is to be done again, in a new round, for all its children."""

    step: str


class ExceptionAsked(NamedTuple):
    """Somebody asked that the step be excepted."""

    step: str
    child: Child | None
    kind: str


class ExceptionDecided(NamedTuple):
    """A second person granted the exception, or refused it."""

    step: str
    child: Child | None
    granted: bool


class InvolvementOpened(NamedTuple):
    """An involvement begins, with its accountable person from the first instant."""

    child: Child
    kind: str
    holder: str


class InvolvementClosed(NamedTuple):
    """An involvement ends, and its allocation with it."""

    child: Child
    kind: str


class Allocated(NamedTuple):
    """Somebody else becomes accountable for an open involvement, at the instant the other ceases to be."""

    child: Child
    kind: str
    holder: str


class MainContactChanged(NamedTuple):
    """The accountable person of this involvement is the child's main contact from here on."""

    child: Child
    kind: str


class DestinationChosen(NamedTuple):
    destination: str


class ConsentStands(NamedTuple):
    state: str


class ReceiverStands(NamedTuple):
    state: str


class QueueJoined(NamedTuple):
    queue: str


class QueueLeft(NamedTuple):
    queue: str


class PutOnMeeting(NamedTuple):
    """The run goes on the agenda of the next meeting of this series. Changes no fact."""

    series: str


class FormOpened(NamedTuple):
    """The form is opened, filled in from what is known. Changes no fact."""

    form: str


class RunStarted(NamedTuple):
    """A run of another pathway begins for these children. Changes no fact of this one."""

    pathway: str
    children: tuple[Child, ...]


class MatterOpened(NamedTuple):
    matter: str


class MatterSettled(NamedTuple):
    matter: str


class ChildEnded(NamedTuple):
    """The child's outcome in this run."""

    child: Child
    outcome: str


class HeldElsewhere(NamedTuple):
    """Another run has closed this involvement of the child; one that was this run's own ends the child's part in it.

    Nobody decides it here. Its record is the other run's.
    """

    child: Child
    kind: str
    outcome: str | None


class RunEnded(NamedTuple):
    """The run is over; whichever child has no outcome yet keeps this one."""

    ending: str


Effect = (
    StepRecorded
    | StepVoided
    | ExceptionAsked
    | ExceptionDecided
    | InvolvementOpened
    | InvolvementClosed
    | Allocated
    | MainContactChanged
    | DestinationChosen
    | ConsentStands
    | ReceiverStands
    | QueueJoined
    | QueueLeft
    | PutOnMeeting
    | FormOpened
    | RunStarted
    | MatterOpened
    | MatterSettled
    | ChildEnded
    | HeldElsewhere
    | RunEnded
)


def of_outcome(pathway: Pathway, facts: Facts, step: Step, outcome: str, child: Child | None) -> tuple[Effect, ...]:
    """Every effect of recording this outcome: the record itself, what it voids, what it brings about, in that order."""
    rule = step.outcomes[outcome]
    found: list[Effect] = [StepRecorded(step.id, child, outcome)]
    found += [StepVoided(voided) for voided in rule.voids if _has_anything(pathway, facts, voided)]
    takes_on = child is None and any(effect.open for effect in rule.effects)
    for effect in rule.effects:
        own = _spelled_out(pathway, facts, effect, child)
        found += [one for one in own if not (takes_on and _is_over_for(facts, one))]
    return tuple(found)


def _is_over_for(facts: Facts, effect: Effect) -> bool:
    """Whether it closes something of a child with an outcome already, for whom nothing is opened in its place."""
    return isinstance(effect, InvolvementClosed) and facts.children[effect.child].outcome is not None


def _has_anything(pathway: Pathway, facts: Facts, step: str) -> bool:
    """Whether there is anything of the step to void."""
    count = len(facts.children)
    slots = pathway.slots(count)
    return any(
        facts.steps[slots[slot]].outcome or facts.steps[slots[slot]].exception for slot in pathway.slots_of(step, count)
    )


def _spelled_out(pathway: Pathway, facts: Facts, effect: definition.Effect, child: Child | None) -> list[Effect]:
    """One effect of the protocol, for each child that it concerns."""
    word = effect.word()
    value = getattr(effect, word)
    to = effect.to or ""
    if word in _OF_THE_RUN:
        return [_OF_THE_RUN[word](value)]
    if word == "reallocate_from":
        return _all_reallocated(facts, value, to)
    open_children = [n for n, one in enumerate(facts.children) if one.outcome is None]
    concerned = open_children if child is None else [child]
    if word == "end_child":
        return [ChildEnded(n, value) for n in concerned]
    if word == "start_run":
        return [RunStarted(value, tuple(concerned))]
    if word == "close" and value == "every":
        return [InvolvementClosed(n, kind) for n in concerned for kind, _ in facts.children[n].accountable]
    return _of_an_involvement(facts, word, pathway.origin if value == "origin" else value, to, concerned, child)


def _of_an_involvement(
    facts: Facts, word: str, kind: str, to: str, concerned: list[Child], child: Child | None
) -> list[Effect]:
    """An involvement of this kind opened, closed, allocated, or made that of the main contact."""
    match word:
        case "open":
            return [_opened(facts, n, kind, to) for n in concerned]
        case "allocate":
            return [Allocated(n, kind, to) for n in concerned if facts.children[n].holder_of(kind) not in {None, to}]
        case "main_contact":
            return [MainContactChanged(n, kind) for n in concerned]
        case _:
            return _all_closed(facts, kind, child)


def _opened(facts: Facts, child: Child, kind: str, to: str) -> Effect:
    """The involvement opened; where the child has it already, only who is accountable changes."""
    return Allocated(child, kind, to) if facts.children[child].holder_of(kind) else InvolvementOpened(child, kind, to)


def _all_closed(facts: Facts, kind: str, child: Child | None) -> list[Effect]:
    """The involvement of the child, or of every child who has it open, those with an outcome too."""
    held = range(len(facts.children)) if child is None else [child]
    return [InvolvementClosed(n, kind) for n in held if facts.children[n].holder_of(kind)]


def _all_reallocated(facts: Facts, leaving: str, to: str) -> list[Effect]:
    """Everything that one person is accountable for, of every child, passes to another."""
    return [
        Allocated(n, kind, to)
        for n, one in enumerate(facts.children)
        for kind, holder in one.accountable
        if holder == leaving
    ]


_OF_THE_RUN: dict[str, Callable[[str], Effect]] = {
    "destination": DestinationChosen,
    "consent": ConsentStands,
    "receiver": ReceiverStands,
    "put_in_queue": QueueJoined,
    "take_from_queue": QueueLeft,
    "put_on_meeting": PutOnMeeting,
    "open_form": FormOpened,
    "open_matter": MatterOpened,
    "settle_matter": MatterSettled,
    "end_run": RunEnded,
}


def applicable_children(pathway: Pathway, facts: Facts, step: Step) -> list[Child | None]:
    """For whom the step applies now: [None] for a step of the run, else children; nobody where it does not apply."""
    whose: list[Child | None] = [None] if step.per == "run" else list(range(len(facts.children)))
    return [child for child in whose if applies(pathway, facts, step, child)]
