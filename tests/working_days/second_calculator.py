"""A second calculation of due times, by other means than the source's: to hold the two against each other.

Days are walked one by one over a list of bank holidays that was written down by hand; summer time is reckoned from the
last Sundays of March and October without a time zone database; Easter stands in the table of the Book of Common Prayer.
"""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
LAST_MOMENT = time(23, 59, 59, 999999)

# England and Wales, as they were or will be kept. The years before and after are there for what runs over the edge.
BANK_HOLIDAYS = {
    2011: "3 Jan, 22 Apr, 25 Apr, 29 Apr, 2 May, 30 May, 29 Aug, 26 Dec, 27 Dec",
    2012: "2 Jan, 6 Apr, 9 Apr, 7 May, 4 Jun, 5 Jun, 27 Aug, 25 Dec, 26 Dec",
    2013: "1 Jan, 29 Mar, 1 Apr, 6 May, 27 May, 26 Aug, 25 Dec, 26 Dec",
    2014: "1 Jan, 18 Apr, 21 Apr, 5 May, 26 May, 25 Aug, 25 Dec, 26 Dec",
    2015: "1 Jan, 3 Apr, 6 Apr, 4 May, 25 May, 31 Aug, 25 Dec, 28 Dec",
    2016: "1 Jan, 25 Mar, 28 Mar, 2 May, 30 May, 29 Aug, 26 Dec, 27 Dec",
    2017: "2 Jan, 14 Apr, 17 Apr, 1 May, 29 May, 28 Aug, 25 Dec, 26 Dec",
    2018: "1 Jan, 30 Mar, 2 Apr, 7 May, 28 May, 27 Aug, 25 Dec, 26 Dec",
    2019: "1 Jan, 19 Apr, 22 Apr, 6 May, 27 May, 26 Aug, 25 Dec, 26 Dec",
    2020: "1 Jan, 10 Apr, 13 Apr, 8 May, 25 May, 31 Aug, 25 Dec, 28 Dec",
    2021: "1 Jan, 2 Apr, 5 Apr, 3 May, 31 May, 30 Aug, 27 Dec, 28 Dec",
    2022: "3 Jan, 15 Apr, 18 Apr, 2 May, 2 Jun, 3 Jun, 29 Aug, 19 Sep, 26 Dec, 27 Dec",
    2023: "2 Jan, 7 Apr, 10 Apr, 1 May, 8 May, 29 May, 28 Aug, 25 Dec, 26 Dec",
    2024: "1 Jan, 29 Mar, 1 Apr, 6 May, 27 May, 26 Aug, 25 Dec, 26 Dec",
    2025: "1 Jan, 18 Apr, 21 Apr, 5 May, 26 May, 25 Aug, 25 Dec, 26 Dec",
    2026: "1 Jan, 3 Apr, 6 Apr, 4 May, 25 May, 31 Aug, 25 Dec, 28 Dec",
    2027: "1 Jan, 26 Mar, 29 Mar, 3 May, 31 May, 30 Aug, 27 Dec, 28 Dec",
    2028: "3 Jan, 14 Apr, 17 Apr, 1 May, 29 May, 28 Aug, 25 Dec, 26 Dec",
    2029: "1 Jan, 30 Mar, 2 Apr, 7 May, 28 May, 27 Aug, 25 Dec, 26 Dec",
}

# The Paschal full moon by golden number, for the years 1900 to 2199 (Book of Common Prayer, tables to find Easter).
FULL_MOONS = (
    "14 Apr, 3 Apr, 23 Mar, 11 Apr, 31 Mar, 18 Apr, 8 Apr, 28 Mar, 16 Apr, 5 Apr, "
    "25 Mar, 13 Apr, 2 Apr, 22 Mar, 10 Apr, 30 Mar, 17 Apr, 7 Apr, 27 Mar"
)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def days_of(year: int, listed: str) -> list[date]:
    """`2 Jan, 6 Apr` as dates of a year."""
    pairs = [words.split() for words in listed.split(", ")]
    return [date(year, MONTHS.index(month) + 1, int(day)) for day, month in pairs]


HOLIDAYS = {day for year, listed in BANK_HOLIDAYS.items() for day in days_of(year, listed)}
WORKED = [
    day
    for day in (date(2011, 1, 1) + n * DAY for n in range(365 * 19 + 5))
    if day.isoweekday() not in {6, 7} and day not in HOLIDAYS
]
"""Every working day from 2011 to 2029, in order."""


def easter_sunday(year: int) -> date:
    """The Sunday after the Paschal full moon; 1900 to 2199."""
    day = days_of(year, FULL_MOONS)[year % 19] + DAY
    while day.isoweekday() != 7:
        day += DAY
    return day


@cache
def summer_time(year: int) -> tuple[datetime, datetime]:
    """When summer time begins and ends: one in the morning, Greenwich, of the last Sundays of March and October."""
    return last_sunday(year, 3), last_sunday(year, 10)


def last_sunday(year: int, month: int) -> datetime:
    """One in the morning of it."""
    day = date(year, month, 31)
    while day.isoweekday() != 7:
        day -= DAY
    return datetime(day.year, day.month, day.day, 1)  # noqa: DTZ001 - Greenwich, without a zone on purpose


def on_the_wall(instant: datetime) -> datetime:
    """A UTC instant as a clock on the wall shows it, without a zone."""
    greenwich = instant.replace(tzinfo=None)
    begins, ends = summer_time(greenwich.year)
    return greenwich + HOUR if begins <= greenwich < ends else greenwich


def from_the_wall(day: date, clock: time) -> datetime:
    """The UTC instant of a time on the wall that comes once only."""
    wall = datetime.combine(day, clock)
    begins, ends = summer_time(day.year)
    return (wall - HOUR if begins + HOUR <= wall < ends + HOUR else wall).replace(tzinfo=UTC)


def worked_from(day: date) -> int:
    """The place in WORKED of the first working day that is not before a date."""
    return bisect_left(WORKED, day)


def due_in_working_days(instant: datetime, amount: int, closes: time) -> datetime:
    """The close of the nth working day after the one on which it counts."""
    wall = on_the_wall(instant)
    day = wall.date()
    if wall.time() > closes:
        day += DAY
    return from_the_wall(WORKED[worked_from(day) + amount], closes)


def due_in_calendar_days(instant: datetime, amount: int) -> datetime:
    """The last moment of the nth day."""
    day = on_the_wall(instant).date()
    for _ in range(amount):
        day += DAY
    return from_the_wall(day, LAST_MOMENT)


def due_in_calendar_months(instant: datetime, amount: int) -> datetime:
    """The last moment of the same day so many months later, or of that month's last day."""
    day = on_the_wall(instant).date()
    year, month = day.year, day.month
    for _ in range(amount):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for wanted in range(day.day, 27, -1):
        if wanted <= length_of(year, month):
            return from_the_wall(date(year, month, wanted), LAST_MOMENT)
    return from_the_wall(date(year, month, day.day), LAST_MOMENT)


def length_of(year: int, month: int) -> int:
    """Thirty days have September, April, June and November ..."""
    if month == 2:
        return 29 if year % 4 == 0 else 28  # 2100 is far away
    return 30 if month in {4, 6, 9, 11} else 31


def due_in_minutes(instant: datetime, amount: int) -> datetime:
    """So many minutes later, one by one."""
    for _ in range(amount):
        instant += timedelta(seconds=60)
    return instant


def due_ahead_in_working_days(instant: datetime, amount: int, closes: time) -> datetime:
    """The close of the nth working day before the day of something foreseen."""
    day = on_the_wall(instant).date()
    return from_the_wall(WORKED[worked_from(day) - amount] if amount else day, closes)
