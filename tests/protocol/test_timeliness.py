"""Of every limit that a record ended: since when and until when it ran, and whether it was kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from handhold.protocol.deadlines import period_of
from handhold.protocol.exploring import start_of
from handhold.protocol.observing import Casefile, StepOnRecord, observe
from handhold.protocol.pathways import Pathway, Protocol
from handhold.protocol.timeliness import LimitEnded, find_limits_ended
from handhold.working_days import Calendar
from tests.protocol import building

TUESDAY = datetime(2026, 12, 1, 11, 0, tzinfo=UTC)
CALENDAR = Calendar()
ASKED = {"setting": "lead-answers", "of": "begun"}
RULE = {"kinds": ["not-possible"], "decided_by": ["team-manager"]}


def on_record(step: str, outcome: str, days: float, verb: str = "record") -> StepOnRecord:
    at = TUESDAY + timedelta(days=days)
    return StepOnRecord(step, verb, outcome, None, at, at, "ann", "why")


def ended(york: Protocol, tried: Pathway, *records: StepOnRecord) -> list[LimitEnded]:
    casefile = Casefile(TUESDAY, records, start_of(tried, 1).children)
    return list(find_limits_ended(york, tried, casefile, CALENDAR))


def test_a_limit_is_kept_or_missed_by_when_it_happened(york: Protocol, step_down: Pathway) -> None:
    authorised = (
        on_record("early-help-considered", "targeted", 0),
        on_record("assessment-authorised", "authorised", 0),
    )
    meeting = step_down.steps["handover-meeting"]
    outcome = next(name for name, rule in meeting.outcomes.items() if rule.done)
    for days, kept in ((6, True), (9, False)):
        (found,) = ended(york, step_down, *authorised, on_record("handover-meeting", outcome, days))
        assert (found.slot, found.setting, found.was_kept) == (("handover-meeting", None), "handover", kept)
        assert found.started_at == TUESDAY
        assert CALENDAR.local_date(found.due_at).isoformat() == "2026-12-08"


def test_what_came_out_as_not_done_leaves_its_limit_running(york: Protocol) -> None:
    answers = {"accepted": {}, "declined": {"done": False}}
    tried = building.pathway(building.step("begun"), building.step("answered", answers, within=ASKED))
    records = [on_record("begun", "done", 0), on_record("answered", "declined", 1)]
    assert ended(york, tried, *records) == []
    (found,) = ended(york, tried, *records, on_record("answered", "accepted", 9))
    assert not found.was_kept


def test_a_limit_that_runs_until_another_step_is_ended_by_that(york: Protocol) -> None:
    tried = building.pathway(
        building.step("begun"),
        building.step("asked", within={**ASKED, "until": "answered"}, repeats=True),
        building.step("answered"),
    )
    records = [on_record("begun", "done", 0), on_record("asked", "done", 1), on_record("asked", "done", 2)]
    assert ended(york, tried, *records) == []
    (found,) = ended(york, tried, *records, on_record("answered", "done", 3))
    assert (found.slot, found.was_kept) == (("asked", None), True)


def test_an_exception_ends_it_once_it_is_granted(york: Protocol) -> None:
    tried = building.pathway(
        building.step("begun"), building.step("met", within=ASKED, exception=RULE), building.closure("met")
    )
    asked = [on_record("begun", "done", 0), on_record("met", "not-possible", 1, "ask-exception")]
    assert ended(york, tried, *asked) == []
    assert ended(york, tried, *asked, on_record("met", "refused", 2, "decide-exception")) == []
    (found,) = ended(york, tried, *asked, on_record("met", "granted", 2, "decide-exception"))
    assert (found.was_excepted, found.was_kept) == (True, True)


def test_a_limit_that_comes_from_lateness_counts_from_there(york: Protocol) -> None:
    tried = building.pathway(
        building.step("begun"),
        building.step("answered", within=ASKED),
        building.step("chosen", when={"late": ["answered"]}, within={"setting": "lead-chosen", "of": "begun"}),
    )
    (found,) = ended(york, tried, on_record("begun", "done", 0), on_record("chosen", "done", 20))
    assert found.started_at == CALENDAR.due_at(TUESDAY, period_of(york, "lead-answers"))
    assert not found.was_kept


def test_each_limit_is_the_one_that_was_shown_before_the_record(york: Protocol, step_down: Pathway) -> None:
    records = [
        on_record("early-help-considered", "partner-led", 0),
        on_record("consent", "given", 1),
        on_record("lead-asked", "asked", 2),
        on_record("lead-answer", "accepted", 12),
    ]
    start = start_of(step_down, 1)
    before = Casefile(TUESDAY, tuple(records[:-1]), start.children)
    shown = observe(york, step_down, before, CALENDAR, records[-1].happened_at).deadlines
    found = {one.slot: one for one in ended(york, step_down, *records)}
    assert {("lead-asked", None), ("lead-answer", None)} <= set(found)
    for slot, one in found.items():
        assert (one.started_at, one.due_at) == (shown[slot].started_at, shown[slot].due_at)
