"""The stories of the demo's transfers, read from the invented council's file: who does what on which working day.

Not here: doing it (`demo_transfers`), and what is written down with each act (`demo_contents`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Literal

from ruamel.yaml import YAML

from handhold.records.models import Authority, MeetingSeries
from handhold.working_days import Calendar

STORIES = Path(__file__).parent / "invent" / "transfers"
FIRST_CLOCK = "10:00"
BETWEEN_ACTS = timedelta(minutes=5)
AFTER_SITTING = timedelta(hours=2)  # what a story lets happen on the day of a meeting is over by then
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Act:
    """One step recorded, or with `exception` an exception asked for. `by` is a relation to the run, or a role."""

    step: str
    outcome: str = ""
    exception: str = ""
    by: str = "worker"
    day: int | None = None
    time: str = ""
    reason: str = ""
    note: str = ""
    agreed_in: int | None = None  # working days


@dataclass(frozen=True)
class StoryOfTransfer:
    """How far one family's transfer has come, and how. `chooses` is a name, or a role: who has most room."""

    about: str
    needs: Literal["authorised", "draft-read"]
    counts_from: Literal["now", "meeting"]
    begins: int
    acts: tuple[Act, ...]
    chooses: str = ""


@dataclass(frozen=True)
class Stories:
    """All that the demo walks through. `concern`, `plan` and `finished` are plain words, as the file has them."""

    pathway: str
    worker: str
    stories: tuple[StoryOfTransfer, ...]
    meeting: str = ""
    """The series by whose last meeting stories count, where there is one."""
    plan: tuple[dict[str, str], ...] = ()
    finished: dict[str, str] = field(default_factory=dict)
    concern: dict[str, Any] = field(default_factory=dict)


def read_stories(authority: Authority) -> Stories | None:
    """The stories of a council; None for one of whom none are told."""
    file = STORIES / f"{authority.code}.yaml"
    if not file.exists():
        return None
    said = YAML(typ="safe").load(file)
    del said["beginnings"]  # named there only to be repeated
    return Stories(**{**said, "stories": tuple(_story(one) for one in said["stories"]), "plan": tuple(said["plan"])})


def _story(said: dict[str, Any]) -> StoryOfTransfer:
    acts = tuple(Act(**one) for one in (*said.pop("begins_as", ()), *said["acts"]))
    return StoryOfTransfer(**{**said, "acts": acts})


@dataclass(frozen=True)
class Days:
    """When a story's acts happen: working days counted from today, or from the day of the last meeting."""

    calendar: Calendar
    first: date
    now: datetime

    def at(self, day: int, clock: str = FIRST_CLOCK) -> datetime:
        """An instant so many working days from the first day; never later than now."""
        on = self.calendar.add_working_days(self.first, day)
        return min(self.calendar.to_instant(on, time.fromisoformat(clock)), self.now)

    def after(self, earlier: datetime, day: int | None, clock: str) -> datetime:
        """When an act happens that follows an earlier one, with or without a day and a clock of its own."""
        if day is not None:
            return self.at(day, clock or FIRST_CLOCK)
        if clock:
            on = self.calendar.local_date(earlier)
            return min(self.calendar.to_instant(on, time.fromisoformat(clock)), self.now)
        return min(earlier + BETWEEN_ACTS, self.now)

    def date_in(self, working_days: int) -> date:
        """The date so many working days after today."""
        return self.calendar.add_working_days(self.calendar.local_date(self.now), working_days)


def days_of(story: StoryOfTransfer, series: MeetingSeries | None, calendar: Calendar, now: datetime) -> Days:
    """The days by which a story counts."""
    if story.counts_from == "meeting" and series:
        return Days(calendar, last_sitting(series, calendar, now), now)
    return Days(calendar, calendar.local_date(now), now)


def last_sitting(series: MeetingSeries, calendar: Calendar, now: datetime) -> date:
    """The day of the last sitting of a weekly series that has been over for a while."""
    day = calendar.local_date(now)
    while True:
        sat = day.weekday() == series.weekday and calendar.is_working_day(day)
        if sat and calendar.to_instant(day, series.start_time) + AFTER_SITTING <= now:
            return day
        day -= ONE_DAY
