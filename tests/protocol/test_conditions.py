"""Each word of a condition: when it holds, when it does not, and from where it is asked."""

from __future__ import annotations

from typing import Any

import pytest

from handhold.protocol.applying import first_facts
from handhold.protocol.conditions import applies, holds, is_done, is_settled, unsettled
from handhold.protocol.definition import Condition
from handhold.protocol.facts import ChildFacts, Facts, StepFact, held
from handhold.protocol.pathways import Pathway
from tests.protocol.building import closure, pathway, step

CHILD = ChildFacts(held(("assessment", "responsible-worker")), "assessment")
RULE = {"kinds": ["declined"], "decided_by": ["team-manager"]}
TRIED = pathway(
    step("asked", {"yes": {}, "no": {"done": False}}, exception=RULE),
    step("each", {"yes": {}, "no": {"done": False}}, per="child"),
    closure("asked", "each"),
)


def facts(children: int = 1, **changed: Any) -> Facts:
    return first_facts(TRIED, (CHILD,) * children)._replace(**changed)


def standing(tried: Pathway, before: Facts, name: str, fact: StepFact, child: int | None = None) -> Facts:
    slot = tried.slots(len(before.children))[name, child]
    return before._replace(steps=(*before.steps[:slot], fact, *before.steps[slot + 1 :]))


def asked(fact: StepFact) -> Facts:
    return standing(TRIED, facts(), "asked", fact)


WORDS: list[tuple[dict[str, Any], Facts, Facts]] = [
    ({"destination": ["help"]}, facts(destination="help"), facts()),
    ({"receiver": ["asked", "accepted"]}, facts(receiver="asked"), facts()),
    ({"matter": "section-47-open"}, facts(matters=frozenset({"section-47-open"})), facts()),
    ({"outcome": {"asked": ["yes"]}}, asked(StepFact("yes")), asked(StepFact("no"))),
    ({"not_outcome": {"asked": ["yes"]}}, asked(StepFact("no")), asked(StepFact("yes"))),
    ({"excepted": ["asked"]}, asked(StepFact(exception="granted")), asked(StepFact(exception="asked"))),
    ({"late": ["asked"]}, asked(StepFact(late=True)), asked(StepFact())),
    ({"round_at_least": {"asked": 2}}, asked(StepFact(round=2)), asked(StepFact(round=1))),
    (
        {"any_of": [{"destination": ["help"]}, {"late": ["asked"]}]},
        asked(StepFact(late=True)),
        asked(StepFact("yes")),
    ),
    (
        {"destination": ["help"], "late": ["asked"]},
        asked(StepFact(late=True))._replace(destination="help"),
        asked(StepFact(late=True)),
    ),
]


@pytest.mark.parametrize(
    ("written", "holding", "not_holding"), WORDS, ids=[" ".join(written) for written, _, _ in WORDS]
)
def test_a_word_holds_and_does_not(written: dict[str, Any], holding: Facts, not_holding: Facts) -> None:
    condition = Condition.model_validate(written)
    assert holds(condition, TRIED, holding, None)
    assert not holds(condition, TRIED, not_holding, None)


def test_no_condition_always_holds() -> None:
    assert holds(None, TRIED, facts(), None)


def test_the_run_sees_a_step_of_any_child_and_a_child_its_own() -> None:
    condition = Condition.model_validate({"outcome": {"each": ["yes"]}})
    second = standing(TRIED, facts(2), "each", StepFact("yes"), 1)
    assert holds(condition, TRIED, second, None)
    assert holds(condition, TRIED, second, 1)
    assert not holds(condition, TRIED, second, 0)


def test_a_step_for_a_child_with_an_outcome_applies_no_more() -> None:
    ended = facts(2)._replace(children=(CHILD._replace(outcome="early-help"), CHILD))
    each = TRIED.steps["each"]
    assert not applies(TRIED, ended, each, 0)
    assert applies(TRIED, ended, each, 1)


@pytest.mark.parametrize(
    ("fact", "is_it"),
    [
        (StepFact(), False),
        (StepFact("yes"), True),
        (StepFact("no"), False),
        (StepFact(exception="asked"), False),
        (StepFact(exception="granted"), True),
        (StepFact("no", exception="granted"), True),
    ],
)
def test_a_step_is_done_by_an_outcome_that_counts_or_by_a_granted_exception(fact: StepFact, is_it: bool) -> None:
    assert is_done(TRIED, asked(fact), TRIED.steps["asked"], None) == is_it
    assert is_settled(TRIED, asked(fact), TRIED.steps["asked"], None) == is_it


def test_a_child_waits_for_its_own_step_and_the_run_for_all() -> None:
    first = standing(TRIED, facts(2), "each", StepFact("yes"), 0)
    assert unsettled(TRIED, first, "each", 0) == []
    assert unsettled(TRIED, first, "each", 1) == [1]
    assert unsettled(TRIED, first, "each", None) == [1]


def test_a_child_is_asked_for_its_own_involvement_and_the_run_for_that_of_any() -> None:
    opened = Condition.model_validate({"involvement_open": "early-help"})
    closed = Condition.model_validate({"involvement_not_open": "early-help"})
    helped = CHILD._replace(accountable=(*CHILD.accountable, ("early-help", "receiver")))
    mixed = facts(2)._replace(children=(helped, CHILD))
    assert holds(opened, TRIED, mixed, None)
    assert holds(opened, TRIED, mixed, 0)
    assert not holds(opened, TRIED, mixed, 1)
    assert holds(closed, TRIED, mixed, 1)
    assert not holds(closed, TRIED, mixed, None)
