"""Counting working days: against a plain walk from day to day, against another library, and by property."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handhold.working_days import Calendar

CALENDAR = Calendar()
CLOSED_AT_CHRISTMAS = Calendar(frozenset(date(2026, 12, day) for day in (29, 30, 31)))
DAY = timedelta(days=1)
SECOND_OPINION = holidays.country_holidays("GB", subdiv="ENG", years=range(2011, 2031))

dates = st.dates(date(2012, 1, 1), date(2028, 12, 31))
amounts = st.integers(0, 400)


def walked(day: date, n: int) -> date:
    """The nth working day after (or before) a date, one day at a time, by the other library's holidays."""
    step = DAY if n > 0 else -DAY
    for _ in range(abs(n)):
        day += step
        while day.weekday() >= 5 or day in SECOND_OPINION:
            day += step
    return day


def every_day(first: date, last: date) -> list[date]:
    return [first + n * DAY for n in range((last - first).days + 1)]


def test_each_day_from_2012_to_2028_is_judged_as_the_other_library_judges_it() -> None:
    days = every_day(date(2012, 1, 1), date(2028, 12, 31))
    wrong = [d for d in days if CALENDAR.is_working_day(d) != (d.weekday() < 5 and d not in SECOND_OPINION)]
    assert len(days) == 6210
    assert wrong == []


@pytest.mark.parametrize("n", [-21, -5, -1, 0, 1, 3, 5, 10, 20])
def test_adding_agrees_with_a_walk_from_every_day(n: int) -> None:
    days = every_day(date(2012, 1, 1), date(2028, 12, 31))
    wrong = [day for day in days if CALENDAR.add_working_days(day, n) != walked(day, n)]
    assert wrong == []


@given(dates, st.integers(-700, 700))
def test_adding_agrees_with_a_walk_over_years(day: date, n: int) -> None:
    end = CALENDAR.add_working_days(day, n)
    if date(2011, 1, 1) <= end <= date(2030, 12, 31):
        assert end == walked(day, n)


@given(dates, dates)
def test_days_between_agree_with_counting_them_one_by_one(a: date, b: date) -> None:
    low, high = min(a, b), max(a, b)
    counted = sum(1 for d in every_day(low + DAY, high) if d.weekday() < 5 and d not in SECOND_OPINION)
    assert CALENDAR.working_days_between(a, b) == (counted if a <= b else -counted)


@given(dates, amounts, amounts)
def test_adding_is_additive(day: date, a: int, b: int) -> None:
    assert CALENDAR.add_working_days(CALENDAR.add_working_days(day, a), b) == CALENDAR.add_working_days(day, a + b)


@given(dates, dates, amounts)
def test_adding_is_monotone(a: date, b: date, n: int) -> None:
    earlier, later = sorted((a, b))
    assert CALENDAR.add_working_days(earlier, n) <= CALENDAR.add_working_days(later, n)
    assert CALENDAR.add_working_days(a, n) < CALENDAR.add_working_days(a, n + 1)


@given(dates, amounts)
def test_counting_undoes_adding(day: date, n: int) -> None:
    assert CALENDAR.working_days_between(day, CALENDAR.add_working_days(day, n)) == n


@given(dates, dates, dates)
def test_days_between_add_up_over_a_day_between(a: date, b: date, c: date) -> None:
    total = CALENDAR.working_days_between(a, b) + CALENDAR.working_days_between(b, c)
    assert total == CALENDAR.working_days_between(a, c)


@given(dates, st.integers(1, 400))
def test_the_result_is_always_a_working_day(day: date, n: int) -> None:
    assert CALENDAR.is_working_day(CALENDAR.add_working_days(day, n))
    assert CALENDAR.is_working_day(CALENDAR.add_working_days(day, -n))


def test_an_authoritys_own_closure_is_skipped_by_it_and_by_nobody_else() -> None:
    assert CALENDAR.add_working_days(date(2026, 12, 24), 1) == date(2026, 12, 29)
    assert CLOSED_AT_CHRISTMAS.add_working_days(date(2026, 12, 24), 1) == date(2027, 1, 4)
    assert CLOSED_AT_CHRISTMAS.working_days_between(date(2026, 12, 24), date(2026, 12, 31)) == 0


def test_a_day_that_is_not_worked_moves_to_the_next_that_is() -> None:
    assert CALENDAR.first_working_day_from(date(2026, 12, 25)) == date(2026, 12, 29)
    assert CALENDAR.first_working_day_from(date(2026, 12, 24)) == date(2026, 12, 24)
