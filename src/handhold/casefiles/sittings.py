"""When a meeting that sits every week sits next, by its weekday and the council's calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from handhold.records.models import MeetingSeries
from handhold.working_days import Calendar

ONE_DAY = timedelta(days=1)


def sitting_after(calendar: Calendar, series: MeetingSeries, after: datetime) -> datetime:
    """When a weekly series sits next after an instant: on its weekday, never on a day when the council is closed."""
    day: date = calendar.local_date(after)
    while True:
        if day.weekday() == series.weekday and calendar.is_working_day(day):
            planned_at = calendar.to_instant(day, series.start_time)
            if planned_at > after:
                return planned_at
        day += ONE_DAY
