"""Bank holidays: the packaged list, the rule, and a second opinion by another library."""

from collections.abc import Iterator
from datetime import date

import govuk_bank_holidays.bank_holidays as library
import holidays
import pytest
import requests
from dateutil.easter import easter  # type: ignore[import-untyped]

from handhold.working_days import NoBankHolidaysKnown, bank_holidays_in
from handhold.working_days.bank_holidays import bank_holidays_by_rule, easter_sunday

YEARS = range(2012, 2029)


def second_opinion(year: int) -> frozenset[date]:
    days = holidays.country_holidays("GB", subdiv="ENG", years=year)
    return frozenset(day for day in days if day.weekday() < 5)


@pytest.mark.parametrize(
    ("day", "kept"),
    [
        (date(2012, 5, 28), False),  # spring bank holiday moved for the jubilee ...
        (date(2012, 6, 4), True),
        (date(2012, 6, 5), True),  # ... and a day added
        (date(2020, 5, 4), False),
        (date(2020, 5, 8), True),  # early May moved to VE day
        (date(2022, 5, 30), False),
        (date(2022, 6, 2), True),
        (date(2022, 6, 3), True),
        (date(2022, 9, 19), True),  # state funeral
        (date(2023, 5, 1), True),
        (date(2023, 5, 8), True),  # coronation, beside the early May one
        (date(2021, 12, 27), True),  # Christmas on a Saturday: both move
        (date(2021, 12, 28), True),
        (date(2022, 12, 26), True),  # Christmas on a Sunday: Boxing Day stays, Christmas goes behind it
        (date(2022, 12, 27), True),
        (date(2020, 12, 28), True),  # Boxing Day on a Saturday
        (date(2022, 1, 3), True),  # New Year on a Saturday
        (date(2017, 1, 2), True),  # New Year on a Sunday
        (date(2027, 3, 26), True),  # Good Friday
        (date(2027, 3, 29), True),  # Easter Monday
        (date(2026, 8, 3), False),  # Scotland's summer bank holiday
    ],
)
def test_the_days_that_are_easily_got_wrong(day: date, kept: bool) -> None:
    assert (day in bank_holidays_in(day.year)) is kept
    assert (day in bank_holidays_by_rule(day.year)) is kept


@pytest.mark.parametrize("year", YEARS)
def test_list_rule_and_second_opinion_agree(year: int) -> None:
    assert bank_holidays_in(year) == bank_holidays_by_rule(year) == second_opinion(year)


@pytest.mark.parametrize("year", [*range(1978, 2012), *range(2029, 2101)])
def test_years_that_the_list_lacks_agree_with_the_second_opinion(year: int) -> None:
    assert bank_holidays_in(year) == second_opinion(year)


def test_easter_agrees_with_another_computation_for_six_centuries() -> None:
    assert [easter_sunday(year) for year in range(1900, 2500)] == [easter(year) for year in range(1900, 2500)]


def test_a_year_before_the_first_known_one_is_refused_by_name() -> None:
    with pytest.raises(NoBankHolidaysKnown, match="1978 on; 1977 was asked for"):
        bank_holidays_in(1977)


@pytest.fixture
def requested_addresses(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A network that writes down who asked, and answers nobody."""
    requested: list[str] = []

    def unreachable(address: str, **_: object) -> None:
        requested.append(address)
        raise requests.ConnectionError

    monkeypatch.setattr(library.requests, "get", unreachable)
    bank_holidays_in.cache_clear()
    yield requested
    bank_holidays_in.cache_clear()


def test_nothing_is_fetched_from_the_network(requested_addresses: list[str]) -> None:
    assert date(2026, 12, 25) in bank_holidays_in(2026)
    assert requested_addresses == []


def test_the_same_library_asked_plainly_would_go_to_the_network(requested_addresses: list[str]) -> None:
    library.BankHolidays()
    assert len(requested_addresses) == 1
