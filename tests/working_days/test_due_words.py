"""The words for a due time."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from handhold.working_days import Calendar, DueWords, InstantWithoutZone, Period, due_words

CALENDAR = Calendar()


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/London")).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "due", "kind", "text"),
    [
        ("2026-12-01 09:00", "2026-12-03 17:00", "coming", "Due Thu 3 Dec"),
        ("2026-12-03 09:00", "2026-12-03 17:00", "today", "Due today"),
        ("2026-12-03 17:00", "2026-12-03 17:00", "today", "Due today"),
        ("2026-12-03 18:00", "2026-12-03 17:00", "overdue", "Overdue since 17:00 today"),
        ("2026-12-04 00:01", "2026-12-03 17:00", "overdue", "Overdue by 1 working day"),
        ("2026-12-05 12:00", "2026-12-04 17:00", "overdue", "Overdue since Fri 4 Dec"),
        ("2026-12-07 09:00", "2026-12-04 17:00", "overdue", "Overdue by 1 working day"),
        ("2026-12-29 09:00", "2026-12-23 17:00", "overdue", "Overdue by 2 working days"),
        ("2026-12-01 09:00", "2027-01-05 17:00", "coming", "Due Tue 5 Jan 2027"),
        ("2026-12-01 14:17", "2026-12-01 14:32", "today", "Due today by 14:32"),
        ("2026-12-01 23:50", "2026-12-02 00:05", "coming", "Due Wed 2 Dec by 00:05"),
        ("2026-06-30 23:30", "2026-07-01 23:59:59.999999", "coming", "Due Wed 1 Jul"),
    ],
)
def test_words_for_a_due_time(now: str, due: str, kind: str, text: str) -> None:
    assert due_words(local(now), local(due), CALENDAR) == DueWords(kind, text)  # type: ignore[arg-type]


def test_without_a_due_time_it_says_so() -> None:
    assert due_words(local("2026-12-01 09:00"), None) == DueWords("none", "No date")


def test_five_working_days_from_tuesday_1_december_read_as_tuesday_8_december() -> None:
    due = CALENDAR.due_at(local("2026-12-01 10:00"), Period(5, "working-days"))
    assert due_words(local("2026-12-01 10:05"), due).text == "Due Tue 8 Dec"


def test_an_instant_without_its_zone_is_refused() -> None:
    with pytest.raises(InstantWithoutZone):
        due_words(local("2026-12-01 09:00").replace(tzinfo=None), local("2026-12-01 09:00"))
