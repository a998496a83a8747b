"""Every way in which `decide` refuses, asks for a reason or allows; beside each refusal the act that goes through."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from handhold.protocol.applying import apply, first_facts
from handhold.protocol.deciding import Allowed, NeedsReason, Problem, Refused, decide
from handhold.protocol.effects import ExceptionAsked, ExceptionDecided, RunEnded, StepRecorded
from handhold.protocol.facts import Act, ChildFacts, Facts, held
from handhold.protocol.pathways import Pathway
from tests.protocol.building import HELP_BEGINS, closure, concern_steps, pathway, step

RULE = {"kinds": ["declined", "unsafe"], "decided_by": ["team-manager"]}
WORKER = frozenset({"responsible-worker"})
MANAGER = frozenset({"team-manager"})
TRIED = pathway(
    step("chosen", {"help": {"effects": [{"destination": "help"}]}, "later": {"when": {"receiver": ["accepted"]}}}),
    step("consent", {"given": {"effects": [{"consent": "live"}]}, "refused": {"done": False}}, kind="consent"),
    step(
        "answer", {"yes": {"effects": [{"receiver": "accepted"}]}}, who=["receiver"], kind="acceptance", exception=RULE
    ),
    step("visit", {"done": {}, "signpost": {"forbidden": "Choose done instead"}}, kind="visit", exception=RULE),
    step("plan", kind="plan", asks=["outstanding-need"]),
    step("targeted", when={"destination": ["nothing"]}),
    step(
        "overseen",
        {"agreed": {}, "back": {"done": False, "needs_reason": True}},
        who=["team-manager", "responsible-worker"],
        not_by_author_of=["plan"],
    ),
    step("farewell", not_before={"setting": "any", "of": "visit"}),
    closure("visit", "plan", effects=HELP_BEGINS),
    beside=(*concern_steps(), step("stopped", {"stopped": {"effects": [{"end_run": "stays"}]}})),
)
START = first_facts(TRIED, (ChildFacts(held(("assessment", "responsible-worker")), "assessment"),))


def act(step: str, outcome: str, **more: Any) -> Act:
    usual: dict[str, Any] = {"by": WORKER, "words": frozenset({"outstanding-need"}), "has_reason": True}
    return Act("record", step, outcome, **{**usual, **more})


def done(facts: Facts, *acts: Act) -> Facts:
    for one in acts:
        answer = decide(TRIED, facts, one)
        assert isinstance(answer, Allowed), answer
        facts = apply(TRIED, facts, answer.effects)
    return facts


def problems(facts: Facts, one: Act) -> list[tuple[str, str]]:
    answer = decide(TRIED, facts, one)
    return (
        [(reason.problem, reason.what or reason.step) for reason in answer.reasons]
        if isinstance(answer, Refused)
        else []
    )


VISITED = act("visit", "done")
PLANNED = act("plan", "done")
CONSENTED = act("consent", "given")
ANSWERED = act("answer", "yes", by=frozenset({"receiver"}))
CLOSED = act("closed", "closed", child=0)
READY = (VISITED, PLANNED, CONSENTED, ANSWERED)

REFUSALS: dict[Problem, tuple[tuple[Act, ...], Act, tuple[Act, ...], Act]] = {
    # what was done before the refused act, the refused act, what was done before the allowed one, the allowed one
    "run-over": ((act("stopped", "stopped"),), CONSENTED, (), CONSENTED),
    "does-not-apply": ((), act("targeted", "done"), (), VISITED),
    "not-offered": ((), act("chosen", "later"), (ANSWERED,), act("chosen", "later")),
    "already-done": ((VISITED,), VISITED, (), VISITED),
    "not-yours": ((), act("visit", "done", by=MANAGER), (), VISITED),
    "own-work": (
        (PLANNED,),
        act("overseen", "agreed", own=frozenset({"plan"})),
        (PLANNED,),
        act("overseen", "agreed", by=MANAGER),
    ),
    "step-missing": ((VISITED, CONSENTED, ANSWERED), CLOSED, READY, CLOSED),
    "word-missing": ((), act("plan", "done", words=frozenset()), (), PLANNED),
    "matter-open": ((*READY, act("concern-reported", "reported")), CLOSED, READY, CLOSED),
    "no-consent": ((VISITED, PLANNED, ANSWERED), CLOSED, READY, CLOSED),
    "no-receiver": ((VISITED, PLANNED, CONSENTED), CLOSED, READY, CLOSED),
    "too-early": ((VISITED,), act("farewell", "done"), (), VISITED),
    "no-exception": ((), Act("ask-exception", "plan", "declined", by=WORKER, has_reason=True), (), VISITED),
    "forbidden-choice": ((), act("visit", "signpost"), (), VISITED),
    "exception-not-asked": ((), Act("decide-exception", "visit", "granted", by=MANAGER, has_reason=True), (), VISITED),
}


def test_every_problem_has_its_refusal() -> None:
    of_corrections = {"rests-on-it"}  # test_correcting
    assert set(REFUSALS) == set(get_args(Problem)) - of_corrections


@pytest.mark.parametrize("problem", REFUSALS)
def test_the_act_is_refused_for_this_alone_and_goes_through_without_it(problem: Problem) -> None:
    before, refused, before_allowed, allowed = REFUSALS[problem]
    found = problems(done(START, *before), refused)
    assert [one for one, _ in found] == [problem]
    assert isinstance(decide(TRIED, done(START, *before_allowed), allowed), Allowed)


def test_all_that_is_missing_is_said_at_once_in_the_order_of_the_protocol() -> None:
    facts = done(START, act("concern-reported", "reported", by=frozenset()))
    found = problems(facts, act("closed", "closed", child=0, by=MANAGER))
    assert found == [
        ("not-yours", "closed"),
        ("step-missing", "visit"),
        ("step-missing", "plan"),
        ("matter-open", "concern-undecided"),
        ("no-consent", "none"),
        ("no-receiver", "none"),
    ]


def test_a_reason_is_asked_of_who_may_do_it_and_of_nobody_else() -> None:
    sent_back = act("overseen", "back", by=MANAGER, has_reason=False)
    assert decide(TRIED, START, sent_back) == NeedsReason("overseen", ("team-manager", "responsible-worker"))
    assert isinstance(decide(TRIED, START, sent_back._replace(has_reason=True)), Allowed)
    assert isinstance(decide(TRIED, START, sent_back._replace(by=frozenset({"receiver"}))), Refused)


def asked(**more: Any) -> Act:
    return Act("ask-exception", "visit", "declined", **{"by": WORKER, "has_reason": True, **more})


def decided(answer: str, **more: Any) -> Act:
    return Act("decide-exception", "visit", answer, **{"by": MANAGER, "has_reason": True, **more})


def test_an_exception_is_asked_with_a_reason_and_granted_by_another_with_a_reason() -> None:
    assert isinstance(decide(TRIED, START, asked(has_reason=False)), NeedsReason)
    assert decide(TRIED, START, asked()) == Allowed((ExceptionAsked("visit", None, "declined"),))
    waiting = done(START, asked())
    assert isinstance(decide(TRIED, waiting, decided("granted", has_reason=False)), NeedsReason)
    assert decide(TRIED, waiting, decided("granted")) == Allowed((ExceptionDecided("visit", None, True),))


def test_an_exception_that_is_granted_opens_the_gate_and_one_that_is_refused_does_not() -> None:
    others = (PLANNED, CONSENTED, ANSWERED)
    granted = done(START, *others, asked(), decided("granted"))
    assert isinstance(decide(TRIED, granted, CLOSED), Allowed)
    refused = done(START, *others, asked(), decided("refused"))
    assert problems(refused, CLOSED) == [("step-missing", "visit")]
    assert isinstance(decide(TRIED, refused, asked()), Allowed), "it can be asked again"


def test_nobody_grants_an_exception_that_they_asked_for() -> None:
    waiting = done(START, asked())
    assert problems(waiting, decided("granted", own=frozenset({"visit"}))) == [("own-work", "visit")]


def test_only_who_may_do_the_step_asks_and_only_who_decides_grants() -> None:
    assert problems(START, asked(by=MANAGER)) == [("not-yours", "visit")]
    assert problems(done(START, asked()), decided("granted", by=WORKER)) == [("not-yours", "visit")]


def test_an_exception_for_a_kind_that_the_step_does_not_know_is_refused() -> None:
    assert problems(START, asked()._replace(outcome="not-possible")) == [("no-exception", "not-possible")]


@pytest.mark.parametrize("step", ["plan", "consent", "closed", "overseen"])
def test_a_hard_gate_cannot_be_excepted(step: str) -> None:
    for kind in ("declined", "not-possible", "unsafe", "not-applicable"):
        one = Act("ask-exception", step, kind, 0 if step == "closed" else None, WORKER | MANAGER, has_reason=True)
        assert [problem for problem, _ in problems(START, one)] == ["no-exception"]


def test_an_excepted_acceptance_does_not_open_the_gate_of_the_receiver() -> None:
    ask = Act("ask-exception", "answer", "declined", by=frozenset({"receiver"}), has_reason=True)
    grant = Act("decide-exception", "answer", "granted", by=MANAGER, has_reason=True)
    facts = done(START, VISITED, PLANNED, CONSENTED, ask, grant)
    assert problems(facts, CLOSED) == [("no-receiver", "none")]


def test_a_concern_can_be_reported_by_anybody_at_any_moment_of_the_run() -> None:
    assert isinstance(decide(TRIED, START, act("concern-reported", "reported", by=frozenset())), Allowed)


def test_the_last_act_ends_the_run() -> None:
    everything = pathway(step("visit"), closure("visit"))
    facts = first_facts(everything, START.children)
    facts = apply(everything, facts, [StepRecorded("visit", None, "done")])
    answer = decide(everything, facts, CLOSED)
    assert isinstance(answer, Allowed)
    assert answer.effects[-1] == RunEnded("completed")


def test_a_guard_left_out_for_the_proof_lets_only_its_own_problem_pass() -> None:
    facts = done(START, VISITED, ANSWERED)
    assert [problem for problem, _ in problems(facts, CLOSED)] == ["step-missing", "no-consent"]
    answer = decide(TRIED, facts, CLOSED, without="no-consent")
    assert isinstance(answer, Refused)
    assert [reason.problem for reason in answer.reasons] == ["step-missing"]


def test_an_unknown_step_is_a_mistake_of_the_caller(step_down: Pathway) -> None:
    with pytest.raises(KeyError):
        decide(step_down, START, act("no-such-step", "done"))
