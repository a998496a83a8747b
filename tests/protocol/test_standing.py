"""How each step stands for who looks at it, and what still stops the closure: the same as `decide` says."""

from __future__ import annotations

from handhold.protocol.applying import apply
from handhold.protocol.deciding import Allowed, decide
from handhold.protocol.exploring import start_of
from handhold.protocol.facts import Act, Facts
from handhold.protocol.pathways import Pathway
from handhold.protocol.standing import find_closure_gaps, find_standings


def done(pathway: Pathway, facts: Facts, *acts: tuple[str, str]) -> Facts:
    for step, outcome in acts:
        rule = pathway.steps[step]
        words = frozenset((*rule.asks, *rule.outcomes[outcome].asks))
        who = frozenset(rule.outcomes[outcome].who or rule.who)
        answer = decide(pathway, facts, Act("record", step, outcome, None, who, words=words, has_reason=True))
        assert isinstance(answer, Allowed), answer
        facts = apply(pathway, facts, answer.effects)
    return facts


def states(pathway: Pathway, facts: Facts) -> dict[str, str]:
    return {standing.step.id: standing.state for standing in find_standings(pathway, facts)}


def test_at_the_start_what_waits_for_nothing_is_ready_and_the_rest_is_held_back(step_down: Pathway) -> None:
    found = states(step_down, start_of(step_down, 1))
    assert found["early-help-considered"] == "ready"
    assert found["case-closed"] == "held-back"
    assert found["handover-meeting"] == "does-not-apply"


def test_a_step_that_is_done_says_so_and_makes_others_ready(step_down: Pathway) -> None:
    facts = done(step_down, start_of(step_down, 1), ("early-help-considered", "targeted"))
    found = states(step_down, facts)
    assert found["early-help-considered"] == "done"
    assert found["plan-proposed"] == "ready"
    assert found["plan-agreed"] == "held-back"
    assert found["lead-asked"] == "does-not-apply"


def test_an_exception_that_was_asked_is_the_move_of_who_decides(step_down: Pathway) -> None:
    facts = done(step_down, start_of(step_down, 1), ("early-help-considered", "universal"))
    asked = Act("ask-exception", "ending-visit", "declined", None, frozenset({"responsible-worker"}), has_reason=True)
    answer = decide(step_down, facts, asked)
    assert isinstance(answer, Allowed)
    standings = find_standings(step_down, apply(step_down, facts, answer.effects))
    visit = next(standing for standing in standings if standing.step.id == "ending-visit")
    rule = visit.step.exception
    assert rule is not None
    assert visit.state == "exception-asked"
    assert visit.who == tuple(rule.decided_by)


def test_each_child_has_its_own_line(step_down: Pathway) -> None:
    letters = [one for one in find_standings(step_down, start_of(step_down, 3)) if one.step.id == "endings-letter"]
    assert [one.child for one in letters] == [0, 1, 2]


def test_what_is_ready_is_allowed_and_what_is_held_back_is_refused(step_down: Pathway) -> None:
    facts = done(step_down, start_of(step_down, 1), ("early-help-considered", "partner-led"))
    for standing in find_standings(step_down, facts):
        step = standing.step
        answers = [
            decide(
                step_down,
                facts,
                Act(
                    "record",
                    step.id,
                    name,
                    standing.child,
                    frozenset(outcome.who or step.who),
                    words=frozenset((*step.asks, *outcome.asks)),
                    has_reason=True,
                ),
            )
            for name, outcome in step.outcomes.items()
        ]
        allowed = any(isinstance(answer, Allowed) for answer in answers)
        assert allowed == (standing.state == "ready" or (standing.state == "done" and step.repeats)), step.id


def test_the_gaps_before_closure_are_the_reasons_of_the_closure(step_down: Pathway) -> None:
    facts = done(step_down, start_of(step_down, 1), ("early-help-considered", "universal"))
    facts = facts._replace(matters=frozenset({"section-47-open"}))
    closure = Act("record", "case-closed", "universal-services", 0, frozenset({"responsible-worker"}))
    answer = decide(step_down, facts, closure)
    gaps = find_closure_gaps(step_down, facts)
    assert not isinstance(answer, Allowed)
    assert {(gap.problem, gap.step, gap.what) for gap in gaps} == {
        (reason.problem, reason.step, reason.what) for reason in getattr(answer, "reasons", ())
    }
    assert gaps[-1].problem == "matter-open"
