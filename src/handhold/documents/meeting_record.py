"""The record of a meeting that hears requests: its agenda, and what became of each."""

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, kw_only=True)
class Attendee:
    """Somebody who was asked to the meeting. `attendance` in words: present, apologies, absent."""

    name: str
    role: str = ""
    attendance: str = ""


@dataclass(frozen=True, kw_only=True)
class AgendaItem:
    """One request and its outcome, in words; empty while undecided. `moved_to_date`: the meeting it was moved to."""

    title: str
    request: str = ""
    outcome: str = ""
    practitioner: str = ""
    by_date: date | None = None
    moved_to_date: date | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class MeetingRecord:
    """A meeting's record. made_date: the day of printing."""

    made_date: date
    language: str
    authority: str
    title: str
    held_date: date
    held_from: time | None = None
    chair: str = ""
    attendance: tuple[Attendee, ...] = ()
    items: tuple[AgendaItem, ...] = ()
    note: str = ""
