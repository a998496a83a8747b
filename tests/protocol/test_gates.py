"""Each step of York's step down with every subset of what it waits for missing: refused, naming just what is missing.

Up to fourteen gates every subset is tried. Of more, every pair is, missing and done alone, and some thousand subsets
beside. Each gate that can be excepted is excepted alone.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import pytest

from handhold.protocol.conditions import applies
from handhold.protocol.deciding import Allowed, Refused, decide
from handhold.protocol.definition import Step
from handhold.protocol.exploring import start_of
from handhold.protocol.facts import Act, Facts, StepFact
from handhold.protocol.loading import latest_version, load_protocol
from handhold.protocol.pathways import Pathway
from tests.protocol.small_protocol import PROTOCOLS

YORK = load_protocol(latest_version(PROTOCOLS, "york")).pathways["assessment-to-early-help"]
ALL_SUBSETS_UP_TO = 14
SUBSETS_OF_MORE = 2000


class Gated(NamedTuple):
    """A step on the way to one destination, with the outcome that is tried."""

    destination: str
    step: str
    outcome: str


def gated_steps() -> Iterator[Gated]:
    """Every step that waits for others, for each destination at which it and its outcome are offered."""
    for destination in YORK.file.destinations:
        for step in YORK.steps.values():
            facts = facts_where_all_is_done(destination, step)
            if step.after and applies(YORK, facts, step, child_of(step)):
                offered = (name for name in step.outcomes if isinstance(tried(facts, step, name), Allowed))
                yield Gated(destination, step.id, next(offered))


def child_of(step: Step) -> int | None:
    return 0 if step.per == "child" else None


def facts_where_all_is_done(destination: str, step: Step) -> Facts:
    """Everything that the step waits for is done, consent is live and a receiver has accepted."""
    facts = start_of(YORK, 1)._replace(destination=destination, consent="live", receiver="accepted")
    return with_steps(facts, {name: StepFact(done_outcome(YORK, name)) for name in step.after})


def done_outcome(pathway: Pathway, name: str) -> str:
    return next(outcome for outcome, rule in pathway.steps[name].outcomes.items() if rule.done)


def with_steps(facts: Facts, changed: dict[str, StepFact]) -> Facts:
    slots = YORK.slots(1)
    steps = list(facts.steps)
    for name, fact in changed.items():
        steps[slots[name, child_of(YORK.steps[name])]] = fact
    return facts._replace(steps=tuple(steps))


def tried(facts: Facts, step: Step, outcome: str) -> Allowed | Refused:
    rule = step.outcomes[outcome]
    words = frozenset((*step.asks, *rule.asks))
    who = frozenset(rule.who or step.who)
    answer = decide(YORK, facts, Act("record", step.id, outcome, child_of(step), who, words=words, has_reason=True))
    assert isinstance(answer, Allowed | Refused)
    return answer


def subsets(names: list[str]) -> Iterator[frozenset[str]]:
    """Every subset of a few names; of many, none, all, each and each pair, missing and alone, and some more by lot."""
    if len(names) <= ALL_SUBSETS_UP_TO:
        for size in range(len(names) + 1):
            yield from map(frozenset, combinations(names, size))
        return
    for size in range(3):
        for few in combinations(names, size):
            yield frozenset(few)
            yield frozenset(names) - set(few)
    lot = random.Random(len(names))
    for _ in range(SUBSETS_OF_MORE):
        yield frozenset(name for name in names if lot.random() < 0.5)


@pytest.mark.parametrize("gated", list(gated_steps()), ids=" ".join)
def test_every_subset_of_missing_steps_is_refused_by_name_and_none_is_allowed(gated: Gated) -> None:
    step = YORK.steps[gated.step]
    whole = facts_where_all_is_done(gated.destination, step)
    assert isinstance(tried(whole, step, gated.outcome), Allowed), "with nothing missing it goes through"
    for missing in subsets(step.after):
        facts = with_steps(whole, {name: StepFact() for name in missing})
        expected = {name for name in missing if applies(YORK, facts, YORK.steps[name], child_of(YORK.steps[name]))}
        answer = tried(facts, step, gated.outcome)
        if isinstance(answer, Allowed):
            assert not expected
        else:
            named = {reason.step for reason in answer.reasons if reason.problem == "step-missing"}
            assert named == expected


@pytest.mark.parametrize("gated", list(gated_steps()), ids=" ".join)
def test_a_gate_that_was_excepted_is_open_and_one_that_was_only_asked_for_is_not(gated: Gated) -> None:
    step = YORK.steps[gated.step]
    whole = facts_where_all_is_done(gated.destination, step)
    for name in step.after:
        if YORK.steps[name].exception is None:
            continue
        granted = with_steps(whole, {name: StepFact(exception="granted")})
        assert name not in missing_in(granted, step, gated.outcome)
        asked = with_steps(whole, {name: StepFact(exception="asked")})
        applicable = applies(YORK, asked, YORK.steps[name], child_of(YORK.steps[name]))
        assert (name in missing_in(asked, step, gated.outcome)) == applicable


def missing_in(facts: Facts, step: Step, outcome: str) -> set[str]:
    answer = tried(facts, step, outcome)
    return {reason.step for reason in answer.reasons} if isinstance(answer, Refused) else set()


def test_the_gates_of_the_closure_are_many() -> None:
    tried_closures = [gated for gated in gated_steps() if gated.step == "case-closed"]
    assert {gated.destination for gated in tried_closures} == set(YORK.file.destinations)


@pytest.mark.parametrize("destination", YORK.file.destinations)
def test_the_hard_gates_of_the_closure_stand_whatever_else_is_done(destination: str) -> None:
    step = YORK.steps["case-closed"]
    whole = facts_where_all_is_done(destination, step)
    outcome = next(name for name in step.outcomes if isinstance(tried(whole, step, name), Allowed))
    helps = YORK.file.destinations[destination].early_help
    matters = (
        "concern-undecided",
        "strategy-discussion-open",
        "section-47-open",
        "assessment-unfinished",
        "protection-plan",
    )
    for count in range(len(matters) + 1):
        for open_now in combinations(matters, count):
            for consent in ("live", "not-live", "none"):
                for receiver in ("accepted", "asked", "none"):
                    facts = whole._replace(matters=frozenset(open_now), consent=consent, receiver=receiver)
                    expected = {("matter-open", matter) for matter in open_now}
                    expected |= {("no-consent", consent)} if helps and consent != "live" else set()
                    expected |= {("no-receiver", receiver)} if helps and receiver != "accepted" else set()
                    answer = tried(facts, step, outcome)
                    found = (
                        set() if isinstance(answer, Allowed) else {(one.problem, one.what) for one in answer.reasons}
                    )
                    assert found == expected
