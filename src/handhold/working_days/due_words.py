"""What is said to people about a due time: overdue by so much, due today, due on such a day, or no date."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from handhold.working_days.calendar import PLAIN, Calendar

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class DueWords:
    """kind sorts and colours a row; text stands on the page."""

    kind: Literal["overdue", "today", "coming", "none"]
    text: str


def due_words(now: datetime, due_at: datetime | None, calendar: Calendar = PLAIN) -> DueWords:
    """The words for a due time as it stands now, in the authority's working days and local time.

    Late means now > due_at. Raises InstantWithoutZone.
    """
    if due_at is None:
        return DueWords("none", "No date")
    today, due_date = calendar.local_date(now), calendar.local_date(due_at)
    if now > due_at:
        return DueWords("overdue", _overdue_text(today, due_date, due_at, calendar))
    hour = _hour_text(due_at, calendar)
    if today == due_date:
        return DueWords("today", f"Due today{hour}")
    return DueWords("coming", f"Due {_day_text(due_date, today)}{hour}")


def _overdue_text(today: date, due_date: date, due_at: datetime, calendar: Calendar) -> str:
    late = calendar.working_days_between(due_date, today)
    if late:
        return f"Overdue by {late} working day{'' if late == 1 else 's'}"
    if today == due_date:
        return f"Overdue since {calendar.to_local(due_at):%H:%M} today"
    return f"Overdue since {_day_text(due_date, today)}"


def _hour_text(due_at: datetime, calendar: Calendar) -> str:
    """The time of day, for limits in minutes only: a limit in days ends with its day, and no time need be said."""
    local = calendar.to_local(due_at).time()
    return "" if local in (calendar.closing_time, time.max) else f" by {local:%H:%M}"


def _day_text(day: date, today: date) -> str:
    year = "" if day.year == today.year else f" {day.year}"
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}{year}"
