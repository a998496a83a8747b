"""Bank holidays in England and Wales, by year.

Years that the government's own list covers come from that list, as packaged with the library (never fetched). Other
years come from the rule of the Banking and Financial Dealings Act 1971, with the days that were moved or added by
proclamation.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache

from govuk_bank_holidays.bank_holidays import BankHolidays

FIRST_YEAR = 1978  # the first year with an early May bank holiday; nothing earlier is counted in working days
LEAST_HOLIDAYS_OF_A_YEAR = 8

# Moved by proclamation: the day by rule, and the day it was held.
MOVED = {
    date(1995, 5, 1): date(1995, 5, 8),
    date(2002, 5, 27): date(2002, 6, 4),
    date(2012, 5, 28): date(2012, 6, 4),
    date(2020, 5, 4): date(2020, 5, 8),
    date(2022, 5, 30): date(2022, 6, 2),
}

# Added by proclamation.
ADDED = frozenset(
    {
        date(1981, 7, 29),
        date(1999, 12, 31),
        date(2002, 6, 3),
        date(2011, 4, 29),
        date(2012, 6, 5),
        date(2022, 6, 3),
        date(2022, 9, 19),
        date(2023, 5, 8),
    }
)


class NoBankHolidaysKnown(ValueError):
    """The year lies before the first one for which bank holidays are known."""

    def __init__(self, year: int) -> None:
        super().__init__(f"Bank holidays are known from {FIRST_YEAR} on; {year} was asked for. Check the date.")
        self.year = year


@cache
def bank_holidays_in(year: int) -> frozenset[date]:
    """The bank holidays of a year in England and Wales, as they are or will be kept.

    Raises NoBankHolidaysKnown for a year before 1978.
    """
    listed = _published_bank_holidays().get(year, frozenset())
    return listed if len(listed) >= LEAST_HOLIDAYS_OF_A_YEAR else bank_holidays_by_rule(year)


def bank_holidays_by_rule(year: int) -> frozenset[date]:
    """The bank holidays of a year by the rule and the proclamations alone.

    Raises NoBankHolidaysKnown for a year before 1978.
    """
    if year < FIRST_YEAR:
        raise NoBankHolidaysKnown(year)
    easter = easter_sunday(year)
    by_rule = {
        easter - timedelta(days=2),
        easter + timedelta(days=1),
        _first_monday_from(date(year, 5, 1)),
        _first_monday_from(date(year, 5, 25)),
        _first_monday_from(date(year, 8, 25)),
        *_moved_off_the_weekend([date(year, 1, 1)]),
        *_moved_off_the_weekend([date(year, 12, 25), date(year, 12, 26)]),
    }
    added = {day for day in ADDED if day.year == year}
    return frozenset({MOVED.get(day, day) for day in by_rule} | added)


def easter_sunday(year: int) -> date:
    """Easter Sunday of the Western churches (the anonymous Gregorian computation)."""
    century, year_of_century = divmod(year, 100)
    golden = year % 19
    moon_shift = century - century // 4 - (8 * century + 13) // 25
    epact = (19 * golden + moon_shift + 15) % 30
    epact -= (epact // 28) * (1 - (epact // 28) * (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    days_from_21_march = epact - weekday
    month = 3 + (days_from_21_march + 40) // 44
    return date(century * 100 + year_of_century, month, days_from_21_march + 28 - 31 * (month // 4))


@cache
def _published_bank_holidays() -> dict[int, frozenset[date]]:
    """The packaged list by year. Cached data is asked for by name: without it the library would go to the network."""
    library = BankHolidays(use_cached_holidays=True)
    by_year: dict[int, set[date]] = {}
    for holiday in library.get_holidays(division=BankHolidays.ENGLAND_AND_WALES):
        by_year.setdefault(holiday["date"].year, set()).add(holiday["date"])
    return {year: frozenset(days) for year, days in by_year.items()}


def _first_monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _moved_off_the_weekend(fixed: Iterable[date]) -> Iterator[date]:
    """Each weekday holiday as it is; each at a weekend on the next weekday that no other holiday has taken."""
    days = list(fixed)
    taken = {day for day in days if day.weekday() < 5}
    yield from taken
    for day in days:
        if day.weekday() < 5:
            continue
        substitute = day
        while substitute.weekday() >= 5 or substitute in taken:
            substitute += timedelta(days=1)
        taken.add(substitute)
        yield substitute
