"""The calendar of one authority: which days it works, when it opens and closes, and when a limit is due.

An event counts on its local date. For limits in working days, an event outside office hours or on a day that is not
worked counts at the start of the next working day (the reading that Y47 asks for): before opening that is the same
day. Calendar days, months and minutes take no notice of office hours.

`due_at` is the last instant in time: something is late when `now > due_at`.
"""

from bisect import bisect_right
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from handhold.working_days.bank_holidays import bank_holidays_in
from handhold.working_days.period import Period

ONE_DAY = timedelta(days=1)


class InstantWithoutZone(ValueError):
    """A date and time came without its zone, so that nobody can say which instant it is."""

    def __init__(self, instant: datetime) -> None:
        super().__init__(f"{instant.isoformat()} has no time zone. Hand over aware UTC instants.")


@dataclass(frozen=True)
class Calendar:
    """Working days and office hours of one authority.

    extra_closed_dates: days on which it is closed beside weekends and bank holidays (a Christmas closure).
    opening_time, closing_time: local office hours; both ends belong to them.
    zone: the IANA name of its local time.
    """

    extra_closed_dates: frozenset[date] = frozenset()
    opening_time: time = time(9)
    closing_time: time = time(17)
    zone: str = "Europe/London"

    def __post_init__(self) -> None:
        if self.opening_time >= self.closing_time:
            raise ValueError(
                f"Opening ({self.opening_time:%H:%M}) must come before closing ({self.closing_time:%H:%M})."
            )

    def is_working_day(self, day: date) -> bool:
        """Whether the authority works on this date."""
        return day.weekday() < 5 and day not in bank_holidays_in(day.year) and day not in self.extra_closed_dates

    def add_working_days(self, day: date, n: int) -> date:
        """The nth working day after a date (before it, where n is negative); the date itself where n is 0."""
        if n == 0:
            return day
        days, position = _working_days_of(self, day.year), _position(self, day, counting_itself=n > 0)
        wanted, year = position + n - (1 if n > 0 else 0), day.year
        while wanted >= len(days):
            wanted, year = wanted - len(days), year + 1
            days = _working_days_of(self, year)
        while wanted < 0:
            year -= 1
            days = _working_days_of(self, year)
            wanted += len(days)
        return days[wanted]

    def working_days_between(self, a: date, b: date) -> int:
        """How many working days lie after a, up to and including b; negative where b comes before a."""
        if b < a:
            return -self.working_days_between(b, a)
        whole_years = sum(len(_working_days_of(self, year)) for year in range(a.year, b.year))
        return whole_years + _position(self, b, counting_itself=True) - _position(self, a, counting_itself=True)

    def first_working_day_from(self, day: date) -> date:
        """The date itself where it is worked, otherwise the next working day."""
        return day if self.is_working_day(day) else self.add_working_days(day, 1)

    def local_date(self, instant: datetime) -> date:
        """The date on the wall at an instant. Raises InstantWithoutZone."""
        return self.to_local(instant).date()

    def to_local(self, instant: datetime) -> datetime:
        """The instant in local time. Raises InstantWithoutZone."""
        if instant.tzinfo is None:
            raise InstantWithoutZone(instant)
        return instant.astimezone(ZoneInfo(self.zone))

    def starts_at(self, day: date) -> datetime:
        """Local midnight at which a date begins, as a UTC instant."""
        return self.to_instant(day, time.min)

    def opens_at(self, day: date) -> datetime:
        """Opening of a date, as a UTC instant."""
        return self.to_instant(day, self.opening_time)

    def closes_at(self, day: date) -> datetime:
        """Close of a date, as a UTC instant."""
        return self.to_instant(day, self.closing_time)

    def is_open_at(self, instant: datetime) -> bool:
        """Whether the office is open: a working day, within office hours. Raises InstantWithoutZone."""
        local = self.to_local(instant)
        return self.is_working_day(local.date()) and self.opening_time <= local.time() <= self.closing_time

    def counts_on(self, event_at: datetime) -> date:
        """The working day on which an event counts. Raises InstantWithoutZone.

        Within office hours and before opening it is the event's own date; after closing, or on a day that is not
        worked, the next one.
        """
        local = self.to_local(event_at)
        if local.time() > self.closing_time:
            return self.add_working_days(local.date(), 1)
        return self.first_working_day_from(local.date())

    def due_at(self, started_at: datetime, within: Period) -> datetime:
        """The last instant (UTC) at which something is in time that is due within a period of an event.

        Working days end at the close of the nth working day after the day on which the event counts; calendar days
        and months with the end of their last day (months are clamped to the end of the month); minutes to the second.
        Raises InstantWithoutZone.
        """
        match within.unit:
            case "working-days":
                return self.closes_at(self.add_working_days(self.counts_on(started_at), within.amount))
            case "minutes":
                return self.to_local(started_at).astimezone(UTC) + timedelta(minutes=within.amount)
            case _:
                return self._ends_at(_moved_by(self.local_date(started_at), within, forward=True))

    def open_from(self, started_at: datetime, not_before: Period) -> datetime:
        """The first instant (UTC) at which something may be done that has to wait for a period after an event.

        The whole period passes first: it opens at the start of the day after the last one. Raises InstantWithoutZone.
        """
        if not_before.unit == "minutes":
            return self.due_at(started_at, not_before)
        return self.starts_at(self.local_date(self.due_at(started_at, not_before)) + ONE_DAY)

    def due_ahead_of(self, event_at: datetime, ahead: Period) -> datetime:
        """The last instant (UTC) at which something is in time that is due a period ahead of a foreseen event.

        Working days: close of the nth working day before the event's date; calendar days and months: the end of that
        day. Raises InstantWithoutZone.
        """
        match ahead.unit:
            case "working-days":
                return self.closes_at(self.add_working_days(self.local_date(event_at), -ahead.amount))
            case "minutes":
                return self.to_local(event_at).astimezone(UTC) - timedelta(minutes=ahead.amount)
            case _:
                return self._ends_at(_moved_by(self.local_date(event_at), ahead, forward=False))

    def _ends_at(self, day: date) -> datetime:
        return self.to_instant(day, time.max)

    def to_instant(self, day: date, local_time: time) -> datetime:
        """A local time of a date, as a UTC instant."""
        return datetime.combine(day, local_time, ZoneInfo(self.zone)).astimezone(UTC)


def council_date(instant: datetime) -> date:
    """The date on the wall of any council in England or Wales; in summer the hour before midnight UTC is the next day.

    Raises InstantWithoutZone.
    """
    return PLAIN.local_date(instant)


PLAIN = Calendar()


def _moved_by(day: date, period: Period, *, forward: bool) -> date:
    amount = period.amount if forward else -period.amount
    if period.unit == "calendar-days":
        return day + timedelta(days=amount)
    year, month_from_zero = divmod(day.year * 12 + day.month - 1 + amount, 12)
    month = month_from_zero + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@lru_cache(maxsize=1024)
def _working_days_of(calendar: Calendar, year: int) -> tuple[date, ...]:
    """All working days of a year in order: counting is then looking up, however far apart two dates are."""
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
    return tuple(day for day in days if calendar.is_working_day(day))


def _position(calendar: Calendar, day: date, *, counting_itself: bool) -> int:
    """How many working days of its year lie before a date, with or without the date itself."""
    days = _working_days_of(calendar, day.year)
    return bisect_right(days, day if counting_itself else day - ONE_DAY)
