"""The facts after an act: `apply` folds effects into facts. Pure, total, and the same for pages, explorer and tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from handhold.protocol import effects as e
from handhold.protocol.facts import ChildFacts, Facts, StepFact, weightiest, with_holder
from handhold.protocol.pathways import Pathway

LAST_ROUND_COUNTED = 3
"""Rounds are counted to here; a later one is `third or later`, so that the facts stay finite."""


def first_facts(pathway: Pathway, children: tuple[ChildFacts, ...], known: frozenset[str] = frozenset()) -> Facts:
    """The facts of a run that has just begun for these children."""
    return Facts(steps=(StepFact(),) * len(pathway.slots(len(children))), children=children, known=known)


def apply(pathway: Pathway, facts: Facts, effects: Iterable[e.Effect]) -> Facts:
    """The facts after these effects, one after the other."""
    draft = _Draft(pathway, facts)
    for effect in effects:
        _CHANGES[type(effect)](draft, effect)
    return draft.finished()


class _Draft:
    """Facts while effects change them, one after the other."""

    def __init__(self, pathway: Pathway, facts: Facts) -> None:
        self.pathway = pathway
        self.slots = pathway.slots(len(facts.children))
        self.steps = list(facts.steps)
        self.children = list(facts.children)
        self.destination = facts.destination
        self.consent = facts.consent
        self.receiver = facts.receiver
        self.matters = facts.matters
        self.queues = facts.queues
        self.ended = facts.ended
        self.known = facts.known
        self.elapsed = facts.elapsed

    def finished(self) -> Facts:
        """The facts as they stand now."""
        return Facts(
            tuple(self.steps),
            tuple(_with_contact(child) for child in self.children),
            self.destination,
            self.consent,
            self.receiver,
            self.matters,
            self.queues,
            self.ended,
            self.known,
            self.elapsed,
        )


def _with_contact(child: ChildFacts) -> ChildFacts:
    """A child whose main contact has gone with an act, and whom others still hold, rings the first of those."""
    if child.main_contact or not child.accountable:
        return child
    return child._replace(main_contact=weightiest(kind for kind, _ in child.accountable))


def _step_recorded(draft: _Draft, effect: e.StepRecorded) -> None:
    slot = draft.slots[effect.step, effect.child]
    fact = draft.steps[slot]
    late = fact.late and _runs_on(draft, effect.step)
    draft.steps[slot] = StepFact(effect.outcome, _round_of_next_record(fact), None, late)
    _restart_clocks(draft, effect.step)
    draft.elapsed -= draft.pathway.steps_not_before(effect.step)


def _runs_on(draft: _Draft, step: str) -> bool:
    """Whether the limit of a step does not end with the step itself."""
    within = draft.pathway.steps[step].within
    return within is not None and within.until is not None


def _step_voided(draft: _Draft, effect: e.StepVoided) -> None:
    for one in draft.pathway.slots_of(effect.step, len(draft.children)):
        slot = draft.slots[one]
        fact = draft.steps[slot]
        if fact.outcome or fact.exception:
            late = fact.late and _runs_on(draft, effect.step)
            draft.steps[slot] = StepFact(None, min(fact.round + 1, LAST_ROUND_COUNTED), None, late)
    draft.elapsed -= draft.pathway.steps_not_before(effect.step)


def _exception_asked(draft: _Draft, effect: e.ExceptionAsked) -> None:
    slot = draft.slots[effect.step, effect.child]
    draft.steps[slot] = draft.steps[slot]._replace(exception="asked")


def _exception_decided(draft: _Draft, effect: e.ExceptionDecided) -> None:
    slot, granted = draft.slots[effect.step, effect.child], effect.granted
    fact = draft.steps[slot]
    draft.steps[slot] = fact._replace(exception="granted" if granted else None, late=fact.late and not granted)


def _held_by(draft: _Draft, effect: e.InvolvementOpened | e.Allocated) -> None:
    draft.children[effect.child] = with_holder(draft.children[effect.child], effect.kind, effect.holder)


def _involvement_closed(draft: _Draft, effect: e.InvolvementClosed) -> None:
    """A main contact who was accountable for what is closed is so no more."""
    child = draft.children[effect.child]
    contact = None if child.main_contact == effect.kind else child.main_contact
    draft.children[effect.child] = with_holder(child, effect.kind, None)._replace(main_contact=contact)


def _held_elsewhere(draft: _Draft, effect: e.HeldElsewhere) -> None:
    _involvement_closed(draft, e.InvolvementClosed(effect.child, effect.kind))
    if effect.outcome:
        draft.children[effect.child] = draft.children[effect.child]._replace(outcome=effect.outcome)


def _main_contact_changed(draft: _Draft, effect: e.MainContactChanged) -> None:
    draft.children[effect.child] = draft.children[effect.child]._replace(main_contact=effect.kind)


def _destination_chosen(draft: _Draft, effect: e.DestinationChosen) -> None:
    draft.destination = effect.destination


def _consent_stands(draft: _Draft, effect: e.ConsentStands) -> None:
    draft.consent = effect.state


def _receiver_stands(draft: _Draft, effect: e.ReceiverStands) -> None:
    draft.receiver = effect.state


def _queue_joined(draft: _Draft, effect: e.QueueJoined) -> None:
    draft.queues |= {effect.queue}


def _queue_left(draft: _Draft, effect: e.QueueLeft) -> None:
    draft.queues -= {effect.queue}


def _matter_opened(draft: _Draft, effect: e.MatterOpened) -> None:
    draft.matters |= {effect.matter}


def _matter_settled(draft: _Draft, effect: e.MatterSettled) -> None:
    draft.matters -= {effect.matter}


def _child_ended(draft: _Draft, effect: e.ChildEnded) -> None:
    draft.children[effect.child] = draft.children[effect.child]._replace(outcome=effect.outcome)


def _run_ended(draft: _Draft, effect: e.RunEnded) -> None:
    draft.children = [one if one.outcome else one._replace(outcome=effect.ending) for one in draft.children]
    draft.ended = effect.ending
    draft.queues = frozenset()


def _changes_no_fact(_: _Draft, __: e.PutOnMeeting | e.FormOpened | e.RunStarted) -> None:
    """What only the records tell."""


_CHANGES: dict[type, Callable[[_Draft, Any], None]] = {
    e.StepRecorded: _step_recorded,
    e.StepVoided: _step_voided,
    e.ExceptionAsked: _exception_asked,
    e.ExceptionDecided: _exception_decided,
    e.InvolvementOpened: _held_by,
    e.Allocated: _held_by,
    e.InvolvementClosed: _involvement_closed,
    e.MainContactChanged: _main_contact_changed,
    e.DestinationChosen: _destination_chosen,
    e.ConsentStands: _consent_stands,
    e.ReceiverStands: _receiver_stands,
    e.QueueJoined: _queue_joined,
    e.QueueLeft: _queue_left,
    e.MatterOpened: _matter_opened,
    e.MatterSettled: _matter_settled,
    e.ChildEnded: _child_ended,
    e.RunEnded: _run_ended,
    e.PutOnMeeting: _changes_no_fact,
    e.FormOpened: _changes_no_fact,
    e.RunStarted: _changes_no_fact,
    e.HeldElsewhere: _held_elsewhere,
}
"""What each kind of effect changes."""


def _round_of_next_record(fact: StepFact) -> int:
    """A step that stood at an outcome comes to its next round when it is recorded again."""
    return min(fact.round + 1, LAST_ROUND_COUNTED) if fact.outcome else fact.round


def _restart_clocks(draft: _Draft, started_by: str) -> None:
    """Limits that run from a step begin anew when it is recorded; a second concern gives the first no more time (Y52).

    It is recorded before what it opens: so a concern is the second where another is undecided still.
    """
    if draft.pathway.steps[started_by].kind == "concern" and "concern-undecided" in draft.matters:
        return
    for step in draft.pathway.steps_limited_by(started_by):
        for one in draft.pathway.slots_of(step, len(draft.children)):
            slot = draft.slots[one]
            if draft.steps[slot].late:
                draft.steps[slot] = draft.steps[slot]._replace(late=False)
