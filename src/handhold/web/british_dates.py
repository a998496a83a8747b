"""Dates and times as people here write them. What is said about a due time is in handhold.working_days.due_words."""

from datetime import date, datetime, time

from django.utils import timezone

from handhold.working_days.due_words import MONTHS, WEEKDAYS

LONG_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def local_day(when: date | datetime) -> date:
    """The day in the council's time; an instant without a zone raises ValueError."""
    return timezone.localtime(when).date() if isinstance(when, datetime) else when


def short_day(when: date | datetime) -> str:
    """`Tue 8 Dec 2026`"""
    day = local_day(when)
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def long_date(when: date | datetime) -> str:
    """`8 December 2026`"""
    day = local_day(when)
    return f"{day.day} {LONG_MONTHS[day.month - 1]} {day.year}"


def clock(when: time | datetime) -> str:
    """`2.32pm`, `9am`, `midday`, `midnight`: the council's time for an instant, as it is for a time of day."""
    at = timezone.localtime(when).time() if isinstance(when, datetime) else when
    if at.minute == 0 and at.hour in (0, 12):
        return "midday" if at.hour else "midnight"
    minutes = f".{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def day_and_clock(when: datetime) -> str:
    """`Tue 8 Dec 2026, 2.32pm`"""
    return f"{short_day(when)}, {clock(when)}"
