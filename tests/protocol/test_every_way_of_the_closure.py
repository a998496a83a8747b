"""Every way in which the conditions of York's closure can stand together (missing, met, excepted), asked of `decide`.

The conditions are those that tests/web writes out by hand for the same question over HTTP. Every way of closing to
universal services and to partner-led early help is tried. Of the targeted closure there are a million: every set of
missing conditions is tried, and every way to be met or excepted with at most two of the other conditions missing;
HANDHOLD_EVERY_SUBSET=1 tries the million.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pytest

from handhold.protocol.deciding import Decision, Reason, Refused, decide
from handhold.protocol.exploring import start_of
from handhold.protocol.facts import Act, Facts, StepFact
from handhold.protocol.pathways import Pathway
from tests.web.closure_conditions import (
    ASKED,
    CONDITIONS,
    CONSIDERED,
    EXCEPTED,
    MET,
    MISSING,
    NOT_ASKED_FOR,
    OUTCOMES,
    State,
    every_state,
)

EVERY_SUBSET = os.environ.get("HANDHOLD_EVERY_SUBSET") == "1"
FEW = 2
BY = frozenset({"responsible-worker"})
GATES = {"consent": "no-consent", "lead-answer": "no-receiver", "support-decided": "no-receiver"}
"""The hard gate that stands beside a step that is missing."""


@dataclass
class Tried:
    """What `decide` answered to the ways that it was asked."""

    ways: int = 0
    allowed: int = 0
    wrong: list[tuple[State, set[str], set[str]]] = field(default_factory=list)


def ask_all(pathway: Pathway, destination: str, states: Iterable[State], *, hides: str = "") -> Tried:
    """Asks whether the child can be closed in each state. `hides`: a step whose absence the facts do not show."""
    conditions = CONDITIONS[destination]
    slots = [pathway.slots(1)[one.step, 0 if one.per_child else None] for one in conditions]
    met = [StepFact(one.outcome) for one in conditions]
    others = {MISSING: StepFact(), NOT_ASKED_FOR: StepFact(), EXCEPTED: StepFact(exception="granted")}
    others[ASKED] = StepFact(exception="asked")
    act = Act("record", "case-closed", OUTCOMES[destination], 0, BY)
    begun, tried = start_with(pathway, destination), Tried()
    for state in states:
        steps, missing = list(begun.steps), set()
        for condition, slot, fact, way in zip(conditions, slots, met, state[1:], strict=True):
            steps[slot] = fact if way == MET or condition.step == hides else others[way]
            if way in {MISSING, ASKED}:
                missing.add(condition.step)
        answer = decide(pathway, facts_of(begun, steps, missing, concern=state[0] == MISSING), act)
        named = {one.step if one.problem == "step-missing" else one.problem for one in reasons(answer)}
        expected = missing | {GATES[step] for step in missing & GATES.keys()}
        expected |= {"matter-open"} if state[0] == MISSING else set()
        expected |= {"not-offered"} if CONSIDERED in missing else set()
        tried.ways += 1
        tried.allowed += not named
        if named != expected:
            tried.wrong.append((state, expected, named))
    return tried


def start_with(pathway: Pathway, destination: str) -> Facts:
    """A run of one child for which that destination was chosen."""
    begun = start_of(pathway, 1)
    steps = list(begun.steps)
    steps[pathway.slots(1)[CONSIDERED, None]] = StepFact(destination)
    return begun._replace(steps=tuple(steps), destination=destination, consent="live", receiver="accepted")


def facts_of(begun: Facts, steps: list[StepFact], missing: set[str], *, concern: bool) -> Facts:
    """The facts with what follows from the steps that are missing."""
    gates = {GATES[step] for step in missing & GATES.keys()}
    return begun._replace(
        steps=tuple(steps),
        destination=None if CONSIDERED in missing else begun.destination,
        consent="none" if "no-consent" in gates else "live",
        receiver="asked" if "no-receiver" in gates else "accepted",
        matters=frozenset({"concern-undecided"} if concern else ()),
    )


def reasons(answer: Decision) -> tuple[Reason, ...]:
    """Why it was refused; nothing where it was not."""
    return answer.reasons if isinstance(answer, Refused) else ()


def enough_of(destination: str) -> Iterator[State]:
    """Of a closure with too many ways: as the head of this module says."""
    can_be_excepted = [False, *(bool(one.exception) for one in CONDITIONS[destination])]
    for state in every_state(destination):
        hard_missing = sum(way == MISSING and not soft for way, soft in zip(state, can_be_excepted, strict=True))
        if EVERY_SUBSET or EXCEPTED not in state or hard_missing <= FEW:
            yield state


@pytest.mark.parametrize("destination", ["universal", "partner-led"])
def test_every_way_is_answered_with_exactly_what_is_missing(step_down: Pathway, destination: str) -> None:
    tried = ask_all(step_down, destination, every_state(destination, with_asked=destination == "universal"))
    assert tried.wrong[:3] == []
    exceptable = sum(bool(one.exception) for one in CONDITIONS[destination])
    assert tried.allowed == 2**exceptable, "met or excepted, and nothing else closes"


def test_the_ways_of_the_targeted_closure_are_answered_with_exactly_what_is_missing(step_down: Pathway) -> None:
    tried = ask_all(step_down, "targeted", enough_of("targeted"))
    assert tried.wrong[:3] == []
    exceptable = sum(bool(one.exception) for one in CONDITIONS["targeted"])
    assert tried.allowed == 2**exceptable, "where the joint meeting was excepted, the new practitioner met the family"
    assert tried.ways > 2 ** len(CONDITIONS["targeted"]), "every set of missing conditions, with a concern and without"


def test_a_condition_that_nobody_asks_for_would_be_found(step_down: Pathway) -> None:
    tried = ask_all(step_down, "universal", every_state("universal"), hides="ending-visit")
    assert tried.wrong
