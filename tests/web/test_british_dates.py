"""Dates and times as people here write them."""

from datetime import UTC, date, datetime, time

import pytest

from handhold.web.british_dates import clock, day_and_clock, long_date, short_day


def test_a_day_is_short_in_a_list_and_long_in_a_sentence() -> None:
    assert short_day(date(2026, 12, 8)) == "Tue 8 Dec 2026"
    assert long_date(date(2026, 12, 8)) == "8 December 2026"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (time(14, 32), "2.32pm"),
        (time(9), "9am"),
        (time(9, 5), "9.05am"),
        (time(0, 1), "12.01am"),
        (time(12, 1), "12.01pm"),
        (time(12), "midday"),
        (time(0), "midnight"),
        (time(23, 59), "11.59pm"),
    ],
)
def test_a_time_of_day_is_written_by_the_twelve_hour_clock(at: time, words: str) -> None:
    assert clock(at) == words


def test_an_instant_is_shown_in_the_time_of_the_council() -> None:
    assert day_and_clock(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "Thu 2 Jul 2026, 12.30am"
    assert day_and_clock(datetime(2026, 12, 1, 23, 30, tzinfo=UTC)) == "Tue 1 Dec 2026, 11.30pm"


def test_the_hour_that_comes_twice_and_the_hour_that_is_missing() -> None:
    assert clock(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)) == "1.30am"
    assert clock(datetime(2026, 10, 25, 1, 30, tzinfo=UTC)) == "1.30am"
    assert clock(datetime(2026, 3, 29, 1, 0, tzinfo=UTC)) == "2am"


def test_an_instant_without_a_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="naive"):
        clock(datetime(2026, 12, 1, 23, 30))  # noqa: DTZ001
