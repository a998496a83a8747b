"""By when each step is due: from which event, by the council's own number of days, and when no limit runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from handhold.protocol.applying import apply
from handhold.protocol.deadlines import Deadline, period_of
from handhold.protocol.deciding import Allowed, decide
from handhold.protocol.exploring import start_of
from handhold.protocol.facts import Act
from handhold.protocol.observing import Casefile, Observed, StepOnRecord, observe
from handhold.protocol.pathways import Pathway, Protocol
from handhold.protocol.standing import find_standings
from handhold.working_days import Calendar
from tests.protocol import building
from tests.working_days.second_calculator import due_in_working_days

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


SEARCHED = ("consent", "given"), ("early-help-considered", "partner-led")


def nobody_found(
    york: Protocol, pathway: Pathway, consent_at: datetime, now: datetime, *more: StepOnRecord
) -> Observed:
    """A search for a lead that began with the consent, and what came of it."""
    records = [on_record(name, outcome, consent_at) for name, outcome in SEARCHED]
    return seen(york, pathway, [*records, *more], now, started=consent_at)


def test_what_applies_only_because_something_is_late_is_due_from_then_on(york: Protocol, step_down: Pathway) -> None:
    searched = nobody_found(york, step_down, TUESDAY, WEDNESDAY).deadlines["lead-asked", None]
    assert ("no-lead-found", None) not in nobody_found(york, step_down, TUESDAY, searched.due_at).deadlines
    missed = searched.due_at + timedelta(seconds=1)
    found = nobody_found(york, step_down, TUESDAY, missed).deadlines["no-lead-found", None]
    assert (found.setting, found.started_at, found.is_whole_run) == ("lead-chosen", searched.due_at, False)
    assert not found.has_passed
    chosen_late = nobody_found(york, step_down, TUESDAY, found.due_at + timedelta(seconds=1))
    assert chosen_late.deadlines["no-lead-found", None].has_passed
    assert chosen_late.facts.steps[step_down.slots(1)["no-lead-found", None]].late


def test_asking_once_more_afterwards_begins_it_anew_as_it_does_without_lateness(
    york: Protocol, step_down: Pathway
) -> None:
    late = TUESDAY + timedelta(days=20)
    asked = on_record("lead-asked", "asked", late)
    found = nobody_found(york, step_down, TUESDAY, late + timedelta(hours=1), asked).deadlines["no-lead-found", None]
    assert found.started_at == late
    before = on_record("lead-asked", "asked", WEDNESDAY)
    silent = nobody_found(york, step_down, TUESDAY, late, before).deadlines["no-lead-found", None]
    assert silent.started_at > WEDNESDAY, "it counts from when it was late and not from when somebody was asked"


def test_two_declines_are_not_lateness(york: Protocol, step_down: Pathway) -> None:
    asked = [
        one
        for at in (TUESDAY, WEDNESDAY)
        for one in (on_record("lead-asked", "asked", at), on_record("lead-answer", "declined", at))
    ]
    found = nobody_found(york, step_down, TUESDAY, WEDNESDAY, *asked).deadlines["no-lead-found", None]
    assert found.started_at == WEDNESDAY


def test_the_second_calculator_agrees_for_every_day_of_many_years(york: Protocol, step_down: Pathway) -> None:
    closes = york.file.office_closes
    search, choice = (period_of(york, name).amount for name in ("lead-search", "lead-chosen"))
    calendar = Calendar(opening_time=york.file.office_opens, closing_time=closes)
    start, wrong = start_of(step_down, 1), []
    for day in range(365 * 17 + 4):
        at = datetime(2012, 1, 1, 10, 30, tzinfo=UTC) + timedelta(days=day)
        late_at = due_in_working_days(at, search, closes)
        records = tuple(on_record(name, outcome, at) for name, outcome in SEARCHED)
        casefile = Casefile(at, records, start.children)
        found = observe(york, step_down, casefile, calendar, late_at + timedelta(minutes=1)).deadlines
        wanted = (late_at, due_in_working_days(late_at, choice, closes))
        limit = found["no-lead-found", None]
        wrong += [at] if (limit.started_at, limit.due_at) != wanted else []
    assert wrong == []


CHAIN = building.pathway(
    building.step("begun"),
    building.step("answered", within={"setting": "lead-answers", "of": "begun"}),
    building.step("chosen", when={"late": ["answered"]}, within={"setting": "lead-chosen", "of": "begun"}),
    building.step("settled", when={"late": ["chosen"]}, within={"setting": "lead-chosen", "of": "chosen"}),
)


@pytest.mark.parametrize(("days", "waits"), [(1, 1), (8, 2), (20, 3)])
def test_lateness_that_follows_from_lateness_counts_from_its_own_moment(york: Protocol, days: int, waits: int) -> None:
    found = seen(york, CHAIN, [on_record("begun", "done", TUESDAY)], TUESDAY + timedelta(days=days)).deadlines
    chain = [found[name, None] for name in ("answered", "chosen", "settled") if (name, None) in found]
    assert len(chain) == waits
    assert all(later.started_at == earlier.due_at for earlier, later in pairwise(chain))


def reported_anew(york: Protocol, pathway: Pathway, *before: StepOnRecord) -> tuple[bool, bool]:
    """Whether the decision is late after one more report: as foretold by the act, and as observed from the records."""
    matters = frozenset({"concern-undecided"}) if before else frozenset[str]()
    now, children = TUESDAY + timedelta(days=9), start_of(pathway, 1).children
    facts = observe(york, pathway, Casefile(TUESDAY, before, children, matters), CALENDAR, now).facts
    answer = decide(pathway, facts, Act("record", "concern-reported", "reported", by=frozenset({"anybody"})))
    assert isinstance(answer, Allowed)
    slot = pathway.slots(1)["concern-decided", None]
    again = Casefile(TUESDAY, (*before, concern(now)), children, frozenset({"concern-undecided"}))
    return (
        apply(pathway, facts, answer.effects).steps[slot].late,
        observe(york, pathway, again, CALENDAR, now).facts.steps[slot].late,
    )


def test_what_a_second_concern_foretells_of_the_first_ones_time_is_what_is_observed(
    york: Protocol, step_down: Pathway
) -> None:
    assert reported_anew(york, step_down, concern(TUESDAY)) == (True, True), "the first is late, and stays late"
    assert reported_anew(york, step_down) == (False, False), "a first concern begins its own time"


def test_no_limit_runs_for_what_need_not_be_done(york: Protocol) -> None:
    referral = york.pathways["referral-to-early-help"]
    records = [
        on_record("referral-received", "received", TUESDAY),
        on_record("referral-decided", "partner-led", TUESDAY),
    ]
    found = seen(york, referral, records, WEDNESDAY)
    open_steps = {one.step.id: one.state for one in find_standings(referral, found.facts)}
    assert open_steps["social-work-after-all"] == "ready"
    assert ("social-work-after-all", None) not in found.deadlines
    assert ("referrer-told", None) in found.deadlines
