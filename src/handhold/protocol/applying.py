"""The facts after an act: `apply` folds effects into facts. Pure, total, and the same for pages, explorer and tests."""

from __future__ import annotations

from collections.abc import Iterable

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
        facts = _apply_one(pathway, facts, effect)
    return facts


def _apply_one(pathway: Pathway, facts: Facts, effect: e.Effect) -> Facts:
    match effect:
        case e.StepRecorded(step, child, outcome):
            fact = _fact(pathway, facts, step, child)
            recorded = StepFact(outcome, _round_of_next_record(fact), None, False)
            return _restart_clocks(pathway, _with_fact(pathway, facts, step, child, recorded), step)
        case e.StepVoided(step):
            return _void(pathway, facts, step)
        case e.ExceptionAsked(step, child, _):
            asked = _fact(pathway, facts, step, child)._replace(exception="asked")
            return _with_fact(pathway, facts, step, child, asked)
        case e.ExceptionDecided(step, child, granted):
            fact = _fact(pathway, facts, step, child)
            decided = fact._replace(exception="granted" if granted else None, late=fact.late and not granted)
            return _with_fact(pathway, facts, step, child, decided)
        case e.InvolvementOpened(child, kind, holder) | e.Allocated(child, kind, holder):
            return _with_child(facts, child, with_holder(facts.children[child], kind, holder))
        case e.InvolvementClosed(child, kind):
            return _with_child(facts, child, _without(facts.children[child], kind))
        case e.MainContactChanged(child, kind):
            return _with_child(facts, child, facts.children[child]._replace(main_contact=kind))
        case e.DestinationChosen(destination):
            return facts._replace(destination=destination)
        case e.ConsentStands(state):
            return facts._replace(consent=state)
        case e.ReceiverStands(state):
            return facts._replace(receiver=state)
        case e.QueueJoined(queue):
            return facts._replace(queues=facts.queues | {queue})
        case e.QueueLeft(queue):
            return facts._replace(queues=facts.queues - {queue})
        case e.MatterOpened(matter):
            return facts._replace(matters=facts.matters | {matter})
        case e.MatterSettled(matter):
            return facts._replace(matters=facts.matters - {matter})
        case e.ChildEnded(child, outcome):
            return _with_child(facts, child, facts.children[child]._replace(outcome=outcome))
        case e.RunEnded(ending):
            children = tuple(one if one.outcome else one._replace(outcome=ending) for one in facts.children)
            return facts._replace(children=children, ended=ending, queues=frozenset())
        case e.PutOnMeeting() | e.FormOpened():
            return facts


def _round_of_next_record(fact: StepFact) -> int:
    """A step that stood at an outcome comes to its next round when it is recorded again."""
    return min(fact.round + 1, LAST_ROUND_COUNTED) if fact.outcome else fact.round


def _void(pathway: Pathway, facts: Facts, step: str) -> Facts:
    for _, child in pathway.slots_of(step, len(facts.children)):
        fact = _fact(pathway, facts, step, child)
        if fact.outcome or fact.exception:
            opened = StepFact(None, min(fact.round + 1, LAST_ROUND_COUNTED), None, False)
            facts = _with_fact(pathway, facts, step, child, opened)
    return facts


def _restart_clocks(pathway: Pathway, facts: Facts, started_by: str) -> Facts:
    """Limits that run from a step begin anew when it is recorded."""
    for step in pathway.steps_limited_by(started_by):
        for _, child in pathway.slots_of(step, len(facts.children)):
            fact = _fact(pathway, facts, step, child)
            if fact.late:
                facts = _with_fact(pathway, facts, step, child, fact._replace(late=False))
    return facts


def _without(child: ChildFacts, kind: str) -> ChildFacts:
    """The child with this involvement closed; a main contact who was its accountable person is so no more."""
    closed = with_holder(child, kind, None)
    return closed._replace(main_contact=None) if child.main_contact == kind else closed


def _fact(pathway: Pathway, facts: Facts, step: str, child: Child | None) -> StepFact:
    return facts.steps[pathway.slots(len(facts.children))[step, child]]


def _with_fact(pathway: Pathway, facts: Facts, step: str, child: Child | None, fact: StepFact) -> Facts:
    slot = pathway.slots(len(facts.children))[step, child]
    return facts._replace(steps=(*facts.steps[:slot], fact, *facts.steps[slot + 1 :]))


def _with_child(facts: Facts, position: Child, child: ChildFacts) -> Facts:
    return facts._replace(children=(*facts.children[:position], child, *facts.children[position + 1 :]))
