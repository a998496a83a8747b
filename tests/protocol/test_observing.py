"""What is observed from the records of a run equals what `apply` foretold, on random walks and by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handhold.protocol.applying import apply
from handhold.protocol.exploring import moves_from, start_of
from handhold.protocol.facts import Facts
from handhold.protocol.loading import latest_version, load_protocol
from handhold.protocol.moves import Move
from handhold.protocol.observing import Casefile, Observed, StepOnRecord, observe
from handhold.protocol.pathways import Pathway
from handhold.working_days import Calendar
from tests.protocol.small_protocol import PROTOCOLS

YORK = load_protocol(latest_version(PROTOCOLS, "york"))
STEP_DOWN = YORK.pathways["assessment-to-early-help"]
STARTED = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def record_of(move: Move, number: int) -> StepOnRecord:
    assert move.act is not None
    act, at = move.act, STARTED + timedelta(minutes=number)
    return StepOnRecord(act.step, act.verb, act.outcome, act.child, at, at, by=f"person-{number % 3}", reason="why")


def observed(pathway: Pathway, records: list[StepOnRecord], facts: Facts) -> Observed:
    """What is observed when the records and who holds the children are as foretold, before any limit has passed."""
    casefile = Casefile(STARTED, tuple(records), facts.children, facts.matters, facts.ended)
    return observe(YORK, pathway, casefile, Calendar(), STARTED + timedelta(minutes=len(records)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(choices=st.lists(st.integers(min_value=0), max_size=25), siblings=st.integers(min_value=1, max_value=3))
def test_observing_the_records_of_a_walk_gives_the_facts_that_were_foretold(choices: list[int], siblings: int) -> None:
    facts, records = start_of(STEP_DOWN, siblings), []
    for number, choice in enumerate(choices):
        moves = [move for move in moves_from(STEP_DOWN, facts) if move.act]
        if not moves:
            break
        move = moves[choice % len(moves)]
        records.append(record_of(move, number))
        facts = apply(STEP_DOWN, facts, move.effects)
        assert facts == move.after
        assert observed(STEP_DOWN, records, facts).facts == facts


def test_nothing_on_record_is_a_run_that_has_just_begun() -> None:
    facts = start_of(STEP_DOWN, 2)
    seen = observed(STEP_DOWN, [], facts)
    assert seen.facts == facts
    assert seen.standing == {}


def test_who_holds_a_child_is_taken_from_the_records_and_not_foretold() -> None:
    elsewhere = start_of(STEP_DOWN, 1)
    child = elsewhere.children[0]._replace(accountable=(("assessment", "responsible-manager"),))
    seen = observed(STEP_DOWN, [], elsewhere._replace(children=(child,)))
    assert seen.facts.children == (child,)


def written(step: str, outcome: str, minute: int, by: str, verb: str = "record") -> StepOnRecord:
    at = STARTED + timedelta(minutes=minute)
    return StepOnRecord(step, verb, outcome, None, at, at, by, "why")


def test_the_standing_record_of_a_step_is_its_last_and_none_once_it_was_voided() -> None:
    first = written("early-help-considered", "targeted", 1, "ann")
    plan = written("plan-proposed", "written", 2, "ann")
    told = written("plan-agreed", "agreed", 3, "ben")
    again = written("plan-proposed", "written", 4, "cem")
    seen = observed(STEP_DOWN, [first, plan, told, again], start_of(STEP_DOWN, 1))
    assert seen.standing["plan-proposed", None] == again
    assert ("plan-agreed", None) not in seen.standing
    assert seen.own("ann") == {"early-help-considered"}
    assert seen.own("cem") == {"plan-proposed"}
    assert seen.own("ben") == set()


def test_who_asked_for_an_exception_is_kept_until_it_is_refused() -> None:
    asked = written("ending-visit", "declined", 1, "ann", "ask-exception")
    granted = written("ending-visit", "granted", 2, "ben", "decide-exception")
    refused = written("ending-visit", "refused", 2, "ben", "decide-exception")
    start = start_of(STEP_DOWN, 1)
    assert observed(STEP_DOWN, [asked], start).own("ann") == {"ending-visit"}
    assert observed(STEP_DOWN, [asked, granted], start).asked["ending-visit", None] == asked
    assert observed(STEP_DOWN, [asked, refused], start).asked == {}
