"""What a correction leaves is a history that could have happened so; who holds whom is as it was."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from handhold.protocol import correcting
from handhold.protocol.applying import apply
from handhold.protocol.correcting import (
    Correctable,
    NotCorrectable,
    Wish,
    act_of_record,
    decide_correction,
    with_outcome,
)
from handhold.protocol.deciding import Allowed, NeedsReason, decide
from handhold.protocol.exploring import moves_from, start_of
from handhold.protocol.facts import Facts
from handhold.protocol.loading import latest_version, load_protocol
from handhold.protocol.observing import Casefile, StepOnRecord, observe
from handhold.protocol.pathways import Pathway, Protocol
from handhold.working_days import Calendar
from tests.protocol.small_protocol import PROTOCOLS

YORK = load_protocol(latest_version(PROTOCOLS, "york"))
LEEDS = load_protocol(latest_version(PROTOCOLS, "leeds"))
STEP_DOWN = YORK.pathways["assessment-to-early-help"]
PATHWAYS = [(protocol, one) for protocol in (YORK, LEEDS) for one in protocol.pathways.values()]
STARTED = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
RELATIONS = ("responsible-worker", "responsible-manager", "receiver", "stand-in", "anybody")
EVERYBODY = frozenset({*YORK.file.roles, *LEEDS.file.roles, *RELATIONS})


def walked(pathway: Pathway, choices: list[int], siblings: int) -> list[StepOnRecord]:
    """The records of a random walk through acts that the engine allows; each by somebody of their own."""
    facts, records = start_of(pathway, siblings), []
    for number, choice in enumerate(choices):
        acts = [move.act for move in moves_from(pathway, facts) if move.act]
        if not acts:
            break
        act, at = acts[choice % len(acts)], STARTED + timedelta(minutes=number)
        written = StepOnRecord(act.step, act.verb, act.outcome, act.child, at, at, f"person-{number}", "why")
        answer = decide(pathway, facts, act_of_record(written, by=EVERYBODY))
        if isinstance(answer, Allowed):
            records.append(written)
            facts = apply(pathway, facts, answer.effects)
    return records


def replayed(pathway: Pathway, records: list[StepOnRecord], siblings: int) -> Facts:
    """The facts to which the records lead, each of them allowed by the engine."""
    facts = start_of(pathway, siblings)
    for record in records:
        answer = decide(pathway, facts, act_of_record(record, by=EVERYBODY))
        assert isinstance(answer, Allowed), (record, answer)
        facts = apply(pathway, facts, answer.effects)
    return facts


def corrected(
    records: list[StepOnRecord], place: int, outcome: str, siblings: int, pathway: Pathway = STEP_DOWN
) -> tuple[Correctable | NotCorrectable | NeedsReason, list[StepOnRecord]]:
    """What the engine answers to another outcome (none: taken back), and the records as they would be."""
    wrong = records[place]
    instead = with_outcome(wrong, outcome, "corrector") if outcome else None
    act = act_of_record(instead or wrong, by=EVERYBODY)
    found = decide_correction(pathway, start_of(pathway, siblings), records, Wish(place, instead, "corrector", act))
    return found, [*records[:place], *([instead] if instead else []), *records[place + 1 :]]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(
    data=st.data(),
    of=st.sampled_from(PATHWAYS),
    choices=st.lists(st.integers(min_value=0), min_size=2, max_size=40),
    siblings=st.integers(1, 2),
)
def test_what_remains_could_have_happened_so_and_everybody_is_held_as_before(
    data: st.DataObject, of: tuple[Protocol, Pathway], choices: list[int], siblings: int
) -> None:
    protocol, pathway = of
    records = walked(pathway, choices, siblings)
    assume(records)
    place = data.draw(st.integers(0, len(records) - 1))
    wrong = records[place]
    known = {
        "record": [*pathway.steps[wrong.step].outcomes],
        "ask-exception": ["declined", "not-possible", "unsafe", "not-applicable"],
        "decide-exception": ["granted", "refused"],
    }[wrong.verb]
    outcome = data.draw(st.sampled_from(["", *(one for one in known if one != wrong.outcome)]))
    found, remaining = corrected(records, place, outcome, siblings, pathway)
    if not isinstance(found, Correctable):
        return
    event(f"corrected: {wrong.verb}")
    before, after = replayed(pathway, records, siblings), replayed(pathway, remaining, siblings)
    assert (found.before, found.after) == (before, after)
    assert (after.children, after.ended, after.matters) == (before.children, before.ended, before.matters)
    casefile = Casefile(STARTED, tuple(remaining), after.children, after.matters, after.ended)
    seen = observe(protocol, pathway, casefile, Calendar(), STARTED + timedelta(minutes=len(records)))
    assert seen.facts == after


def record(step: str, outcome: str, by: str, verb: str = "record") -> StepOnRecord:
    return StepOnRecord(step, verb, outcome, None, STARTED, STARTED, by, "why")


BEGUN = [
    record("early-help-considered", "universal", "ann"),
    record("assessment-authorised", "authorised", "ben"),
    record("closure-begun", "begun", "ann"),
]


def test_a_record_that_a_later_one_waited_for_stands_in_the_way_by_name() -> None:
    found, _ = corrected(BEGUN, 0, "", 1)
    assert isinstance(found, NotCorrectable)
    (later,) = found.in_the_way
    (said,) = found.refused(STEP_DOWN, BEGUN).reasons
    assert (said.problem, said.step, said.who) == (
        "rests-on-it",
        "closure-begun",
        tuple(STEP_DOWN.steps["closure-begun"].who),
    )
    assert (later.place, {reason.problem for reason in later.reasons}, later.moves) == (2, {"step-missing"}, ())


def test_what_came_out_otherwise_is_the_work_of_who_says_so_and_of_who_said_it_before() -> None:
    instead = with_outcome(BEGUN[2], "begun", "dan")
    assert (instead.by, instead.also_by) == ("dan", frozenset({"ann"}))
    again = with_outcome(instead, "begun", "ann")
    assert (again.by, again.also_by) == ("ann", frozenset({"dan"}))


def test_an_exception_that_was_decided_is_taken_back_only_after_its_decision() -> None:
    excepted = [
        BEGUN[0],
        record("ending-visit", "declined", "ann", "ask-exception"),
        record("ending-visit", "granted", "ben", "decide-exception"),
    ]
    found, _ = corrected(excepted, 1, "", 1)
    assert isinstance(found, NotCorrectable)
    assert [one.place for one in found.in_the_way] == [2]
    decided, _ = corrected(excepted, 2, "refused", 1)
    assert isinstance(decided, Correctable)


def test_who_asked_does_not_correct_the_decision() -> None:
    excepted = [
        BEGUN[0],
        record("ending-visit", "declined", "corrector", "ask-exception"),
        record("ending-visit", "refused", "ben", "decide-exception"),
    ]
    found, _ = corrected(excepted, 2, "granted", 1)
    assert isinstance(found, NotCorrectable)
    assert {reason.problem for reason in found.reasons} == {"own-work"}


def test_a_closure_is_not_corrected_and_without_the_guard_it_would_be(monkeypatch: pytest.MonkeyPatch) -> None:
    move = next(one for one in moves_from(STEP_DOWN, start_of(STEP_DOWN, 1)) if one.act and moves_a_child(one.effects))
    assert move.act is not None
    closed = [record(move.act.step, move.act.outcome, "ann")]
    found, _ = corrected(closed, 0, "", 1)
    assert isinstance(found, NotCorrectable)
    assert found.in_the_way[0].moves
    monkeypatch.setattr(correcting, "WHO_HOLDS", ())
    assert isinstance(corrected(closed, 0, "", 1)[0], Correctable)


def moves_a_child(effects: tuple[object, ...]) -> bool:
    return any(isinstance(effect, correcting.WHO_HOLDS) for effect in effects)
