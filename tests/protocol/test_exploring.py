"""The walk over every state: nobody let go and no trap in York, and each mistake that was put in is found."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest

from handhold.protocol.deciding import Problem
from handhold.protocol.definition import Step
from handhold.protocol.examples.covering import NOTHING_SHOWN, Coverage, coverage_of
from handhold.protocol.exploring import Trap, explore, moves_from, start_of
from handhold.protocol.pathways import Pathway
from handhold.protocol.promises import GUARDS
from handhold.protocol.proving import prove
from tests.protocol.building import HELP_BEGINS, Described, closure, concern_steps, pathway, step
from tests.protocol.small_protocol import SmallProtocol

GIVEN = {"given": {"effects": [{"consent": "live"}]}}
ANSWER = {"accepted": {"effects": [{"receiver": "accepted"}]}, "declined": {"done": False}}
CHOICE = {"council-worker": {"effects": [{"receiver": "accepted"}]}}


def test_no_state_of_yorks_step_down_lets_anybody_go_and_none_is_a_trap(step_down: Pathway) -> None:
    told: list[int] = []
    found = explore(step_down, 2, progress=told.append)
    assert found.violations == []
    assert found.traps == []
    assert found.never_done == []
    assert found.states > 1000
    assert told == list(range(1000, found.states + 1, 1000)), "progress is told now and then"


def test_the_miniature_is_explored_with_two_children(small: SmallProtocol) -> None:
    found = explore(small.load().pathways["step-down"], 2)
    assert (found.violations, found.traps, found.never_done) == ([], [], [])


def test_a_closure_that_leaves_no_main_contact_is_found_with_the_shortest_way_to_it() -> None:
    wrong_contact = [*HELP_BEGINS, {"main_contact": "referral"}]
    tried = _with_consent_and_answer(closure("consent", "answer", effects=wrong_contact))
    found = explore(tried)
    problem, trace = found.violations[0]
    assert problem == "Child 1 is open and has no main contact among the accountable people."
    assert trace == ["consent: given", "answer: accepted", "closed: closed, child 1"]


def test_a_closure_that_opens_early_help_as_it_should_is_right() -> None:
    found = explore(_with_consent_and_answer(closure("consent", "answer", effects=HELP_BEGINS)))
    assert found.violations == []


def test_a_child_whom_nobody_holds_is_found() -> None:
    tried = pathway(closure(effects=[{"close": "origin"}]))
    problem, trace = explore(tried).violations[0]
    assert problem == "Child 1 is held by nobody and has no outcome."
    assert trace == ["closed: closed, child 1"]


def test_waiting_for_a_silent_receiver_is_a_trap() -> None:
    tried = _with_consent_and_answer(closure("answer", effects=HELP_BEGINS))
    assert [trap.trace for trap in explore(tried).traps] == [[]], (
        "from the very start, for nobody of the council can answer"
    )


def test_a_service_managers_choice_takes_the_trap_away() -> None:
    chosen = step("choice", CHOICE, who=["service-manager"], when={"not_outcome": {"answer": ["accepted"]}})
    unless_chosen = {"not_outcome": {"choice": ["council-worker"]}}
    answer = step("answer", ANSWER, kind="acceptance", who=["receiver"], when=unless_chosen)
    consent = step("consent", GIVEN)
    tried = pathway(consent, answer, chosen, closure("consent", "answer", "choice", effects=HELP_BEGINS))
    assert explore(tried).traps == []


def test_yorks_step_down_without_the_service_managers_choice_is_a_trap(step_down: Pathway) -> None:
    found = explore(_without(step_down, choice="no-lead-found", reconsidered="early-help-considered"))
    assert found.traps
    assert found.traps[0].trace[0].startswith("Consider early help: Early help led by a partner")


@pytest.mark.parametrize("role", ["partner", "receiver"])
def test_nothing_may_rest_on_those_outside_the_council(role: str) -> None:
    assert explore(pathway(step("done-by-them", who=[role]), closure("done-by-them"))).traps
    assert not explore(pathway(step("done-by-them", who=[role, "team-manager"]), closure("done-by-them"))).traps


def test_nothing_may_rest_on_the_family_coming() -> None:
    meeting: Described = {"kind": "meeting", "asks": ["family-attended"]}
    rule = {"kinds": ["declined"], "decided_by": ["team-manager"]}
    assert explore(pathway(step("met", **meeting), closure("met"))).traps
    assert not explore(pathway(step("met", **meeting, exception=rule), closure("met"))).traps


def test_stopping_the_run_is_no_way_out_of_a_trap() -> None:
    stopped = step("stopped", {"stopped": {"effects": [{"end_run": "stays"}]}}, who=["team-manager"])
    tried = pathway(step("answered", who=["receiver"]), closure("answered"), beside=(stopped,))
    assert explore(tried).traps == [Trap([], ["answered (step missing)"])], "and it says for what it waits"


def test_an_undecided_concern_can_be_reported_in_every_state_and_is_no_trap() -> None:
    found = explore(pathway(step("visited"), closure("visited"), beside=concern_steps()))
    assert (found.violations, found.traps) == ([], [])


def test_a_concern_that_nobody_can_decide_is_a_trap() -> None:
    reported, _ = concern_steps()
    found = explore(pathway(closure(), beside=(reported,)))
    assert found.traps == [Trap(["concern-reported: reported"], ["closed (matter open)"])]


def test_a_step_that_no_run_comes_to_is_named() -> None:
    never = step("never", when={"receiver": ["accepted"]})
    assert explore(pathway(never, closure())).never_done == ["never"]


@pytest.mark.parametrize("guard", GUARDS)
def test_each_guard_taken_away_breaks_a_promise_in_yorks_step_down(step_down: Pathway, guard: Problem) -> None:
    found = explore(step_down, without=guard, only_first=True)
    assert found.violations


def test_the_guard_of_the_accepted_receiver_matters_where_an_acceptance_can_be_excepted() -> None:
    assert "no-receiver" in get_args(Problem)
    rule = {"kinds": ["not-possible"], "decided_by": ["service-manager"]}
    tried = _with_consent_and_answer(closure("consent", "answer", effects=HELP_BEGINS), exception=rule)
    assert explore(tried).violations == []
    broken = explore(tried, without="no-receiver").violations
    assert broken[0][0] == "Child 1: early help begins with somebody who has not accepted."


def test_moves_are_acts_that_decide_allows_and_no_others() -> None:
    tried = pathway(step("first"), step("second", after=["first"]), closure("second"))
    moves = list(moves_from(tried, start_of(tried, 1)))
    assert [move.words for move in moves if move.act] == ["first: done"]
    assert [move.words for move in moves if not move.act] == ["Another transfer ends 'assessment' of child 1"]


def test_the_whole_check_walks_every_pathway_tries_every_guard_and_names_what_is_not_covered(
    small: SmallProtocol,
) -> None:
    report = prove(small.load(), siblings=2)
    assert report.faults == []
    assert not any(one.found.violations or one.found.traps for one in report.explored)
    assert report.falls_short, "no example shows its clauses"
    report.coverage = Coverage(("S1",), frozenset({"S1"}), frozenset({"S1"}))
    assert not report.falls_short
    report.coverage = coverage_of(small.load(), NOTHING_SHOWN)
    assert [(one.found.pathway, one.found.siblings) for one in report.explored] == [("step-down", 1), ("step-down", 2)]
    assert set(report.guards) == set(GUARDS)
    assert report.as_plain_data()["clauses"]["missing"] == ["S1", "S2", "S3", "S4"]


def test_a_protocol_with_a_fault_is_not_explored(small: SmallProtocol) -> None:
    small.replace("pathways/step-down.yaml", "letter: goodbye\n", "letter: farewell\n")
    report = prove(small.load())
    assert report.falls_short
    assert report.explored == []


def test_a_step_that_is_out_of_reach_is_a_fault_of_its_own_line(small: SmallProtocol) -> None:
    small.replace(
        "pathways/step-down.yaml",
        "      - id: form-opened\n        title: Open the form\n",
        "      - id: form-opened\n        title: Open the form\n        when: {matter: section-47-open}\n",
    )
    report = prove(small.load())
    assert [fault.what for fault in report.faults] == ["The step 'form-opened' can never be done: no run comes to it."]
    assert report.faults[0].line == small.line_of("pathways/step-down.yaml", "- id: form-opened")


def _with_consent_and_answer(closing: Described, **of_answer: Any) -> Pathway:
    return pathway(
        step("consent", GIVEN, kind="consent"),
        step("answer", ANSWER, kind="acceptance", who=["receiver", "service-manager"], **of_answer),
        closing,
    )


def _without(tried: Pathway, choice: str, reconsidered: str) -> Pathway:
    """The pathway without one choice and all that is said of it, and in which another cannot be made a second time."""
    stages = [
        stage.model_copy(
            update={
                "steps": [
                    _step_without(one, choice).model_copy(update={"repeats": one.repeats and one.id != reconsidered})
                    for one in stage.steps
                    if one.id != choice
                ]
            }
        )
        for stage in tried.file.stages
    ]
    return replace(tried, file=tried.file.model_copy(update={"stages": stages}))


def _step_without(one: Step, choice: str) -> Step:
    outcomes = {
        name: outcome.model_copy(update={"voids": [voided for voided in outcome.voids if voided != choice]})
        for name, outcome in one.outcomes.items()
    }
    not_outcome = {name: value for name, value in ((one.when and one.when.not_outcome) or {}).items() if name != choice}
    when = one.when.model_copy(update={"not_outcome": not_outcome}) if one.when else None
    after = [name for name in one.after if name != choice]
    return one.model_copy(update={"outcomes": outcomes, "when": when, "after": after})


def test_walks_that_are_shared_out_find_what_one_after_the_other_finds(small: SmallProtocol) -> None:
    told: list[tuple[str, int, int]] = []
    here = prove(small.load(), siblings=2)
    shared = prove(small.load(), siblings=2, progress=lambda *said: told.append(said), processes=2)
    assert [walked.found for walked in shared.explored] == [walked.found for walked in here.explored]
    assert {(name, children) for name, children, _ in told} <= {("step-down", 1), ("step-down", 2)}
