"""The facts after an act: `apply` folds effects into facts. Pure, total, and the same for pages, explorer and tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from handhold.protocol import effects as e
from handhold.protocol.facts import Child, ChildFacts, Facts, StepFact, with_holder
from handhold.protocol.pathways import Pathway

LAST_ROUND_COUNTED = 3
"""Rounds are counted to here; a later one is `third or later`, so that the facts stay finite."""


def first_facts(pathway: Pathway, children: tuple[ChildFacts, ...]) -> Facts:
    """The facts of a run that has just begun for these children."""
    return Facts(steps=(StepFact(),) * len(pathway.slots(len(children))), children=children)


def apply(pathway: Pathway, facts: Facts, effects: Iterable[e.Effect]) -> Facts:
    """The facts after these effects, one after the other."""
    for effect in effects:
        facts = _AFTER[type(effect)](pathway, facts, effect)
    return facts


def _step_recorded(pathway: Pathway, facts: Facts, effect: e.StepRecorded) -> Facts:
    fact = _fact(pathway, facts, effect.step, effect.child)
    recorded = StepFact(effect.outcome, _round_of_next_record(fact), None, False)
    return _restart_clocks(pathway, _with_fact(pathway, facts, effect.step, effect.child, recorded), effect.step)


def _step_voided(pathway: Pathway, facts: Facts, effect: e.StepVoided) -> Facts:
    for _, child in pathway.slots_of(effect.step, len(facts.children)):
        fact = _fact(pathway, facts, effect.step, child)
        if fact.outcome or fact.exception:
            opened = StepFact(None, min(fact.round + 1, LAST_ROUND_COUNTED), None, False)
            facts = _with_fact(pathway, facts, effect.step, child, opened)
    return facts


def _exception_asked(pathway: Pathway, facts: Facts, effect: e.ExceptionAsked) -> Facts:
    asked = _fact(pathway, facts, effect.step, effect.child)._replace(exception="asked")
    return _with_fact(pathway, facts, effect.step, effect.child, asked)


def _exception_decided(pathway: Pathway, facts: Facts, effect: e.ExceptionDecided) -> Facts:
    fact = _fact(pathway, facts, effect.step, effect.child)
    granted = effect.granted
    decided = fact._replace(exception="granted" if granted else None, late=fact.late and not granted)
    return _with_fact(pathway, facts, effect.step, effect.child, decided)


def _held_by(_: Pathway, facts: Facts, effect: e.InvolvementOpened | e.Allocated) -> Facts:
    return _with_child(facts, effect.child, with_holder(facts.children[effect.child], effect.kind, effect.holder))


def _involvement_closed(_: Pathway, facts: Facts, effect: e.InvolvementClosed) -> Facts:
    """A main contact who was the closed involvement's accountable person is so no more."""
    child = facts.children[effect.child]
    contact = None if child.main_contact == effect.kind else child.main_contact
    return _with_child(facts, effect.child, with_holder(child, effect.kind, None)._replace(main_contact=contact))


def _main_contact_changed(_: Pathway, facts: Facts, effect: e.MainContactChanged) -> Facts:
    return _with_child(facts, effect.child, facts.children[effect.child]._replace(main_contact=effect.kind))


def _child_ended(_: Pathway, facts: Facts, effect: e.ChildEnded) -> Facts:
    return _with_child(facts, effect.child, facts.children[effect.child]._replace(outcome=effect.outcome))


def _run_ended(_: Pathway, facts: Facts, effect: e.RunEnded) -> Facts:
    children = tuple(one if one.outcome else one._replace(outcome=effect.ending) for one in facts.children)
    return facts._replace(children=children, ended=effect.ending, queues=frozenset())


def _unchanged(_: Pathway, facts: Facts, __: e.PutOnMeeting | e.FormOpened) -> Facts:
    return facts


_AFTER: dict[type, Callable[[Pathway, Facts, Any], Facts]] = {
    e.StepRecorded: _step_recorded,
    e.StepVoided: _step_voided,
    e.ExceptionAsked: _exception_asked,
    e.ExceptionDecided: _exception_decided,
    e.InvolvementOpened: _held_by,
    e.Allocated: _held_by,
    e.InvolvementClosed: _involvement_closed,
    e.MainContactChanged: _main_contact_changed,
    e.DestinationChosen: lambda _, facts, effect: facts._replace(destination=effect.destination),
    e.ConsentStands: lambda _, facts, effect: facts._replace(consent=effect.state),
    e.ReceiverStands: lambda _, facts, effect: facts._replace(receiver=effect.state),
    e.QueueJoined: lambda _, facts, effect: facts._replace(queues=facts.queues | {effect.queue}),
    e.QueueLeft: lambda _, facts, effect: facts._replace(queues=facts.queues - {effect.queue}),
    e.MatterOpened: lambda _, facts, effect: facts._replace(matters=facts.matters | {effect.matter}),
    e.MatterSettled: lambda _, facts, effect: facts._replace(matters=facts.matters - {effect.matter}),
    e.ChildEnded: _child_ended,
    e.RunEnded: _run_ended,
    e.PutOnMeeting: _unchanged,
    e.FormOpened: _unchanged,
}
"""How the facts stand after each kind of effect."""


def _round_of_next_record(fact: StepFact) -> int:
    """A step that stood at an outcome comes to its next round when it is recorded again."""
    return min(fact.round + 1, LAST_ROUND_COUNTED) if fact.outcome else fact.round


def _restart_clocks(pathway: Pathway, facts: Facts, started_by: str) -> Facts:
    """Limits that run from a step begin anew when it is recorded."""
    for step in pathway.steps_limited_by(started_by):
        for _, child in pathway.slots_of(step, len(facts.children)):
            fact = _fact(pathway, facts, step, child)
            if fact.late:
                facts = _with_fact(pathway, facts, step, child, fact._replace(late=False))
    return facts


def _fact(pathway: Pathway, facts: Facts, step: str, child: Child | None) -> StepFact:
    return facts.steps[pathway.slots(len(facts.children))[step, child]]


def _with_fact(pathway: Pathway, facts: Facts, step: str, child: Child | None, fact: StepFact) -> Facts:
    slot = pathway.slots(len(facts.children))[step, child]
    return facts._replace(steps=(*facts.steps[:slot], fact, *facts.steps[slot + 1 :]))


def _with_child(facts: Facts, position: Child, child: ChildFacts) -> Facts:
    return facts._replace(children=(*facts.children[:position], child, *facts.children[position + 1 :]))
