"""When people hear of a limit: before it, when it passes, and above them once it has gone on; by the council's rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handhold.protocol.council import Setting
from handhold.protocol.deadlines import Deadline
from handhold.protocol.pathways import Protocol
from handhold.protocol.reminding import Occasions, next_change, occasions_of
from handhold.working_days import Calendar

CALENDAR = Calendar()
MOMENT = timedelta(microseconds=1)
STARTED = datetime(2026, 12, 1, 10, tzinfo=UTC)  # a Tuesday
DUE = datetime(2026, 12, 8, 17, tzinfo=UTC)  # five working days later
DAY_BEFORE = datetime(2026, 12, 7, 17, tzinfo=UTC)
DAY_AFTER = datetime(2026, 12, 9, 17, tzinfo=UTC)


def limit(started: datetime = STARTED, due: datetime = DUE) -> Deadline:
    return Deadline(started, due, "handover", has_passed=False, is_whole_run=False)


def with_settings(york: Protocol, **days: int) -> Protocol:
    """York with other numbers of working days."""
    numbers = {
        name.replace("_", "-"): Setting(value=value, unit="working-days", means="A number", clauses=["H8"])
        for name, value in days.items()
    }
    return replace(york, file=york.file.model_copy(update={"settings": {**york.file.settings, **numbers}}))


def test_people_are_reminded_a_working_day_ahead_and_it_goes_up_a_working_day_after(york: Protocol) -> None:
    assert occasions_of(york, limit(), CALENDAR) == Occasions(DAY_BEFORE, DUE, DAY_AFTER)


def test_how_long_ahead_and_how_long_after_are_the_councils_numbers(york: Protocol) -> None:
    changed = with_settings(york, reminded_ahead=2, escalated_after=3)
    found = occasions_of(changed, limit(), CALENDAR)
    assert found.coming_after == datetime(2026, 12, 4, 17, tzinfo=UTC)
    assert found.escalated_after == datetime(2026, 12, 11, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "owed"),
    [
        (STARTED, []),
        (DAY_BEFORE, []),
        (DAY_BEFORE + MOMENT, ["coming"]),
        (DUE, ["coming"]),
        (DUE + MOMENT, ["passed"]),
        (DAY_AFTER, ["passed"]),
        (DAY_AFTER + MOMENT, ["passed", "escalated"]),
        (DAY_AFTER + timedelta(days=365), ["passed", "escalated"]),
    ],
)
def test_what_is_owed_changes_right_after_each_instant_and_not_at_it(
    york: Protocol, now: datetime, owed: list[str]
) -> None:
    assert occasions_of(york, limit(), CALENDAR).owed(now) == owed


def test_nobody_is_reminded_ahead_of_a_limit_that_begins_later_than_the_reminder_would_go(york: Protocol) -> None:
    short = limit(started=DUE - timedelta(minutes=15))
    assert occasions_of(york, short, CALENDAR).coming_after is None


def test_without_a_rule_it_goes_up_as_soon_as_it_passes_and_nobody_is_reminded_ahead(york: Protocol) -> None:
    without = replace(york, file=york.file.model_copy(update={"reminders": None}))
    found = occasions_of(without, limit(), CALENDAR)
    assert found.owed(DUE) == []
    assert found.owed(DUE + MOMENT) == ["passed", "escalated"]


def test_a_run_is_to_be_looked_at_next_when_the_first_of_its_limits_comes_to_something(york: Protocol) -> None:
    later = limit(due=DUE + timedelta(days=7))
    limits = [later, limit()]
    assert next_change(york, limits, CALENDAR, STARTED) == DAY_BEFORE
    assert next_change(york, limits, CALENDAR, DAY_BEFORE) == DAY_BEFORE, "nothing is owed before the instant is over"
    assert next_change(york, limits, CALENDAR, DAY_BEFORE + MOMENT) == DUE
    assert next_change(york, [limit()], CALENDAR, DAY_AFTER + MOMENT) is None
    assert next_change(york, [], CALENDAR, STARTED) is None


def test_a_run_changes_too_when_the_least_time_of_a_step_is_over(york: Protocol) -> None:
    over = DAY_BEFORE - timedelta(hours=1)
    assert next_change(york, [limit()], CALENDAR, STARTED, earliest=[over]) == over
    assert next_change(york, [limit()], CALENDAR, over + MOMENT, earliest=[over]) == DAY_BEFORE
