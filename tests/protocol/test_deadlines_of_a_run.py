"""By when each step is due: from which event, by the council's own number of days, and when no limit runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from handhold.protocol.deadlines import Deadline
from handhold.protocol.exploring import start_of
from handhold.protocol.observing import Casefile, Observed, StepOnRecord, observe
from handhold.protocol.pathways import Pathway, Protocol
from handhold.working_days import Calendar

TUESDAY = datetime(2026, 12, 1, 11, 0, tzinfo=UTC)
WEDNESDAY = TUESDAY + timedelta(days=1)
CALENDAR = Calendar()


def on_record(step: str, outcome: str, at: datetime, verb: str = "record") -> StepOnRecord:
    return StepOnRecord(step, verb, outcome, None, at, at, "ann", "why")


def seen(
    york: Protocol, pathway: Pathway, records: list[StepOnRecord], now: datetime, started: datetime = TUESDAY
) -> Observed:
    start = start_of(pathway, 1)
    return observe(york, pathway, Casefile(started, tuple(records), start.children), CALENDAR, now)


def targeted(at: datetime) -> StepOnRecord:
    return on_record("early-help-considered", "targeted", at)


def test_the_handover_meeting_is_due_five_working_days_after_the_assessment_was_authorised(
    york: Protocol, step_down: Pathway
) -> None:
    records = [targeted(TUESDAY), on_record("assessment-authorised", "authorised", TUESDAY)]
    found = seen(york, step_down, records, WEDNESDAY).deadlines["handover-meeting", None]
    assert found.started_at == TUESDAY
    assert found.setting == "handover"
    assert CALENDAR.local_date(found.due_at).isoformat() == "2026-12-08"
    assert not found.has_passed
    assert not found.is_whole_run


def test_a_limit_that_has_passed_says_so_and_its_step_is_late(york: Protocol, step_down: Pathway) -> None:
    records = [targeted(TUESDAY), on_record("assessment-authorised", "authorised", TUESDAY)]
    due_at = seen(york, step_down, records, WEDNESDAY).deadlines["handover-meeting", None].due_at
    slot = step_down.slots(1)["handover-meeting", None]
    met = seen(york, step_down, records, due_at)
    missed = seen(york, step_down, records, due_at + timedelta(seconds=1))
    assert (met.deadlines["handover-meeting", None].has_passed, met.facts.steps[slot].late) == (False, False)
    assert (missed.deadlines["handover-meeting", None].has_passed, missed.facts.steps[slot].late) == (True, True)


def test_a_step_that_is_done_or_does_not_apply_has_no_limit(york: Protocol, step_down: Pathway) -> None:
    records = [targeted(TUESDAY), on_record("assessment-authorised", "authorised", TUESDAY)]
    held = [*records, on_record("handover-meeting", "held", WEDNESDAY)]
    assert ("handover-meeting", None) not in seen(york, step_down, held, WEDNESDAY).deadlines
    assert ("lead-asked", None) not in seen(york, step_down, records, WEDNESDAY).deadlines


def test_before_its_event_and_without_one_the_limit_of_the_whole_run_holds(york: Protocol, step_down: Pathway) -> None:
    found = seen(york, step_down, [targeted(TUESDAY)], WEDNESDAY).deadlines
    for step in ("handover-meeting", "plan-proposed"):
        assert found[step, None].is_whole_run
        assert found[step, None].setting == "whole-transfer"
        assert found[step, None].started_at == TUESDAY


def test_the_passing_of_the_whole_limit_makes_no_step_late(york: Protocol, step_down: Pathway) -> None:
    long_after = seen(york, step_down, [targeted(TUESDAY)], TUESDAY + timedelta(days=365))
    assert long_after.deadlines["plan-proposed", None].has_passed
    assert not any(fact.late for fact in long_after.facts.steps)


def test_a_limit_begins_anew_when_its_event_is_recorded_again(york: Protocol, step_down: Pathway) -> None:
    asked = [on_record("lead-asked", "asked", at) for at in (TUESDAY, WEDNESDAY)]
    chosen = on_record("early-help-considered", "partner-led", TUESDAY)
    found = seen(york, step_down, [chosen, *asked], WEDNESDAY).deadlines["lead-answer", None]
    assert found.started_at == WEDNESDAY


def concern(at: datetime, *, is_settled: bool = False) -> StepOnRecord:
    return replace(on_record("concern-reported", "reported", at), is_settled=is_settled)


def decision_due(york: Protocol, pathway: Pathway, *records: StepOnRecord) -> Deadline:
    """The limit of the decision on a concern, while one is undecided."""
    casefile = Casefile(TUESDAY, records, start_of(pathway, 1).children, frozenset({"concern-undecided"}))
    return observe(york, pathway, casefile, CALENDAR, WEDNESDAY).deadlines["concern-decided", None]


def test_a_second_concern_gives_nobody_more_time_to_decide_the_first(york: Protocol, step_down: Pathway) -> None:
    found = decision_due(york, step_down, concern(TUESDAY), concern(WEDNESDAY))
    assert found.started_at == TUESDAY
    assert CALENDAR.local_date(found.due_at).isoformat() == "2026-12-02"


def test_once_the_first_is_decided_the_limit_is_that_of_the_second(york: Protocol, step_down: Pathway) -> None:
    found = decision_due(york, step_down, concern(TUESDAY, is_settled=True), concern(WEDNESDAY))
    assert found.started_at == WEDNESDAY


def test_a_concern_after_a_decision_has_a_limit_of_its_own(york: Protocol, step_down: Pathway) -> None:
    decided = on_record("concern-decided", "support-goes-on", TUESDAY + timedelta(hours=1))
    found = decision_due(york, step_down, concern(TUESDAY), decided, concern(WEDNESDAY))
    assert found.started_at == WEDNESDAY


def test_what_can_happen_at_any_moment_is_not_due_because_the_run_is(york: Protocol, step_down: Pathway) -> None:
    found = seen(york, step_down, [targeted(TUESDAY)], WEDNESDAY).deadlines
    assert not {"transfer-cancelled", "worker-left", "concern-reported"} & {step for step, _ in found}


def test_nothing_is_due_in_a_run_that_has_ended(york: Protocol, step_down: Pathway) -> None:
    facts = start_of(step_down, 1)
    ended = Casefile(TUESDAY, (targeted(TUESDAY),), facts.children, ended="stays-with-social-work")
    assert observe(york, step_down, ended, CALENDAR, WEDNESDAY).deadlines == {}
