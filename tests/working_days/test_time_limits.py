"""Time limits: hard cases worked out by hand, in London's local time; what is stored is UTC."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handhold.working_days import Calendar, InstantWithoutZone, Period

LONDON = ZoneInfo("Europe/London")
CALENDAR = Calendar()

YEARS_LATER = st.timedeltas(timedelta(0), timedelta(days=6100))
instants = YEARS_LATER.map(lambda later: datetime(2012, 1, 1, tzinfo=UTC) + later)
day_periods = st.builds(
    Period, st.integers(0, 60), st.sampled_from(["working-days", "calendar-days", "calendar-months"])
)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


@pytest.mark.parametrize(
    ("started", "amount", "due", "why"),
    [
        ("2026-12-01 10:00", 5, "2026-12-08 17:00", "five working days from a Tuesday"),
        ("2026-12-02 10:00", 1, "2026-12-03 17:00", "one working day ends at the close of the next one"),
        ("2026-12-02 09:00", 1, "2026-12-03 17:00", "at opening"),
        ("2026-12-02 17:00", 1, "2026-12-03 17:00", "at the last minute of the office day"),
        ("2026-12-02 17:01", 1, "2026-12-04 17:00", "after closing it counts tomorrow"),
        ("2026-12-02 23:59", 1, "2026-12-04 17:00", "a minute before midnight"),
        ("2026-12-03 00:00", 1, "2026-12-04 17:00", "at midnight it counts at that day's opening"),
        ("2026-12-03 07:30", 1, "2026-12-04 17:00", "before opening too"),
        ("2026-12-04 16:59", 1, "2026-12-07 17:00", "Friday to Monday"),
        ("2026-12-04 17:30", 1, "2026-12-08 17:00", "Friday evening counts on Monday"),
        ("2026-12-05 12:00", 1, "2026-12-08 17:00", "so does Saturday"),
        ("2026-12-24 10:00", 1, "2026-12-29 17:00", "Christmas Eve 2026, with a substitute Boxing Day on Monday"),
        ("2026-12-25 10:00", 1, "2026-12-30 17:00", "Christmas Day itself"),
        ("2027-03-25 10:00", 1, "2027-03-30 17:00", "Maundy Thursday, over Good Friday and Easter Monday"),
        ("2027-03-24 10:00", 3, "2027-03-31 17:00", "over Easter and the change to summer time on 28 March"),
        ("2026-10-23 10:00", 1, "2026-10-26 17:00", "over the change to winter time on 25 October"),
        ("2028-02-28 10:00", 1, "2028-02-29 17:00", "a leap day that is worked"),
        ("2026-02-27 10:00", 1, "2026-03-02 17:00", "no leap day"),
        ("2023-05-05 10:00", 1, "2023-05-09 17:00", "the coronation"),
        ("2022-06-01 10:00", 1, "2022-06-06 17:00", "the platinum jubilee"),
        ("2022-09-16 10:00", 1, "2022-09-20 17:00", "the state funeral"),
        ("2012-06-01 10:00", 1, "2012-06-06 17:00", "the diamond jubilee"),
        ("2026-12-01 10:00", 0, "2026-12-01 17:00", "the same day"),
        ("2026-12-05 10:00", 0, "2026-12-07 17:00", "the same day, at a weekend"),
    ],
)
def test_limits_in_working_days(started: str, amount: int, due: str, why: str) -> None:
    assert CALENDAR.due_at(local(started), Period(amount, "working-days")) == local(due), why


@pytest.mark.parametrize(
    ("started", "period", "last_day"),
    [
        ("2026-12-05 10:00", Period(10, "calendar-days"), date(2026, 12, 15)),
        ("2026-12-05 23:59", Period(1, "calendar-days"), date(2026, 12, 6)),
        ("2026-12-05 00:00", Period(1, "calendar-days"), date(2026, 12, 6)),
        ("2026-06-05 00:30", Period(1, "calendar-days"), date(2026, 6, 6)),  # still 4 June in UTC
        ("2028-02-28 10:00", Period(1, "calendar-days"), date(2028, 2, 29)),
        ("2026-11-30 10:00", Period(3, "calendar-months"), date(2027, 2, 28)),
        ("2027-11-30 10:00", Period(3, "calendar-months"), date(2028, 2, 29)),
        ("2028-02-29 10:00", Period(12, "calendar-months"), date(2029, 2, 28)),
        ("2026-01-31 10:00", Period(1, "calendar-months"), date(2026, 2, 28)),
        ("2026-10-31 10:00", Period(2, "calendar-months"), date(2026, 12, 31)),
    ],
)
def test_limits_in_calendar_units_end_with_the_last_instant_of_their_day(
    started: str, period: Period, last_day: date
) -> None:
    due = CALENDAR.due_at(local(started), period)
    assert due == CALENDAR.starts_at(last_day + timedelta(days=1)) - timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("started", "minutes", "due_utc"),
    [
        ("2026-12-05T23:50:00+00:00", 15, "2026-12-06T00:05:00+00:00"),
        ("2026-03-29T00:55:00+00:00", 15, "2026-03-29T01:10:00+00:00"),  # 01:00 becomes 02:00 on the wall
        ("2026-10-25T00:55:00+00:00", 15, "2026-10-25T01:10:00+00:00"),  # 02:00 becomes 01:00 on the wall
    ],
)
def test_minutes_run_through_nights_and_clock_changes(started: str, minutes: int, due_utc: str) -> None:
    due = CALENDAR.due_at(datetime.fromisoformat(started), Period(minutes, "minutes"))
    assert due == datetime.fromisoformat(due_utc)


@pytest.mark.parametrize(
    ("day", "opens_utc", "closes_utc"),
    [
        (date(2026, 3, 27), time(9), time(17)),  # Friday before summer time
        (date(2026, 3, 30), time(8), time(16)),  # Monday after
        (date(2026, 10, 23), time(8), time(16)),
        (date(2026, 10, 26), time(9), time(17)),
    ],
)
def test_office_hours_stay_on_the_wall_when_the_clocks_change(day: date, opens_utc: time, closes_utc: time) -> None:
    assert CALENDAR.opens_at(day) == datetime.combine(day, opens_utc, UTC)
    assert CALENDAR.closes_at(day) == datetime.combine(day, closes_utc, UTC)


@pytest.mark.parametrize(
    ("started", "period", "opens"),
    [
        ("2026-12-01 10:00", Period(10, "working-days"), "2026-12-16 00:00"),
        ("2026-12-01 18:00", Period(10, "working-days"), "2026-12-17 00:00"),
        ("2026-12-01 10:00", Period(10, "calendar-days"), "2026-12-12 00:00"),
        ("2026-11-30 10:00", Period(3, "calendar-months"), "2027-03-01 00:00"),
        ("2026-12-01 10:00", Period(30, "minutes"), "2026-12-01 10:30"),
    ],
)
def test_what_may_not_happen_before_opens_on_the_day_after_the_last_full_one(
    started: str, period: Period, opens: str
) -> None:
    assert CALENDAR.open_from(local(started), period) == local(opens)


@pytest.mark.parametrize(
    ("event", "period", "due"),
    [
        ("2027-05-31 00:00", Period(3, "calendar-months"), "2027-02-28 23:59:59.999999"),
        ("2027-03-30 10:00", Period(1, "working-days"), "2027-03-25 17:00"),
        ("2027-03-30 10:00", Period(5, "calendar-days"), "2027-03-25 23:59:59.999999"),
        ("2027-03-30 10:00", Period(90, "minutes"), "2027-03-30 08:30"),
    ],
)
def test_what_is_due_ahead_of_an_event_counts_back_from_it(event: str, period: Period, due: str) -> None:
    assert CALENDAR.due_ahead_of(local(event), period) == local(due)


@pytest.mark.parametrize(
    ("instant", "is_open"),
    [
        ("2026-12-01 08:59", False),
        ("2026-12-01 09:00", True),
        ("2026-12-01 17:00", True),
        ("2026-12-01 17:01", False),
        ("2026-12-05 12:00", False),
        ("2026-12-25 12:00", False),
    ],
)
def test_the_office_is_open_within_its_hours_on_working_days(instant: str, is_open: bool) -> None:
    assert CALENDAR.is_open_at(local(instant)) is is_open


def test_other_office_hours_move_what_counts_today() -> None:
    late_shift = Calendar(opening_time=time(8, 30), closing_time=time(20))
    assert late_shift.due_at(local("2026-12-01 19:00"), Period(1, "working-days")) == local("2026-12-02 20:00")
    assert CALENDAR.due_at(local("2026-12-01 19:00"), Period(1, "working-days")) == local("2026-12-03 17:00")


@given(instants, instants, day_periods)
def test_an_earlier_event_is_never_due_later(a: datetime, b: datetime, period: Period) -> None:
    earlier, later = sorted((a, b))
    assert CALENDAR.due_at(earlier, period) <= CALENDAR.due_at(later, period)


@given(instants, day_periods)
def test_a_longer_limit_is_due_later_and_a_wait_opens_only_when_its_limit_has_passed(
    started: datetime, period: Period
) -> None:
    due = CALENDAR.due_at(started, period)
    assert due < CALENDAR.due_at(started, Period(period.amount + 1, period.unit))
    assert started <= due < CALENDAR.open_from(started, period)


@given(instants, st.integers(0, 60), st.integers(0, 60))
def test_limits_in_working_days_are_additive_from_close_to_close(started: datetime, a: int, b: int) -> None:
    first = CALENDAR.due_at(started, Period(a, "working-days"))
    whole = CALENDAR.due_at(started, Period(a + b, "working-days"))
    assert CALENDAR.due_at(first, Period(b, "working-days")) == whole


@pytest.mark.parametrize("unit", ["working-days", "calendar-days", "calendar-months", "minutes"])
def test_an_instant_without_its_zone_is_refused(unit: str) -> None:
    with pytest.raises(InstantWithoutZone, match="no time zone"):
        CALENDAR.due_at(local("2026-12-01 10:00").replace(tzinfo=None), Period(1, unit))  # type: ignore[arg-type]


def test_a_period_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        Period(-1, "minutes")
    with pytest.raises(ValueError, match="Use one of: working-days"):
        Period(1, "weeks")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="must come before closing"):
        Calendar(opening_time=time(17), closing_time=time(9))


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period(5, "working-days"), "5 working days"),
        (Period(1, "working-days"), "1 working day"),
        (Period(3, "calendar-months"), "3 months"),
        (Period(15, "minutes"), "15 minutes"),
    ],
)
def test_a_period_says_itself_in_words(period: Period, words: str) -> None:
    assert str(period) == words
