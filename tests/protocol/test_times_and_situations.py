"""Least times, duties that come again, what the records say of the children, and endings that nobody chooses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from handhold.protocol.applying import apply
from handhold.protocol.deciding import Allowed, Reason, Refused, decide
from handhold.protocol.exploring import explore, start_of, starts_of
from handhold.protocol.facts import Act, Facts
from handhold.protocol.observing import Casefile, Observed, StepOnRecord, observe
from handhold.protocol.pathways import Pathway, Protocol
from handhold.protocol.standing import standing_of
from handhold.working_days import Calendar
from tests.protocol.building import closure, concern_steps, pathway, step

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WORKER = frozenset({"responsible-worker"})
FIVE_DAYS = "handover"
"""A setting of York's that is five working days."""

WAITS = pathway(
    step("allocated", repeats=True),
    step("goodbye", not_before={"setting": FIVE_DAYS, "of": "allocated"}, after=["allocated"]),
    closure("goodbye"),
)
COMES_AGAIN = pathway(
    step("begun"),
    step("met", repeats=True, every={"setting": FIVE_DAYS, "of": "begun"}),
    closure(),
)


def record(name: str, at: datetime) -> StepOnRecord:
    return StepOnRecord(name, "record", "done", None, at, at, "ann")


def seen(york: Protocol, tried: Pathway, *records: StepOnRecord, now: datetime, **more: Any) -> Observed:
    casefile = Casefile(MONDAY, records, start_of(tried, 1).children, **more)
    return observe(york, tried, casefile, Calendar(), now)


def act(name: str, outcome: str = "done", **more: Any) -> Act:
    return Act("record", name, outcome, by=WORKER, has_reason=True, **more)


def problems(tried: Pathway, facts: Facts, one: Act) -> list[str]:
    answer = decide(tried, facts, one)
    return [reason.problem for reason in answer.reasons] if isinstance(answer, Refused) else []


def test_a_least_time_runs_from_its_event_and_is_told_with_the_day_from_which_it_can_be_done(york: Protocol) -> None:
    allocated = record("allocated", MONDAY)
    early = seen(york, WAITS, allocated, now=MONDAY + timedelta(days=6))
    due = early.earliest["goodbye"]
    assert problems(WAITS, early.facts, act("goodbye")) == ["too-early"]
    late = seen(york, WAITS, allocated, now=due)
    assert problems(WAITS, late.facts, act("goodbye")) == []
    assert due - MONDAY >= timedelta(days=7), "a week-end lies between"


def test_a_least_time_begins_anew_with_its_event(york: Protocol) -> None:
    first, again = record("allocated", MONDAY), record("allocated", MONDAY + timedelta(days=8))
    facts = seen(york, WAITS, first, again, now=MONDAY + timedelta(days=9)).facts
    assert problems(WAITS, facts, act("goodbye")) == ["too-early"]
    before = seen(york, WAITS, first, now=MONDAY + timedelta(days=9)).facts
    answer = decide(WAITS, before, act("allocated"))
    assert isinstance(answer, Allowed)
    assert apply(WAITS, before, answer.effects).elapsed == facts.elapsed == frozenset()


def test_before_its_event_a_least_time_does_not_run(york: Protocol) -> None:
    found = seen(york, WAITS, now=MONDAY + timedelta(days=90))
    assert found.earliest == {}
    assert problems(WAITS, found.facts, act("goodbye")) == ["step-missing", "too-early"]


def test_what_comes_again_is_due_again_after_each_record(york: Protocol) -> None:
    begun, met = record("begun", MONDAY), record("met", MONDAY + timedelta(days=3))
    first = seen(york, COMES_AGAIN, begun, now=MONDAY + timedelta(days=1))
    second = seen(york, COMES_AGAIN, begun, met, now=MONDAY + timedelta(days=4))
    due = [found.deadlines["met", None].due_at for found in (first, second)]
    assert due[1] - due[0] >= timedelta(days=3)
    assert standing_of(COMES_AGAIN, second.facts, COMES_AGAIN.steps["met"], None).state == "ready"
    missed = seen(york, COMES_AGAIN, begun, met, now=due[1] + timedelta(minutes=1))
    assert missed.deadlines["met", None].has_passed
    assert missed.facts.steps[COMES_AGAIN.slots(1)["met", None]].late


def test_what_comes_again_is_not_due_before_the_event_that_begins_it(york: Protocol) -> None:
    assert ("met", None) not in seen(york, COMES_AGAIN, now=MONDAY).deadlines


def test_what_the_records_say_of_the_children_opens_a_choice(york: Protocol) -> None:
    tried = pathway(step("back", {"done": {"when": {"known": ["returned-soon"]}}}), closure())
    known = seen(york, tried, now=MONDAY, known=frozenset({"returned-soon"})).facts
    unknown = seen(york, tried, now=MONDAY).facts
    assert problems(tried, known, act("back")) == []
    assert problems(tried, unknown, act("back")) == ["not-offered"]
    assert len(list(starts_of(tried, 1))) == 2, "the explorer begins with both"


def test_an_age_that_is_reached_in_the_middle_of_a_run_is_walked() -> None:
    tried = pathway(closure(when={"known": ["turned-25"]}))
    assert explore(tried).traps == [], "time alone brings it about"
    assert explore(pathway(closure(when={"known": ["returned-soon"]}))).traps, "this comes about by nothing"


def test_the_main_contact_passes_to_what_is_still_open_when_theirs_ends() -> None:
    tried = pathway(
        step("opened", {"done": {"effects": [{"open": "pathways", "to": "duty-manager"}]}}), closure("opened")
    )
    facts = start_of(tried, 1)
    for one in (act("opened"), act("closed", "closed", child=0)):
        answer = decide(tried, facts, one)
        assert isinstance(answer, Allowed)
        facts = apply(tried, facts, answer.effects)
    assert facts.children[0].accountable == (("pathways", "duty-manager"),)
    assert facts.children[0].main_contact == "pathways"
    assert tried.offices == {"duty-manager"}


def test_no_gate_stands_before_an_ending_that_nobody_chooses() -> None:
    ending = {"effects": [{"close": "every"}, {"end_child": "died"}]}
    for no_choice in (True, False):
        end = step("ended", {"died": {**ending, "no_choice": no_choice}}, per="child")
        tried = pathway(step("visit"), end, closure("visit"), beside=concern_steps())
        facts = start_of(tried, 1)._replace(matters=frozenset({"protection-plan"}))
        assert problems(tried, facts, act("ended", "died", child=0)) == ([] if no_choice else ["matter-open"])
        assert (explore(tried).violations == []) is no_choice


def test_nothing_stands_before_protection() -> None:
    """A concern that is open keeps a child from being let go, never from being taken on."""
    into = {"effects": [{"receiver": "accepted"}, {"open": "child-in-need", "to": "receiver"}, {"close": "origin"}]}
    away = {"effects": [{"close": "origin"}, {"end_child": "advice"}]}
    tried = pathway(step("screened", {"into": into, "away": away}), closure("screened"), beside=concern_steps())
    facts = start_of(tried, 1)._replace(matters=frozenset({"concern-undecided"}))
    assert problems(tried, facts, act("screened", "into")) == []
    found = decide(tried, facts, act("screened", "away"))
    assert isinstance(found, Refused)
    assert found.reasons == (Reason("matter-open", "screened", None, "concern-undecided", (), ("H3",)),)
