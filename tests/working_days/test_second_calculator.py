"""The calendar against a second calculator that shares nothing with it: every day from 2012 to 2028, for each unit."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from tests.working_days import second_calculator as second

from handhold.working_days import Calendar, Period, Unit, bank_holidays_in
from handhold.working_days.bank_holidays import easter_sunday

YEARS = range(2012, 2029)
FIRST, LAST = date(2012, 1, 1), date(2028, 12, 31)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
CLOSES = time(17)
CALENDAR = Calendar()

# In UTC: in summer the late ones are the next day on the wall, or a minute after closing.
HOURS = (time(0), time(8, 59), time(16, 0), time(16, 0, 1), time(17), time(17, 0, 1), time(23, 30))

BY_UNIT: dict[Unit, tuple[tuple[int, ...], Callable[[datetime, int], datetime]]] = {
    "working-days": ((0, 1, 5, 20), lambda at, amount: second.due_in_working_days(at, amount, CLOSES)),
    "calendar-days": ((0, 1, 10), second.due_in_calendar_days),
    "calendar-months": ((1, 3, 12), second.due_in_calendar_months),
    "minutes": ((0, 15), second.due_in_minutes),
}


def every_day() -> Iterator[date]:
    return (FIRST + n * DAY for n in range((LAST - FIRST).days + 1))


def every_instant() -> Iterator[datetime]:
    return (datetime.combine(day, hour, UTC) for day in every_day() for hour in HOURS)


def disagreements(unit: Unit, calendar: Calendar, instants: Iterator[datetime]) -> list[tuple[datetime, int]]:
    """Where the two differ, once they have been asked for every instant."""
    amounts, calculate = BY_UNIT[unit]
    periods = [Period(amount, unit) for amount in amounts]
    asked = ((at, period) for at in instants for period in periods)
    return [(at, one.amount) for at, one in asked if calendar.due_at(at, one) != calculate(at, one.amount)]


@pytest.mark.parametrize("unit", BY_UNIT)
def test_both_agree_for_every_day_from_2012_to_2028(unit: Unit) -> None:
    assert disagreements(unit, CALENDAR, every_instant()) == []


@pytest.mark.parametrize("unit", BY_UNIT)
@pytest.mark.parametrize("year", YEARS)
def test_both_agree_for_every_minute_around_both_clock_changes(unit: Unit, year: int) -> None:
    changes = [change.replace(tzinfo=UTC) for change in second.summer_time(year)]
    minutes = (change + n * MINUTE for change in changes for n in range(-90, 91))
    assert disagreements(unit, CALENDAR, minutes) == []


@pytest.mark.parametrize("ahead", [0, 1, 5])
def test_both_agree_on_what_is_due_ahead_of_every_day(ahead: int) -> None:
    period = Period(ahead, "working-days")
    noons = [datetime.combine(day, time(12), UTC) for day in every_day()]
    wrong = [
        at for at in noons if CALENDAR.due_ahead_of(at, period) != second.due_ahead_in_working_days(at, ahead, CLOSES)
    ]
    assert (len(noons), wrong) == (6210, [])


def test_every_working_day_is_one_for_both() -> None:
    assert [day for day in every_day() if CALENDAR.is_working_day(day)] == [
        day for day in second.WORKED if FIRST <= day <= LAST
    ]


@pytest.mark.parametrize("year", second.BANK_HOLIDAYS)
def test_the_bank_holidays_are_those_written_down_by_hand(year: int) -> None:
    assert sorted(bank_holidays_in(year)) == second.days_of(year, second.BANK_HOLIDAYS[year])


def test_easter_is_where_the_prayer_books_table_has_it() -> None:
    years = range(1900, 2200)
    assert [easter_sunday(year) for year in years] == [second.easter_sunday(year) for year in years]
    for year in YEARS:
        easter = second.easter_sunday(year)
        assert {easter - 2 * DAY, easter + DAY} <= second.HOLIDAYS


@pytest.mark.parametrize(
    ("day", "kept", "why"),
    [
        (date(2012, 6, 4), True, "spring bank holiday, moved for the Diamond Jubilee"),
        (date(2012, 6, 5), True, "the Diamond Jubilee"),
        (date(2012, 5, 28), False, "where it would have been"),
        (date(2020, 5, 8), True, "early May, moved to VE day"),
        (date(2020, 5, 4), False, "where it would have been"),
        (date(2022, 6, 2), True, "spring bank holiday, moved for the Platinum Jubilee"),
        (date(2022, 6, 3), True, "the Platinum Jubilee"),
        (date(2022, 9, 19), True, "the State Funeral"),
        (date(2023, 5, 8), True, "the Coronation"),
    ],
)
def test_the_days_of_one_year_only_are_right_in_both(day: date, kept: bool, why: str) -> None:
    assert (day in bank_holidays_in(day.year), day in second.HOLIDAYS) == (kept, kept), why


def test_a_calendar_that_is_closed_on_one_day_too_many_is_found_out() -> None:
    closed_too_often = Calendar(frozenset({date(2024, 2, 29)}))
    found = disagreements("working-days", closed_too_often, every_instant())
    assert found
    assert all(date(2024, 1, 29) <= at.date() <= date(2024, 2, 29) for at, _ in found)


def test_a_calendar_of_another_zone_is_found_out() -> None:
    assert disagreements("calendar-days", Calendar(zone="UTC"), every_instant())
